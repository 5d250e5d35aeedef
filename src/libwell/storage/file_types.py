"""What a TOML file says it is, such as `worksheet/1`; refusing another, and reading its data as a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from libwell.errors import FileRefusedError, Mistake
from libwell.storage.positions import refused
from libwell.storage.toml import parse_toml

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import BaseModel

    M = TypeVar("M", bound=BaseModel)

_PASSED_ON = {"shared": "a shared copy", "withdrawal": "the withdrawal of a shared copy"}
"""What `libwell share` writes, to be read by others."""
_NAMES = {
    "answers": "an answers file",
    "resources": "a file of resources",
    "config": "a configuration file",
    **_PASSED_ON,
}


def kind_of(data: dict[str, Any], default: str = "") -> tuple[str, int]:
    """What a file says it is, and in which version of the format: `("worksheet", 1)`.

    `default` is taken for a file that says nothing. What is no such word gives an empty name, what is no
    number version 0.
    """
    word = data.get("libwell", default)
    name, _, version = word.partition("/") if isinstance(word, str) else ("", "", "")
    return name, int(version) if version.isdecimal() and len(version) < 6 else 0


def refuse_other_kinds(data: dict[str, Any], *, file: str, kind: str, default: str = "") -> None:
    """Raise FileRefusedError for a file that holds nothing, is no `kind`, or is of a newer version.

    `default` is what a file is that does not say it; without one it has to.
    """
    if not data and not default:
        remedy = "Ask for it again." if kind in _PASSED_ON else "Name another file, or write it anew."
        raise FileRefusedError(file, (Mistake("this file is empty.", remedy=remedy),))
    name, version = kind_of(data, default)
    if (name, version) == (kind, 1):
        return
    if name == kind and version > 1:
        message = f"this file was made for a newer libwell ({kind}/{version})."
        remedy = "Update libwell to read it."
    elif name != kind and name in _PASSED_ON:
        message, remedy = f"this is {_PASSED_ON[name]}; it holds no {kind}.", "Name another file."
    else:
        what = _NAMES.get(kind, f"a {kind}")
        message = f'this file does not say that it is {what}: libwell = "{kind}/1" is its first line.'
        remedy = "Add it, or name another file."
    raise FileRefusedError(file, (Mistake(message, ("libwell",), remedy, line=1),))


def parse_kind(text: str, *, file: str, kind: str, default: str = "") -> dict[str, Any]:
    """Parse a file of one kind; `file` is the name it is refused under, `default` as for others.

    Raises FileRefusedError for what is no TOML, and as `refuse_other_kinds` does.
    """
    data = parse_toml(text, file=file)
    refuse_other_kinds(data, file=file, kind=kind, default=default)
    return data


def validated(model: type[M], data: dict[str, Any], text: str, *, file: str | Path) -> M:
    """The data of a file as a model. Raises FileRefusedError with every mistake and its line in the text."""
    made, mistakes = try_model(model, data)
    if made is None:
        raise refused(file, text, mistakes)
    return made


def try_model(model: type[M], data: dict[str, Any]) -> tuple[M | None, list[Mistake]]:
    """Data as a model; if it is none, every mistake in it."""
    from pydantic import ValidationError  # as slow to import as Python: only where a model is made

    try:
        return model.model_validate(data), []
    except ValidationError as error:
        from libwell.rules.mistakes.validation import from_validation  # only on mistakes

        return None, from_validation(error, data, model)
