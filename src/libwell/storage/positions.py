"""Line numbers for mistakes: where in a TOML text a path leads.

Nothing is read unless there is a mistake to show. The text is then read a second time, with a parser that
keeps rows and takes what is no TOML as well: of a head nothing but the head was read before.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any

from libwell.errors import MOST_MISTAKES, FileRefusedError, Mistake

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from os import PathLike

    from tree_sitter import Node

Path = tuple[str | int, ...]


def refused(file: str | PathLike[str], text: str, mistakes: Iterable[Mistake]) -> FileRefusedError:
    """The error that names these mistakes of a file, with their lines in its text; the caller raises it."""
    return FileRefusedError(str(file), with_lines(mistakes, text))


def with_lines(mistakes: Iterable[Mistake], text: str) -> tuple[Mistake, ...]:
    """The mistakes with their line numbers in the text, in the order of the file, hints last.

    Of more than MOST_MISTAKES those that were found first are kept, and one that says there are more.
    """
    found = sorted(mistakes, key=lambda mistake: mistake.hint)
    if not found:
        return ()
    told, more = found[:MOST_MISTAKES], found[MOST_MISTAKES:]
    positions = Positions(text, (mistake.path for mistake in told))
    placed = [replace(mistake, line=positions.line(mistake.path)) for mistake in told]
    placed.sort(key=lambda mistake: (mistake.hint, mistake.line))
    return (*placed, *(replace(_MORE, hint=one.hint) for one in more[:1]))


_MORE = Mistake("there is more than is told here.", remedy="Mend this first, then check again.")


class Positions:
    """The lines of some keys, tables and array entries in a text, and of those they stand in."""

    def __init__(self, text: str, paths: Iterable[Path]) -> None:
        import tree_sitter_toml  # an import of its own, only on mistakes
        from tree_sitter import Language, Parser

        self._wanted = {path[:end] for path in paths for end in range(len(path) + 1)}
        self._lines: dict[Path, int] = {(): 1}
        self._latest: dict[Path, Path] = {}  # entry of each array of tables
        self._numbers: defaultdict[Path, Iterator[int]] = defaultdict(count)
        tree = Parser(Language(tree_sitter_toml.language())).parse(text.encode())
        self._read_pairs(tree.root_node, ())
        for node in tree.root_node.named_children:
            if node.type in ("table", "table_array_element"):
                self._read_table(node)

    def line(self, path: Path) -> int:
        """The line of the nearest place on the way to a path, counted from 1."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def _read_table(self, node: Node) -> None:
        names = _keys(node.named_children[0])
        if not names:
            return
        keys = self._into_arrays(names)
        if node.type == "table_array_element":
            self._latest[keys] = (*keys, next(self._numbers[keys]))
            keys = self._latest[keys]
        self._note(keys, node)
        self._read_pairs(node, keys)

    def _into_arrays(self, keys: Path) -> Path:
        """Put the number of the latest entry behind each array of tables on the way."""
        *way, last = keys
        path: Path = ()
        for key in way:
            path = (*path, key)
            path = self._latest.get(path, path)
        return (*path, last)

    def _read_pairs(self, table: Node, under: Path) -> None:
        for node in table.named_children:
            names = _keys(node.named_children[0]) if node.type == "pair" else ()
            if names:
                path = (*under, *names)
                self._note(path, node)
                if path in self._wanted:
                    self._read_value(node.named_children[-1], path)

    def _read_value(self, node: Node, path: Path) -> None:
        if node.type == "inline_table":
            self._read_pairs(node, path)
        elif node.type == "array":
            entries = [child for child in node.named_children if child.type != "comment"]
            for number, child in enumerate(entries):
                if (*path, number) in self._wanted:
                    self._note((*path, number), child)
                    self._read_value(child, (*path, number))

    def _note(self, path: Path, node: Node) -> None:
        """Note the line of a path, and of those it stands in that have none yet."""
        for end in range(1, len(path) + 1):
            if path[:end] in self._wanted:
                self._lines.setdefault(path[:end], node.start_point[0] + 1)


def _keys(node: Node) -> Path:
    """The parts of a key, which may be dotted, and in quotation marks; none of what is no key.

    So it is in a file that is no TOML in a part that was not read.
    """
    import tomli

    path: Path = ()
    value: Any = None
    with suppress(tomli.TOMLDecodeError):
        value = tomli.loads(f"{(node.text or b'').decode()} = 0")
    while value:
        ((key, value),) = value.items()
        path = (*path, key)
    return path
