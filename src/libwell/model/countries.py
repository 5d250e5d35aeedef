"""Countries by their two letters (ISO 3166-1), and the names of those libwell knows a helpline of."""

from __future__ import annotations

_NAMES = {
    "AU": "Australia",
    "CA": "Canada",
    "GB": "the United Kingdom",
    "IE": "Ireland",
    "NZ": "New Zealand",
    "US": "the United States",
}
_ALSO_CALLED = {"UK": "GB", "USA": "US"}
_LETTERS = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT
BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH
ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT
HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS
LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI
NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG
SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG
UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""


def known_as(letters: str) -> str:
    """The letters of ISO 3166-1 for those people also write."""
    return _ALSO_CALLED.get(letters, letters)


def read_country(text: str) -> str:
    """Read a country's two letters as people type them, `UK` for `GB` too. Raises ValueError."""
    letters = known_as(text.strip().upper())
    if letters not in _LETTERS.split():
        raise ValueError("write its two letters, such as US, CA, GB, IE, AU, NZ or DE")
    return letters


def say_country(letters: str) -> str:
    """A country in words, as far as it has a name here; else its two letters."""
    return _NAMES.get(letters, letters)
