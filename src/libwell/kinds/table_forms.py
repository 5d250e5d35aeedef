"""A table before it is filled in: room to write on paper, and what stands in an answers file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from libwell.kinds.forms import ROWS, Above, InFile, with_help, with_ids
from libwell.kinds.own_entries import ids_of
from libwell.kinds.table_keys import NAME, TableKeys
from libwell.model.characters import quoted
from libwell.model.document import ROOM, Block, Listing, Table


class TableForms(TableKeys):
    """An empty table."""

    def on_paper(self, above: Above | None) -> Iterator[Block]:
        if above is not None:
            yield above.on_paper("A row for each thing", f"you {self._say_which(above) or 'chose'}")
        said = (*(column.on_paper(self.by_id) for column in self.columns), self.say_total_bound())
        notes = tuple(filter(None, said))
        if notes:
            yield Listing(notes)
        heads = tuple([column.head for column in self.columns])
        cells = ("",) * len(heads)
        if self.only_added:
            yield Table(heads, (cells,) * max(self.min, min(ROWS, self.max or ROWS)))
        else:
            names = [*map(with_help, self.rows), *([ROOM] * ROWS if self.add_rows or not self.rows else ())]
            yield Table(("", *heads), tuple((name, *cells) for name in names), row_heads=True)

    def _say_which(self, above: Above) -> str:
        """Which of the things above make rows: `rated 1 or lower`; empty where all that were chosen do."""
        bounds = {"or lower": self.rated_at_most, "or higher": self.rated_at_least}
        rated = [f"{bound} {words}" for words, bound in bounds.items() if bound is not None]
        if rated:
            return f"rated {' and '.join(rated)}"
        return (
            "" if self.marked is None else f"marked with {quoted(above.marks.get(self.marked, self.marked))}"
        )

    def in_file(self, above: Above | None) -> InFile:
        columns = chain.from_iterable(column.in_file(self.by_id) for column in self.columns)
        comments = [*with_ids(self.rows, "  row "), *columns]
        names = ids_of(self.rows)
        if above is not None:
            which = self._say_which(above)
            line = f"  rows: the ids given at {above.id}"
            comments += [f"{line}, if {which}" if which else line, *above.own_entries()]
            names = [*above.names]
        if self.add_rows:
            comments.append(f'  rows of your own: row-1 = {{ {NAME} = "…", … }}')
        if said := self.say_total_bound():
            comments.append(f"  {said}")
        cell = f"{{ {self.columns[0].id} = {self.columns[0].example} }}"
        if self.only_added:
            return InFile("[]", (*comments, f"  such as: [{cell}]"))
        names.append("other-1")
        return InFile("{}", (*comments, f"  such as: {{ {names[0]} = {cell} }}"))
