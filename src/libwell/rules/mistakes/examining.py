"""A worksheet out of its data: what its includes and resources bring, what stays private, every mistake.

It opens nothing: whoever examines says how something else is read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from libwell.errors import FileRefusedError, KeyPath, Mistake
from libwell.model.resources import Found
from libwell.rules.composing import compose
from libwell.rules.learning import leading_nowhere, with_resources
from libwell.rules.mistakes.limits import too_large
from libwell.rules.mistakes.score_mistakes import is_consequence
from libwell.rules.mistakes.tolerant_reading import original, read_data
from libwell.rules.mistakes.validation import without_covered
from libwell.rules.mistakes.worksheet_mistakes import check, prompt_ids_in
from libwell.rules.privacy import guarded, private_prompts, with_private

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from libwell.model.worksheet import Worksheet
    from libwell.rules.composing import Load
    from libwell.rules.mistakes.tolerant_reading import PartlyRead


@dataclass(frozen=True, slots=True)
class Examined:
    """A worksheet as it will be asked (None if it can't be), and every mistake and hint in its file.

    `closed` holds the questions that are private only because the shipped worksheet of this id keeps them so.
    """

    worksheet: Worksheet | None
    mistakes: tuple[Mistake, ...]
    closed: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether it can be used: there may be hints, but no mistakes."""
        return self.worksheet is not None and all(mistake.hint for mistake in self.mistakes)

    def demand(self, file: str) -> Worksheet:
        """The worksheet, if it can be used. Raises FileRefusedError with every mistake in the file."""
        if self.worksheet is None or not self.is_sound:
            raise FileRefusedError(file, tuple(mistake for mistake in self.mistakes if not mistake.hint))
        return self.worksheet


@dataclass(frozen=True, slots=True)
class Examination:
    """How worksheets are examined.

    `load` reads what one includes, by its id. `private_in_shipped` gives the ids of the prompts that the
    shipped worksheet of an id keeps private. `resources` gives those at hand for `learn_more`; without it
    what that names is not looked for. Hints, and tests that no answer passes, are told only `for_author`.
    A worksheet that is too large is not looked into, unless it may be `of_any_size`.
    """

    load: Load
    private_in_shipped: Callable[[str], frozenset[str]]
    resources: Callable[[], Found] | None = None
    for_author: bool = True
    of_any_size: bool = False

    def examine(self, data: dict[str, Any]) -> Examined:
        """Examine the data of a file. The mistakes have paths, and no lines yet."""
        large = None if self.of_any_size else too_large(data)
        if large is not None:
            return Examined(None, (large,))
        read = read_data(data)
        if read.worksheet is None:
            return Examined(None, read.mistakes)
        composed = compose(read.worksheet, lambda name: self._kept_private(self.load(name))[0])
        if composed.is_cut:
            return Examined(None, (*read.mistakes, *composed.mistakes))
        worksheet, closed = self._kept_private(composed.worksheet)
        worksheet, lost = self._with_resources(worksheet)
        unread = prompt_ids_in(data) - worksheet.by_id().keys()
        found = check(worksheet, unread=unread, brought=composed.brought, for_author=self.for_author)
        within = [*lost, *found]
        hints: Iterable[Mistake] = ()
        if self.for_author:
            from libwell.rules.checking.advice import advise
            from libwell.rules.checking.works import wrong_addresses
            from libwell.rules.mistakes.guardrails import guardrail_mistakes

            within += [*map(_on_closed, closed), *guardrail_mistakes(worksheet, own=len(composed.own.scores))]
            own = composed.own
            hints = [
                *wrong_addresses(own.sources, "sources"),
                *wrong_addresses(own.resources, "resources"),
                *advise(own, worksheet, is_whole=not (read.mistakes or composed.mistakes)),
            ]
        placed = (replace(one, path=composed.place(one.path)) for one in within)
        between = (*composed.mistakes, *placed, *hints)
        mistakes = without_covered([*read.mistakes, *_of_its_own(between, read)])
        return Examined(guarded(worksheet), tuple(mistakes), tuple(closed.values()))

    def _kept_private(self, worksheet: Worksheet) -> tuple[Worksheet, dict[KeyPath, str]]:
        """The worksheet, closed where the shipped one of its id is, and the questions that this closed.

        Another file, or an earlier definition in a response, must not open what people know as private.
        """
        closed = self.private_in_shipped(worksheet.id) - private_prompts(worksheet)
        found = {path: prompt.ask for path, prompt in worksheet.placed() if prompt.id in closed}
        return (with_private(worksheet, closed) if found else worksheet), found

    def _with_resources(self, worksheet: Worksheet) -> tuple[Worksheet, tuple[Mistake, ...]]:
        """The worksheet with what its sections name to read on, and each name that leads nowhere.

        Where a file of resources can't be read, that is its author's business: the walk goes without.
        """
        if self.resources is None:
            return worksheet, ()
        is_named = any(section.learn_more for section in worksheet.sections)
        found = self.resources() if is_named else Found("", (), ())
        complete = with_resources(worksheet, found.resources)
        lost = tuple(leading_nowhere(complete, found.resources))
        if found.failed:
            files = [error.file for error in found.failed if isinstance(error, FileRefusedError)]
            see = f"libwell check {files[0]}" if files else "libwell resources"
            remedy = f"A file of resources could not be read. To see why: {see}"
            lost = tuple(replace(mistake, remedy=remedy) for mistake in lost) if self.for_author else ()
        return complete, lost


def _of_its_own(found: Iterable[Mistake], read: PartlyRead) -> Iterator[Mistake]:
    """What is wrong between the parts of a worksheet, each once and at its place in the file.

    What may only follow from something that could not be read is left out.
    """
    for mistake in dict.fromkeys(found):
        place = original(mistake.path, read.positions)
        if not is_consequence(place, read.mistakes):
            yield replace(mistake, path=place)


def _on_closed(place: KeyPath) -> Mistake:
    remedy = "It is private here too. To share it, give this worksheet an id of its own."
    return Mistake("another worksheet of this id keeps this private.", place, remedy, hint=True)
