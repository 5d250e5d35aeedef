"""The worksheet as it was asked, at the end of responses and shared copies: made, read, written last.

It opens nothing, and knows nothing of what stands before the definition.
"""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from libwell.errors import FileRefusedError, LibwellError, Mistake
from libwell.rules.caching import cached_by_identity
from libwell.storage.file_types import parse_kind
from libwell.storage.positions import refused
from libwell.storage.toml import parse_toml
from libwell.storage.worksheets import WORKSHEET_LIMIT, examine_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from libwell.model.response import Definition
    from libwell.model.worksheet import Worksheet

FILE_LIMIT = 8 * 1024 * 1024
"""Bytes of a response or of a shared copy, at most."""


@cached_by_identity
def definition_of(worksheet: Worksheet) -> Definition:
    """The worksheet as it is asked, as one TOML text to be kept in a response, without worked examples."""
    import hashlib  # only when a response is made

    import tomli_w

    from libwell.model.response import Definition

    examples = {"scores": {"__all__": {"examples"}}}
    data = worksheet.model_dump(by_alias=True, exclude_defaults=True, exclude=examples)
    text = tomli_w.dumps({"libwell": worksheet.libwell, **data}, multiline_strings=True)
    return Definition(sha256=hashlib.sha256(text.encode()).hexdigest(), worksheet=text)


@lru_cache(maxsize=64)
def read_definition(text: str, *, from_others: bool = False) -> Worksheet:
    """The worksheet that a definition holds, whatever digest its file claims for it; read once.

    What a person answered is read however many prompts its worksheet has; one `from_others` is refused if it
    is larger than any that is asked. Raises FileRefusedError with every mistake.
    """
    _see_length(text)
    examined = examine_text(
        text,
        file="definition",
        load=_nothing_to_include,
        for_author=False,
        of_any_size=not from_others,
    )
    return examined.demand("definition")


@lru_cache(maxsize=64)
def id_of_definition(text: str) -> str:
    """The id of the worksheet in a definition, its prompts unread. Raises FileRefusedError."""
    _see_length(text)
    return str(parse_kind(text, file="definition", kind="worksheet").get("id", ""))


def _see_length(text: str) -> None:
    if len(text) > WORKSHEET_LIMIT * 2:
        raise FileRefusedError("definition", (Mistake("the definition is too large.", ("definition",)),))


def _nothing_to_include(name: str) -> Worksheet:
    raise LibwellError(f"a definition includes nothing, but names {name}.")


# --- files that end in one ------------------------------------------------------------------------


@contextmanager
def naming_file(path: Path, text: str, what: str = "response", *, remedy: str = "") -> Iterator[None]:
    """Let a FileRefusedError that is raised in the block, for the definition in a file, name that file.

    `text` is all of the file, for the line; `what` is the word for it; `remedy` says what to do. The error
    tells the first mistake in the definition.
    """
    try:
        yield
    except FileRefusedError as error:
        message = f"the worksheet kept in this {what} can't be read: {error.mistakes[0].message}"
        raise refused(path, text, [Mistake(message, ("definition", "worksheet"), remedy)]) from None


DEFINITION = "\n[definition]\n"
_LONGEST_REMEMBERED, _MOST_REMEMBERED = 1 << 20, 16
_NOT_AS_IT_STANDS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]|'''|'\Z")  # between three '


def parse_with_definition(text: str, *, file: str) -> dict[str, Any]:
    """Parse a file that ends in a definition; one that was met before is not parsed again.

    `file` is the name it is refused under. Raises FileRefusedError for what is no TOML.

    A definition is longer than all the rest, and the same in thousands of files. What stands before it is
    valid TOML by itself only if no text is open where it begins; if that is so, the two together mean what
    both mean alone. Whatever is otherwise is parsed as one.
    """
    end = next(filter(text.endswith, _TABLES), "") or _learn_end(text)
    if end:
        with suppress(FileRefusedError):
            data = parse_toml(f"{text.removesuffix(end)}\n", file=file)
            if "definition" not in data:
                return {**data, "definition": _TABLES[end]}
    return parse_toml(text, file=file)


_TABLES: dict[str, dict[str, Any]] = {}
"""The tables under `[definition]` met last, each by the whole end of the files it stood in."""


def _learn_end(text: str) -> str:
    """Note the table under `[definition]` that a file ends in, and give that end of the file.

    It is empty if the end holds anything else, is no TOML by itself, or is long.
    """
    _, heading, definition = text.partition(DEFINITION)
    if not heading or len(definition) >= _LONGEST_REMEMBERED:
        return ""
    end = heading + definition
    with suppress(FileRefusedError):
        data = parse_toml(end, file="")
        if data.keys() == {"definition"}:
            if len(_TABLES) >= _MOST_REMEMBERED:
                del _TABLES[next(iter(_TABLES))]
            _TABLES[end] = data["definition"]
            return end
    return ""


def lacks_end(text: str) -> bool:
    """Whether the end of a file's text is missing: the definition stands last, in quotation marks."""
    definition = text.rpartition(DEFINITION)[2]
    return not _CLOSED.fullmatch(definition.partition("\nworksheet = ")[2].rstrip())


_CLOSED = re.compile(r"""(?>('''|\"\"\"|")).*\1""", re.DOTALL)


def text_with_definition(data: Mapping[str, object], definition: Definition) -> str:
    """What stands before a definition, and then the definition, as one TOML text.

    It stands last, as nobody needs to edit it.
    """
    import tomli_w  # only to write

    # One CRLF would come back as LF from a text written over several lines.
    text = tomli_w.dumps(data, multiline_strings=not _has_crlf(data))
    return f"{text}\n{_definition_text(definition)}"


def _has_crlf(value: object) -> bool:
    if isinstance(value, str):
        return "\r" in value
    if isinstance(value, dict):
        return any(map(_has_crlf, value.values()))
    return isinstance(value, list | tuple) and any(map(_has_crlf, value))


@lru_cache(maxsize=8)
def _definition_text(definition: Definition) -> str:
    import tomli_w

    text = definition.worksheet
    is_as_made = definition.sha256.isalnum() and not definition.model_extra
    if not is_as_made or _NOT_AS_IT_STANDS.search(text):
        return tomli_w.dumps({"definition": definition.model_dump()})
    return f"[definition]\nsha256 = \"{definition.sha256}\"\nworksheet = '''\n{text}'''\n"
