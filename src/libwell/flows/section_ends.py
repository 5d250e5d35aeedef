"""What is told at the end of a section: its scores, and a person's own words given back.

A thing is told when it is new or has changed, so that going back and forth repeats nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from libwell.model.characters import one_line, unwrapped
from libwell.model.drawing import text_bars
from libwell.rules.privacy import personal_scores
from libwell.rules.profile import bar_line
from libwell.rules.scoring import scores

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from libwell.model.worksheet import Section, Worksheet
    from libwell.rules.asked_now import Asked
    from libwell.rules.scoring import Scored

Lines = tuple[str, ...]
GIVEN_BACK = "Back to you, as you marked it. This is not a measure, and nothing is added up."


class _Due(NamedTuple):
    """What may be told under a name: its `lines`. They are told when `news` has changed and is not empty."""

    name: str
    news: str = ""
    lines: Lines = ()


class SectionEnds:
    """Remembers what was told at the ends of sections of one walk. Unless it `draws`, there are no bars."""

    def __init__(self, worksheet: Worksheet, *, draws: bool = True) -> None:
        self._worksheet, self._draws = worksheet, draws
        self._told: dict[str, str] = {}

    def tell(self, section: Section, everything: Sequence[Asked]) -> Iterator[Lines]:
        """Give what is to be said at the end of a section, as far as it is new: the lines of each thing.

        `everything` is every prompt asked now, as for `know`.
        """
        for one in self._due(section, everything):
            if one.news not in ("", self._told.get(one.name)):
                yield one.lines
            self._told[one.name] = one.news

    def know(self, everything: Sequence[Asked], *, but: Section | None) -> None:
        """Take what can be said now as told, where a walk goes on; but not of the section where it stands."""
        for section in self._worksheet.sections:
            if section is not but:
                self._told.update({one.name: one.news for one in self._due(section, everything)})

    def _due(self, section: Section, everything: Sequence[Asked]) -> Iterator[_Due]:
        here = {one.prompt.id: one for one in everything if one.section is section}
        personal, found = personal_scores(self._worksheet), scores(self._worksheet, everything)
        told_here = [one for one in found if one.last in here and one.id not in personal]
        drawn = iter(text_bars([bar for score in told_here for bar in score.bars()]))
        for score in told_here:
            bars = tuple(bar_line(bar, next(drawn) if self._draws else "") for bar in score.bars())
            yield _due_of_score(score, bars, everything)
        for name, one in here.items():
            lines: list[str] = []
            for group in () if one.value is None else one.prompt.given_back(one.value):
                lines += [one_line(group.title), *(f"   {one_line(item)}" for item in group.items)]
            yield _Due(name, "\n".join(lines), (GIVEN_BACK, *lines))


def _due_of_score(score: Scored, lines: Lines, everything: Sequence[Asked]) -> _Due:
    """Tell a score, or that too little was answered once all that it is made of was asked."""
    name, prompts = f"score {score.id}", [one for one in everything if one.prompt.id in score.prompts]
    is_through = all(one.entry is not None for one in prompts) and any(one.is_answered for one in prompts)
    if not (score.is_there or is_through):
        return _Due(name)
    if score.each_row and not score.rows:
        return _Due(name, score.text, (f"{one_line(score.title)}: {score.text}.",))
    head = (f"{score.head}:",) if score.each_row else ()
    return _Due(name, f"{score.text} {score.say}", (*head, *lines, *filter(None, [unwrapped(score.say)])))
