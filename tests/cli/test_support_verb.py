"""`libwell support`: it answers whatever is configured, or broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from configured import HEAD, Setup, contact
from libwell.rules.support import ADD_OWN, ELSEWHERE, EMERGENCY, IN_ONE_COUNTRY, THROUGH_WORK, TRUSTED
from walking import Walking, squeezed

if TYPE_CHECKING:
    from pathlib import Path

BEGINS = "Whom you can turn to, at any time:"
TELL = " These are your library's settings: tell whoever looks after them. libwell goes on without."


@pytest.fixture
def setup(tmp_path: Path) -> Setup:
    return Setup(tmp_path)


def lines(setup: Setup, *options: str) -> list[str]:
    """What support shows, without the dashes; nothing stands on standard error."""
    status, out, err = setup.told("support", *options)
    assert (status, err) == (0, "")
    begins, *shown = out.splitlines()
    assert begins == BEGINS
    assert all(line.startswith("- ") for line in shown)
    return [line.removeprefix("- ") for line in shown]


NUMBERS = {
    "US": "In the United States: call or text 988,",
    "CA": "In Canada: call or text 988,",
    "GB": "In the United Kingdom: call Samaritans on 116 123,",
    "IE": "In Ireland: call Samaritans on 116 123,",
    "AU": "In Australia: call Lifeline on 13 11 14,",
    "NZ": "In New Zealand: call or text 1737,",
}
WITHOUT_VOICE = {
    "US": ["Chat: https://988lifeline.org", "By TTY: your own relay service, or 711 and then 988."],
    "GB": [
        "Text: SHOUT to 85258, at any hour (another free service, Shout).",
        "By textphone: 18001 116 123.",
    ],
    "IE": ["Text: 50808, at any hour (another free service)."],
    "AU": ["Text: 0477 13 11 14, at any hour.", "By TTY: 133 677, then ask for 13 11 14."],
}
LOOKED_UP = "These were looked up on November 27, 2026. Numbers change, so a library checks its own."


def test_nothing_configured_shows_every_country_and_how_to_see_one_or_add_ones_own(setup: Setup) -> None:
    shown = lines(setup)
    assert shown[:2] == [TRUSTED, THROUGH_WORK]
    assert shown[-5:] == [ELSEWHERE, LOOKED_UP, IN_ONE_COUNTRY, ADD_OWN, EMERGENCY]
    assert len(shown) == 14
    assert all(line.startswith(said) for line, said in zip(shown[2:8], NUMBERS.values(), strict=True))


@pytest.mark.parametrize("country", [*NUMBERS, "DE"])
@pytest.mark.parametrize("typed", ["config", "CC", "cc"])
def test_a_country_shows_its_own_number_and_no_other(setup: Setup, country: str, typed: str) -> None:
    if typed == "config":
        setup.write(f'country = "{country}"\n')
        shown = lines(setup)
    else:
        setup.write('country = "FR"\n')
        letters = country.lower() if typed == "cc" else country
        shown = lines(setup, "--country", letters)
    said = [line for line in shown if line.startswith(tuple(NUMBERS.values()))]
    assert [line.startswith(NUMBERS.get(country, "-")) for line in said] == [True] * (country in NUMBERS)
    assert set(WITHOUT_VOICE.get(country, [])) <= set(shown)
    assert (LOOKED_UP in shown) == (country in NUMBERS)
    assert ("no helpline number for DE" in "".join(shown)) == (country == "DE")
    assert shown[-2:] == [ADD_OWN, EMERGENCY]


@pytest.mark.parametrize("typed", ["XX", "Germany", "1"])
def test_what_is_no_country_is_used_wrongly(setup: Setup, typed: str) -> None:
    status, out, err = setup.told("support", "--country", typed)
    assert (status, out) == (2, "")
    assert err.startswith("country: write its two letters, such as US, CA, GB, IE, AU, NZ or DE.")


def test_the_united_kingdom_may_be_typed_as_people_call_it(setup: Setup) -> None:
    assert lines(setup, "--country", "uk") == lines(setup, "--country", "GB")


def test_elsewhere_no_foreign_number_is_shown(setup: Setup) -> None:
    setup.write('country = "DE"\n')
    shown = lines(setup)
    assert "988" not in "".join(shown)
    assert [line for line in shown if "no helpline number for DE" in line]
    assert shown[-1] == EMERGENCY


def test_in_the_united_states(setup: Setup) -> None:
    setup.write(f'country = "US"\n{contact("Ana")}')
    shown = lines(setup)
    assert shown[0] == "Ana: ext 1"
    assert [line for line in shown if "988" in line]
    assert ELSEWHERE not in shown
    assert ADD_OWN not in shown


def test_the_librarys_contacts_and_country_lie_under_the_persons(setup: Setup) -> None:
    setup.share(f'country = "US"\n{contact("Desk")}')
    setup.write(f'country = "DE"\n{contact("Ana")}')
    shown = lines(setup)
    assert shown[:3] == ["Desk: ext 1", "Ana: ext 1", TRUSTED]
    assert "988" not in "".join(shown)
    setup.write(contact("Ana"))
    assert "988" in "".join(lines(setup))


def test_a_helpline_of_ones_own_country_can_be_added_as_a_resource(setup: Setup) -> None:
    setup.write('country = "DE"\n')
    folder = setup.data / "worksheets"
    folder.mkdir(parents=True)
    (folder / "resources.toml").write_text(
        'libwell = "resources/1"\n[[resources]]\nid = "tel"\ntitle = "TelefonSeelsorge"\nprovider = "T"\n'
        'kind = "helpline"\naudience = ["staff"]\nabout = "Call 0800 111 0 111."\ncountry = "DE"\n',
        encoding="utf-8",
    )
    shown = lines(setup)
    assert "TelefonSeelsorge. Call 0800 111 0 111." in shown
    assert "no helpline" not in "".join(shown)


@pytest.mark.parametrize("broken", ["own", "library", "both"])
def test_broken_settings_are_told_and_the_rest_is_shown(setup: Setup, broken: str) -> None:
    setup.write(contact("Ana"))
    setup.share(contact("Desk"))
    files = {"own": [setup.own], "library": [setup.library], "both": [setup.own, setup.library]}[broken]
    for file in files:
        again = contact("Ana again" if file == setup.own else "Desk again")
        file.write_text(f"{HEAD}county = 'PRIVATE'\n{again}", encoding="utf-8")
    status, out, err = setup.told("support")
    assert status == 0
    said = {
        file: f"{file}:2: county: there is no such key here. Did you mean country?"
        f"{TELL if file == setup.library else ''}"
        for file in files
    }
    assert sorted(err.splitlines()) == sorted(said.values())
    assert "PRIVATE" not in out
    kept = ("Ana again" if setup.own in files else "Ana", "Desk again" if setup.library in files else "Desk")
    assert out.splitlines()[1:3] == [f"- {kept[1]}: ext 1", f"- {kept[0]}: ext 1"]
    assert out.splitlines()[-1] == f"- {EMERGENCY}"


def test_a_named_file_that_is_not_there_is_told(setup: Setup) -> None:
    setup.write(contact("Ana"))
    missing = setup.home / "gone.toml"
    status, out, err = setup.told("support", LIBWELL_CONFIG=str(missing))
    assert status == 0
    assert out.startswith(f"{BEGINS}\n- Ana: ext 1\n")
    assert err == f"{missing} isn't there.{TELL}\n"


def test_resources_that_can_not_be_read_are_told(setup: Setup) -> None:
    folder = setup.data / "worksheets"
    folder.mkdir(parents=True)
    (folder / "resources.toml").write_text("broken", encoding="utf-8")
    status, out, err = setup.told("support")
    assert (status, out.splitlines()[-1]) == (0, f"- {EMERGENCY}")
    assert err.startswith(f"{folder / 'resources.toml'}:1: ")


def test_without_a_home_there_is_support_too(setup: Setup) -> None:
    environ = {"LIBWELL_DATA_DIR": "~no-such-person-here/x", "LIBWELL_CONFIG": "~no-such-person-here/y"}
    status, out, err = setup.told("support", **environ)
    assert status == 0
    assert "988" in out
    assert err.startswith("LIBWELL_CONFIG begins with ~")


def test_a_hostile_contact_can_only_be_read(setup: Setup) -> None:
    setup.write(contact(r"\u001b[2JAna\nB", r"\u202eext\u0007 1"))
    shown = "- [U+001B][2JAna B: [U+202E]ext[U+0007] 1"
    _, out, _ = setup.told("support")
    assert out.splitlines()[1] == shown
    with Walking(setup.data, "support", environ=setup.environ, ready=False) as walking:
        assert walking.end() == 0
    assert squeezed(shown) in squeezed(walking.shown)
    assert "\x1b[2J" not in walking.raw
    assert "\u202e" not in walking.raw


def test_on_a_terminal_lines_are_folded_between_words(setup: Setup) -> None:
    setup.write(contact("Ana", "word " * 40))
    with Walking(setup.data, "support", environ=setup.environ, ready=False, columns=40) as walking:
        assert walking.end() == 0
    shown = walking.lines()
    assert shown[0] == BEGINS
    assert max(map(len, shown)) <= 40
    assert {word for line in shown[1:7] for word in line.split()} <= {"-", "Ana:", "word"}


def test_quiet_still_answers(setup: Setup) -> None:
    setup.share(f"county = 1\n{contact('Desk')}")
    status, out, err = setup.told("--quiet", "support")
    assert (status, err) == (0, "")
    assert out == setup.run("support").stdout
    assert "- Desk: ext 1\n" in out
