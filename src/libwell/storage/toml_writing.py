"""Writing TOML: texts over several lines where wanted, short tables of a list on one line each.

Files that people keep look as they always did: as tomli-w writes them, which takes several times as long.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPED = re.compile(r'["\\\x00-\x08\x0a-\x1f\x7f]')
_ESCAPED_IN_LINES = re.compile(r'["\\\x00-\x08\x0b-\x1f\x7f]')  # but the ends of lines
_SHORT = {"\b": r"\b", "\n": r"\n", "\f": r"\f", "\r": r"\r", '"': r"\"", "\\": r"\\"}
_LISTS = (list, tuple)
_INDENT, _LONGEST_LINE = "    ", 100


def toml_text(data: Mapping[str, Any], *, lines: bool = False) -> str:
    """Data as TOML; with `lines` a text of several lines stands over several, and CRLF in it becomes LF."""
    return "".join(_table(data, "", lines=lines))


def _table(table: Mapping[str, Any], name: str, *, lines: bool, of_list: bool = False) -> Iterator[str]:
    """A table under its heading: first its values, then the tables in it under headings of their own."""
    values: list[str] = []
    tables: list[tuple[str, Any, bool]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            tables.append((key, value, False))
        elif isinstance(value, _LISTS) and _need_headings(value, lines=lines):
            tables += [(key, one, True) for one in value]
        else:
            values.append(f"{_key(key)} = {_value(value, lines=lines)}\n")
    begun = of_list or bool(name and (values or not tables))
    if begun:
        yield f"[[{name}]]\n" if of_list else f"[{name}]\n"
    yield from values
    begun = begun or bool(values)
    for key, inner, is_of_list in tables:
        if begun:
            yield "\n"
        begun = True
        inner_name = f"{name}.{_key(key)}" if name else _key(key)
        yield from _table(inner, inner_name, lines=lines, of_list=is_of_list)


def _need_headings(entries: Sequence[Any], *, lines: bool) -> bool:
    """Whether the entries of a list are all tables, and one of them does not fit on a line of its own."""
    if not all(isinstance(entry, dict) for entry in entries):
        return False
    on_lines = [f"{_INDENT}{_value(entry, lines=lines)}," for entry in entries]
    return any(len(line) > _LONGEST_LINE or "\n" in line for line in on_lines)


def _value(value: Any, *, lines: bool, level: int = 0) -> str:
    """What stands behind an =; `level` counts the lists that it stands in."""
    if isinstance(value, str):
        return _text(value, lines=lines)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        parts = [f"{_key(key)} = {_value(inner, lines=lines)}" for key, inner in value.items()]
        return f"{{ {', '.join(parts)} }}" if parts else "{}"
    if isinstance(value, _LISTS):
        begin, end = _INDENT * (level + 1), _INDENT * level
        entries = [f"{begin}{_value(one, lines=lines, level=level + 1)},\n" for one in value]
        return f"[\n{''.join(entries)}{end}]" if entries else "[]"
    return str(value)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name, lines=False)


def _text(text: str, *, lines: bool) -> str:
    if lines and "\n" in text:
        text = text.replace("\r\n", "\n")
        return f'"""\n{_ESCAPED_IN_LINES.sub(_escape, text)}"""'
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    return _SHORT.get(found[0]) or f"\\u{ord(found[0]):04x}"
