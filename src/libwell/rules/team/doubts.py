"""What makes one doubt that copies are what they seem: teams whose names look alike, two rounds in one.

It is for whoever holds the copies, and is no part of what is told of them.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

from libwell.model.characters import counted, listed, one_line, shortened
from libwell.rules.team.people import by_worksheet, in_teams

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from libwell.rules.team.tally import Tally

_LONGEST_NAME = 60
ROUNDS = "are two rounds in this folder?"
_TWINS = str.maketrans(
    "\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0430"
    "\u0441\u0435\u0456\u0458\u043e\u0440\u0455\u0443\u0445\u04bb\u0501\u051b\u051d\u0391\u0392\u0395"
    "\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03b1\u03b9\u03ba\u03bd\u03bf"
    "\u03c1\u03c5\u013101|",
    "ABESIJKMHOPCTYXaceijopsyxhdqwABEZHIKMNOPTYXaikvopuioll",
    "\ufe0e\ufe0f\u115f\u1160",
)
"""Letters of other alphabets, and signs, beside the Latin letters they look like; and what nobody sees."""


def alike_teams(tally: Tally) -> list[tuple[str, ...]]:
    """The names of teams that look alike, and are counted as different teams."""
    teams = in_teams(one for _, one in tally.counted()).values()
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(one_line(max(one.team for one in people)) for people in teams):
        groups[_skeleton(name)].append(shortened(name, _LONGEST_NAME))
    groups.pop("", None)  # names of signs alone look like nothing
    return [tuple(group) for _, group in sorted(groups.items()) if len(group) > 1]


def _skeleton(name: str) -> str:
    """What a name looks like: without accents, blanks and signs, in Latin letters where it can be."""
    letters = unicodedata.normalize("NFKD", name).translate(_TWINS).casefold()
    return "".join(filter(_is_looked_at, letters))


def _is_looked_at(sign: str) -> bool:
    """Whether it is a letter, a digit, or a vowel written as a sign of its own."""
    is_mark = unicodedata.category(sign)[0] == "M"
    return sign.isalnum() or (is_mark and not unicodedata.combining(sign))


def mixed_rounds(tally: Tally, expected: int | None) -> Iterator[str]:
    """Say where two rounds may lie in one folder.

    So it looks where people of one team answered two versions, or where at least twice as many people are
    here as were `expected`.
    """
    for here in by_worksheet(tally).values():
        title = shortened(min(tally.outlines[one.outline].title for one in here), _LONGEST_NAME)
        if expected is not None and len(here) >= 2 * expected:
            asked = counted(expected, "was", "were")
            yield f"{len(here)} people answered “{title}” and {asked} asked: {ROUNDS}"
        for name, people in in_teams(here).items():
            outlines = [tally.outlines[one.outline] for one in people]
            versions = sorted({one_line(outline.version) for outline in outlines})
            if len(versions) > 1:
                who = "People of one team" if name else "People"
                yield f"{who} answered “{title}” in versions {listed(versions)}: {ROUNDS}"
                break


def shares_copies(tally: Tally, earlier: Iterable[Tally]) -> bool:
    """Whether somebody's copies lie in one of the earlier rounds, too."""
    return not all(tally.entries.keys().isdisjoint(one.entries) for one in earlier)
