"""What a screen reader says of a terminal: the bytes that came go in, what is heard comes out.

A screen reader says each line as it comes, once. So whatever moves the cursor, goes back in a line or erases
is no speech, and fails here. Colors and the marks of a paste are silent, and what a person takes back of
their own typing is gone. It must not look inside libwell.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple, Self

from walking import PASTE_OFF, PASTE_ON, Walking, saved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

LISTENING = {"ACCESSIBLE": "1"}
PROMPT = "> "
_WIDEST = 88  # columns of prose, however wide the screen
_CLEAR = "\x1b[H\x1b[2J\x1b[3J"
_TOKEN = re.compile(
    rf"(?P<silent>\x1b\[[0-9;]*m|{re.escape(PASTE_ON)}|{re.escape(PASTE_OFF)})"
    r"|(?P<back>(?P<steps>\x08+)(?:\x1b\[K| +(?P=steps)))"
    rf"|(?P<clear>{re.escape(_CLEAR)})"
    r"|(?P<line>\r?\n)|(?P<words>[^\x00-\x1f\x7f]+)|(?P<other>(?s:.))"
)
_LEAD = re.compile(r" *(?:(?:[-•]|\d{1,3}[.)]) +)?(?:\[[ x]\] +)?")


class RedrawnError(AssertionError):
    """Something was drawn that a screen reader can't say in order."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A paragraph that is heard, or (`is_typed`) a line the person typed.

    Behind a blank line it comes `after_pause`. `lead` is what it began with: blanks, a number, a mark.
    """

    text: str
    is_typed: bool = False
    after_pause: bool = False
    lead: str = ""


# --- from bytes to lines --------------------------------------------------------------------------


class Line(NamedTuple):
    """A line as it came: its text, whether the person typed it, and the color it began in."""

    text: str
    is_typed: bool = False
    color: str = ""


def lines_of(raw: str, columns: int = 80) -> Iterator[Line]:
    """Each line of what a terminal of so many columns was sent. Raises RedrawnError where it is no speech.

    Where a typed line reaches the edge, GNU readline sends a blank and a return, which begins the next row.
    """
    line, last, color, begun_in = "", "", "", ""
    for token in _TOKEN.finditer(raw):
        is_typed = line.startswith(PROMPT)
        if token["line"]:
            yield Line(line.removeprefix(PROMPT), is_typed, begun_in)
            line, last = "", line if is_typed else last
        elif token["words"]:
            begun_in = begun_in if line else color
            line += token[0]
        elif token["back"] and is_typed and len(line) - len(token["steps"]) >= len(PROMPT):
            line = line[: -len(token["steps"])]
        elif token["other"] == "\r" and is_typed and line.endswith(" ") and len(line) % columns == 1:
            line = line[:-1]
        elif token["silent"]:
            color = token[0]
        elif not (token["clear"] and last == f"{PROMPT}:hide"):  # that the person asked for
            raise RedrawnError(f"{token[0]!r} behind {line!r}")
    if line.removeprefix(PROMPT):
        yield Line(line.removeprefix(PROMPT), line.startswith(PROMPT), begun_in)


# --- from lines to speech -------------------------------------------------------------------------


def listen(raw: str, columns: int = 80) -> list[Spoken]:
    """What is heard of what a terminal of so many columns was sent. Raises RedrawnError."""
    heard: list[Spoken] = []
    width, before, is_pause = min(columns, _WIDEST), Line(""), False
    for line in lines_of(raw, columns):
        words = " ".join(line.text.split())
        if not (words or line.is_typed):
            before, is_pause = Line(""), True
            continue
        if _is_folded(before, line, width, len(heard[-1].lead) if heard else 0):
            heard[-1] = replace(heard[-1], text=f"{heard[-1].text} {words}")
        else:
            lead = "" if line.is_typed else _lead(line.text)
            heard.append(Spoken(words, line.is_typed, after_pause=is_pause, lead=lead))
        before, is_pause = line, False
    return heard


def _lead(line: str) -> str:
    found = _LEAD.match(line)
    return found[0] if found else ""


def _is_folded(before: Line, line: Line, width: int, hang: int) -> bool:
    """Whether a line goes on with the one before: its first word had no room there."""
    if before.is_typed or line.is_typed or not before.text or before.color != line.color:
        return False
    indent = len(line.text) - len(line.text.lstrip(" "))
    return indent == hang and len(before.text) + 1 + len(line.text.split()[0]) > width


def transcript(heard: Iterable[Spoken]) -> str:
    """All that is heard, to read: a line a paragraph, a blank line where there is a pause."""
    lines = (("\n" if one.after_pause else "") + (PROMPT * one.is_typed) + one.text for one in heard)
    return "".join(f"{line.rstrip()}\n" for line in lines)


# --- a walk, and what of it was heard before ------------------------------------------------------

ASKED_FOR = frozenset(["?", ":?", ":help", ":h", ":list", ":why", ":recall", ":support"])
"""What a person types to hear something once more."""
AT_REVIEW = ":review"
_ONE_MORE = re.compile(r"\.\+(?:\.|$)")
"""A place where one more entry or row is asked for, however many there are."""
_BACK = re.compile(r":(?:back|clear|go .*)|-")
_REPLY = 4
"""Paragraphs that come back to a typed line, at most, before there is a pause."""
_QUESTION = re.compile(r"Question (\d+) of \d+")
_NUMBER = re.compile(r" *\d")
_SCORE = re.compile(r".+: -?[\d.]+\. ")
_RECALLED = re.compile(r"Your answer to question \d+")
_SENTENCE = re.compile(r"(?<=[.?!])\s+")


@dataclass(frozen=True, slots=True)
class Passage:
    """What is heard from one typed line to the next, and the `place` where the walk stands then, as saved."""

    typed: str
    heard: tuple[Spoken, ...]
    place: str

    @property
    def question(self) -> str:
        """The id of the question where the walk stands."""
        return self.place.partition(".")[0]

    @property
    def is_asked_for(self) -> bool:
        return self.typed.strip() in ASKED_FOR

    @property
    def reply(self) -> tuple[Spoken, ...]:
        """What comes at once, as the answer to what was typed; what comes behind a pause is asked now."""
        pauses = [at for at, one in enumerate(self.heard) if one.after_pause]
        return self.heard[: pauses[0]] if pauses else self.heard

    @property
    def asked(self) -> tuple[Spoken, ...]:
        return self.heard[len(self.reply) :]

    @property
    def text(self) -> str:
        return transcript(self.heard)


def passages(heard: Iterable[Spoken], places: Iterable[str]) -> list[Passage]:
    """Cut what is heard at each typed line; `places` are where the walk stood at each."""
    cut: list[tuple[str, list[Spoken]]] = [("", [])]
    for one in heard:
        if one.is_typed:
            cut.append((one.text, []))
        else:
            cut[-1][1].append(one)
    return [Passage(typed, tuple(said), place) for (typed, said), place in zip(cut, places, strict=True)]


@dataclass
class Listener:
    """Remembers one sitting at a worksheet, and in `again` what of it was heard again without need.

    Every sentence is heard once, however it was asked, but for

    - what the person asked for, with `?` and the like;
    - what comes at once as the answer to a typed line, as long as it is short: `Kept.`, `Not taken: …`;
    - the name of a place: the first words behind a pause, and the words of a question behind its number. A
      place is named where the walk comes to it, the number of a question only where it comes to another;
    - `So far: …`, an earlier answer that has changed, and the person's own words;
    - a score with what is said of it;
    - lists and legends, which belong to their question: once in each;
    - the first review, which gives everything back. From then on it says what has changed;
    - what stands in the worksheet in several places (`texts`), once for each.
    """

    texts: Iterable[str] = ()
    again: list[str] = field(default_factory=list)
    _heard: Counter[str] = field(default_factory=Counter)
    _written: Counter[str] = field(default_factory=Counter)
    _own: str = ""
    _reviews: int = 0
    _places: set[str] = field(default_factory=set)
    _went_back: bool = False

    def __post_init__(self) -> None:
        for text in self.texts:
            self._written.update(sentences(" ".join(text.split())))

    def hear(self, all_of_it: Iterable[Passage]) -> Self:
        """Hear passages in order."""
        before = ""
        for passage in all_of_it:
            self._own += f"{_bare(passage.typed)}\n"
            self._reviews += passage.place == AT_REVIEW and not passage.is_asked_for
            again = list(self._said_again(passage, before))
            if not passage.is_asked_for:
                self.again += [f"at {passage.place} behind {passage.typed!r}: {said}" for said in again]
            self._places.add(passage.place)
            before = passage.place
        return self

    def _said_again(self, passage: Passage, before: str) -> Iterator[str]:
        if len(passage.reply) > _REPLY and passage.typed:
            yield f"a reply of {len(passage.reply)} paragraphs"
        if before and _is_named(passage) and _stays(passage, before):
            yield "the number of the question"
        if self._comes_again(passage, before):
            yield "the name of the place"
        for sentence in self._checked(passage):
            is_given_back = passage.place == AT_REVIEW and self._reviews == 1
            if self._heard[sentence] >= max(1, self._written[sentence]) and not is_given_back:
                yield sentence
            self._heard[sentence] += not passage.is_asked_for or sentence not in self._heard

    def _comes_again(self, passage: Passage, before: str) -> bool:
        """Whether the walk comes to a place where it was, though the person never went back."""
        self._went_back |= before == AT_REVIEW or _BACK.fullmatch(passage.typed.strip()) is not None
        may_come = self._went_back or passage.place == before or _ONE_MORE.search(passage.place) is not None
        return passage.place in self._places and not may_come

    def _checked(self, passage: Passage) -> Iterator[str]:
        """The sentences of what is asked, without names and the person's own words."""
        is_ask = is_long = False
        for one in passage.asked:
            is_name, is_ask = one.after_pause or is_ask, _QUESTION.match(one.text) is not None
            is_name |= passage.place == AT_REVIEW and _NUMBER.match(one.lead) is not None
            is_state, is_long = is_long or one.text.startswith("So far:"), one.text == "So far:"
            if is_name or is_state or _bare(one.text) in self._own:
                continue
            scope = f"{passage.question}: " if one.lead else ""
            is_one = _NUMBER.match(one.lead) or _SCORE.match(one.text) or _RECALLED.match(one.text)
            each = [one.text] if is_one else sentences(one.text)
            yield from (f"{scope}{sentence}" for sentence in each)


def _is_named(passage: Passage) -> bool:
    return any(_QUESTION.match(one.text) for one in passage.asked)


def _stays(passage: Passage, before: str) -> bool:
    """Whether the walk stays at its question, and did not go back in it."""
    is_there = before.partition(".")[0] == passage.question
    return is_there and not _BACK.fullmatch(passage.typed.strip())


def sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph."""
    return _SENTENCE.split(paragraph)


def _bare(text: str) -> str:
    return text.strip(" “”").casefold()


class ByEar(Walking):
    """A walk that somebody listens to: with ACCESSIBLE=1, and all that was heard at each place."""

    def __init__(self, data: Path, *arguments: str, environ: dict[str, str] | None = None) -> None:
        self._places: list[str] = []
        super().__init__(data, *arguments, environ=LISTENING | (environ or {}))

    def wait(self) -> str:
        """Wait for the next prompt or for the end, and note where the walk stands."""
        shown = super().wait()
        self._places.append(str(saved(self.data).get("at", "")))
        return shown

    @property
    def passages(self) -> list[Passage]:
        """All that was heard, cut at each typed line."""
        return passages(listen(self.raw), self._places)
