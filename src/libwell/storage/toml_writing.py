"""Writing TOML: texts over several lines where wanted, short tables of a list on one line each.

Files that people keep look as they always did: as tomli-w writes them, which takes several times as long.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
        elif _is_list_of_tables(value) and not _fits_on_lines(value, lines=lines):
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


def _is_list_of_tables(value: object) -> bool:
    return bool(isinstance(value, _LISTS) and value and all(isinstance(one, dict) for one in value))


def _fits_on_lines(tables: list[dict[str, Any]], *, lines: bool) -> bool:
    """Whether each of the tables fits on a line of its own."""
    for table in tables:
        line = f"{_INDENT}{_value(table, lines=lines)},"
        if len(line) > _LONGEST_LINE or "\n" in line:
            return False
    return True


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
