"""Reading what was picked from numbered things, and entries in one's own words."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence

from libwell.errors import CannotReadError, Mistake, UnclearError
from libwell.kinds.own_entries import Thing, entry_id, ids_of, is_own
from libwell.kinds.values import Problem, Value, as_words, inside, text_problems
from libwell.model.characters import one_line
from libwell.model.nearest import did_you_mean, did_you_mean_id, one_of, some_of

_BETWEEN = r"(?:\s*(?:[,;&+]|\band\b)\s*|\s+)"
_NUMBERS = re.compile(rf"\s*\d+(?:\s*-\s*\d+)?(?:{_BETWEEN}+\d+(?:\s*-\s*\d+)?)*[\s,;.]*", re.IGNORECASE)
_PARTS = re.compile(r"\s*(?:[,;]|\band\b)\s*", re.IGNORECASE)
_RANGE = re.compile(r"(\d+)(?:\s*-\s*(\d+))?")

NO_MARK = ":no-mark"
"""Where own entries of a checklist stand that have no mark yet; no mark's id has a colon."""
_LONGEST = 1000


def numbered(things: Sequence[Thing]) -> tuple[str, ...]:
    """Lines to choose from: `1. text`, with the help behind it."""
    return tuple(
        f"{number}. {thing.text}" + (f" ({one_line(thing.help)})" if thing.help else "")
        for number, thing in enumerate(things, 1)
    )


def read_picks(text: str, things: Sequence[Thing], *, whole: bool = False) -> list[str]:
    """Read `1`, `1,3`, `1-3`, ids or texts or (but for `whole` ones) their beginnings; empty if it is none.

    Each is given once. Raises CannotReadError for numbers that are not there and for a beginning that fits
    several.
    """
    return list(dict.fromkeys(read_order(text, things, whole=whole)))


def read_order(text: str, things: Sequence[Thing], *, whole: bool = False) -> list[str]:
    """Read the same as `read_picks`, each as often as it was typed."""
    if is_numbers(text):
        return [things[number - 1].id for number in _numbers_in(text, len(things))]
    named = _find(text, things, whole=whole)
    if named:
        return [named]
    parts = [_find(part, things, whole=whole) for part in _PARTS.split(text)]
    return parts if all(parts) else []


def is_numbers(text: str) -> bool:
    """Whether a line holds only numbers and ranges, as people write them: `1,3`, `1-3`, `1 and 3`."""
    return len(text) < _LONGEST and _NUMBERS.fullmatch(text) is not None


def begins_with_number(text: str) -> bool:
    """Whether a line has a number before a comma or an `and`, and more behind: `1, 3 and skateboards`."""
    first, *others = _PARTS.split(text.strip()[:_LONGEST])
    return first.isdecimal() and any(others)


def read_numbers(text: str, highest: int) -> list[int]:
    """Read `1,3-5` into numbers in the order given, each once."""
    return list(dict.fromkeys(_numbers_in(text, highest)))


def _numbers_in(text: str, highest: int) -> Iterator[int]:
    for first, last in _RANGE.findall(text):
        start, stop = _bounded(first, highest), _bounded(last or first, highest)
        step = 1 if start <= stop else -1
        yield from range(start, stop + step, step)


def _bounded(digits: str, highest: int) -> int:
    number = int(digits) if len(digits) < 6 else highest + 1
    if not 1 <= number <= highest:
        many = f"There is no {digits}; the numbers go from 1 to {highest}."
        raise CannotReadError(many if highest > 1 else "There is only 1.")
    return number


def _find(text: str, things: Sequence[Thing], *, whole: bool) -> str:
    """The id of the thing that a text names; empty if it names none."""
    wanted = text.strip().casefold()
    if not wanted:
        return ""
    named = [thing.id for thing in things if wanted in (thing.id, thing.text.casefold())]
    if named or whole:
        return next(iter(named), "")
    begin = [thing for thing in things if thing.text.casefold().startswith(wanted)]
    if len(begin) > 1:
        some = " or ".join(f"“{thing.text}”" for thing in begin[:3])
        raise UnclearError(f"That could be {some}. Type its number.")
    return next(iter(ids_of(begin)), "")


def entries_problems(
    entries: Sequence[Value], things: Sequence[Thing], *, known: Container[str], own: bool, what: str
) -> Iterator[Problem]:
    """Check a list of picks, each as `entry_problems` does, and that none is named twice.

    `what` they are begins with a vowel: an option, an item.
    """
    for place, entry in enumerate(entries):
        yield from inside(entry_problems(entry, things, known=known, own=own, what=what), place)
    names = list(filter(None, map(entry_id, entries)))
    if len(names) != len(set(names)):
        yield Problem(f"an {what} is named twice.", (), "Name each once.")


def entry_problems(
    value: Value, things: Sequence[Thing], *, known: Container[str], own: bool, what: str
) -> Iterator[Problem]:
    """Check a pick: an id among those `known` (of the `things`), or an own entry where these are allowed."""
    if isinstance(value, str):
        if value not in known:
            remedy = did_you_mean_id(value, things) or _one_of(things, own=own)
            yield Problem(f"there is no {what} with this id.", (), remedy)
    elif is_own(value):
        yield from _own_problems(value, own=own)
    else:
        remedy = "One id only, without [ ]." if isinstance(value, list) else _one_of(things, own=own)
        yield Problem(f"the id of an {what} was expected.", (), remedy)


def _own_problems(value: Mapping[str, Value], *, own: bool) -> Iterator[Problem]:
    if not own:
        yield Problem(
            "own entries are not asked for here.", ("other",), "Use one of the ids in the worksheet."
        )
    if value.keys() - {"other", "id"}:
        yield Problem("an own entry has the keys other and id.", (), 'Write { other = "…" }.')
    yield from inside(text_problems(value["other"]), "other")
    if not re.fullmatch(r"other-[1-9][0-9]{0,5}", as_words(value.get("id", "other-1"))):
        yield Problem(
            "the id of an own entry looks like other-1.", ("id",), "Leave it out; libwell gives one."
        )


def no_such(what: str, name: str, things: Sequence[Thing]) -> Problem:
    """Say that a key of a value is the id of none of the things."""
    remedy = did_you_mean_id(name, things) or _one_of(things, own=False)
    return Problem(f"there is no {what} with this id.", (name,), remedy)


def unknown_name(key: str, name: str, known: frozenset[str], *, own: bool = False) -> Iterator[Mistake]:
    """Say that a test names, under a key, what is not known; `other` is where there can be `own` words."""
    known = known | {"other"} if own else known
    if name not in known:
        remedy = did_you_mean(name, known) or one_of(known)
        yield Mistake(f"there is no “{name}” there.", (key,), remedy)


def _one_of(things: Sequence[Thing], *, own: bool) -> str:
    names = some_of(ids_of(things))
    return f"One of: {names}" + (', or { other = "…" }.' if own else ".") if names else ""
