"""Every way an export can leave, for tests that hold for all of them: its options, its format, its reader.

It is made from the formats there are: a new one is in every such test as soon as it has its reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from libwell.flows.exporting import Form, form
from libwell.flows.formats import FORMATS
from readers import READERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from libwell.rules.privacy import Excerpt


@dataclass(frozen=True)
class Way:
    """One way out: what to type behind `export latest`, what makes the file, what reads it."""

    options: tuple[str, ...]
    form: Form
    reader: Callable[[Any], str]

    def read(self, made: str | bytes) -> str:
        """All text that a reader finds in an export, given as a text or as the bytes of its file."""
        is_text = not self.form.format.package
        return self.reader(made.decode() if is_text and isinstance(made, bytes) else made)

    def text_of(self, excerpt: Excerpt) -> str:
        """All text that a reader finds in the export of an excerpt."""
        return self.read(self.form.render(excerpt))


WAYS: dict[str, Way] = {
    **{name: Way(("--format", name), form(name), READERS[name]) for name in FORMATS},
    "csv-answers": Way(("--format", "csv", "--what", "answers"), form("csv", what="answers"), READERS["csv"]),
    "ics-todo": Way(("--format", "ics", "--todo"), form("ics", todo=True), READERS["ics"]),
}
