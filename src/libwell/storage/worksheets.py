"""Worksheets on disk: finding them by id, reading them with every mistake named, writing definitions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from libwell.errors import FileRefusedError, LibwellError, Mistake, NotFoundError
from libwell.model.nearest import did_you_mean
from libwell.storage.files import list_files, read_text
from libwell.storage.places import is_file
from libwell.storage.toml import parse_toml

WORKSHEET_LIMIT = 1024 * 1024
"""Bytes of a worksheet, at most."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from libwell.model.response import Definition
    from libwell.model.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class Header:
    """What a list of worksheets shows of one, without reading its prompts."""

    id: str
    title: str
    minutes: int | None
    origin: str
    path: Path
    hides: tuple[str, ...] = ()
    hidden: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Examined:
    """A worksheet as it will be asked (None if it can't be), and every mistake and hint in its file."""

    worksheet: Worksheet | None
    mistakes: tuple[Mistake, ...]

    @property
    def is_sound(self) -> bool:
        """Whether it can be used: there may be hints, but no mistakes."""
        return self.worksheet is not None and all(mistake.hint for mistake in self.mistakes)


def kind_of(data: dict[str, Any], default: str = "") -> tuple[str, int]:
    """What a file says it is, and in which version of the format: `("worksheet", 1)`."""
    word = data.get("libwell", default)
    name, _, version = word.partition("/") if isinstance(word, str) else ("", "", "")
    return name, int(version) if version.isdecimal() and len(version) < 6 else 0


class Shelf:
    """The folders worksheets are looked up in; the first that has an id hides the others."""

    def __init__(self, folders: Sequence[tuple[Path, str]]) -> None:
        self._folders = folders

    def headers(self) -> tuple[list[Header], list[LibwellError]]:
        """Every worksheet at hand by id, and what could not be read."""
        found: dict[str, Header] = {}
        failed: list[LibwellError] = []
        for folder, origin in self._folders:
            for path in list_files(folder, suffix=".toml"):
                try:
                    header = _read_header(path, origin)
                except LibwellError as error:
                    failed.append(error)
                    continue
                if header is not None:
                    before = found.get(header.id)
                    found[header.id] = _hiding(before, header) if before else header
        return [found[name] for name in sorted(found)], failed

    def path_of(self, name: str) -> Path:
        """The file of a worksheet id. Raises NotFoundError with the nearest id."""
        for folder, _ in self._folders:
            path = folder / f"{name}.toml"
            if is_file(path):
                header = _read_header(path, "")
                if header is not None and header.id == name:
                    return path
        headers, _ = self.headers()
        by_id = {header.id: header.path for header in headers}
        if name not in by_id:
            remedy = did_you_mean(name, by_id) or "`libwell list` shows the worksheets at hand."
            raise NotFoundError(f"There is no worksheet {name}.", remedy)
        return by_id[name]

    def locate(self, name: str) -> Path:
        """The file of a worksheet given by id or by path."""
        return Path(name) if is_path(name) else self.path_of(name)

    def load(self, name: str) -> Worksheet:
        """Read a worksheet by id or path, as it will be asked. Raises FileRefusedError with its mistakes."""
        path = self.locate(name)
        examined = self.examine(path)
        if not examined.is_sound or examined.worksheet is None:
            raise FileRefusedError(str(path), tuple(m for m in examined.mistakes if not m.hint))
        return examined.worksheet

    def examine(self, path: Path) -> Examined:
        """Read a worksheet and name every mistake in it. Raises LibwellError if it is no TOML at all."""
        text = read_text(path, limit=WORKSHEET_LIMIT)
        return examine_text(text, file=str(path), load=self._load_part)

    def _load_part(self, name: str) -> Worksheet:
        """Read a worksheet that is to be included, its own includes unresolved."""
        from libwell.rules.salvage import read_data

        path = self.path_of(name)
        data = _read_worksheet_data(path)
        refuse_other_kinds(data, file=str(path), kind="worksheet")
        read = read_data(data)
        if read.mistakes or read.worksheet is None:
            raise LibwellError(f"{name} has mistakes of its own.", f"See `libwell check {path}`.")
        return read.worksheet


def is_path(name: str) -> bool:
    """Whether a name on the command line is a path and not an id."""
    return "/" in name or "\\" in name or name.endswith(".toml")


def _hiding(header: Header, other: Header) -> Header:
    return replace(header, hides=(*header.hides, other.origin), hidden=(*header.hidden, other.path))


def _read_worksheet_data(path: Path) -> dict[str, Any]:
    return parse_toml(read_text(path, limit=WORKSHEET_LIMIT), file=str(path))


def _read_header(path: Path, origin: str) -> Header | None:
    """Read what a list shows; None if the file is no worksheet."""
    data = _read_worksheet_data(path)
    if kind_of(data)[0] != "worksheet" or not isinstance(data.get("id"), str):
        return None
    minutes = data.get("minutes")
    return Header(
        id=data["id"],
        title=str(data.get("title", "")),
        minutes=minutes if type(minutes) is int else None,
        origin=origin,
        path=path,
    )


def examine_text(text: str, *, file: str, load: Any) -> Examined:
    """Examine a worksheet's text; `load` reads what it includes."""
    from libwell.rules.checking import check, pointers
    from libwell.rules.composing import compose
    from libwell.rules.hints import without_covered
    from libwell.rules.salvage import original, read_data

    data = parse_toml(text, file=file)
    refuse_other_kinds(data, file=file, kind="worksheet")
    if "scores" in data:
        early = Mistake(
            "scores are not read by this version of libwell.", ("scores",), "Take them out for now."
        )
        data = {key: value for key, value in data.items() if key != "scores"}
    else:
        early = None
    read = read_data(data)
    mistakes = [*([early] if early else []), *read.mistakes]
    worksheet = read.worksheet
    if worksheet is not None:
        composed = compose(worksheet, load)
        unread = pointers(data) - {prompt.id for _, prompt in composed.worksheet.prompts()}
        between = [replace(m, path=composed.place(m.path)) for m in check(composed.worksheet, unread=unread)]
        mistakes += [
            replace(m, path=original(m.path, read.positions)) for m in (*composed.mistakes, *between)
        ]
        worksheet = composed.worksheet
    return Examined(worksheet, with_lines(without_covered(mistakes), text))


def refuse_other_kinds(data: dict[str, Any], *, file: str, kind: str, default: str = "") -> None:
    """Refuse a file that is something else, or of a newer version. Raises FileRefusedError."""
    name, version = kind_of(data, default)
    if name != kind or version < 1:
        what = "an answers file" if kind == "answers" else f"a {kind}"
        message = f'this file does not say that it is {what}: libwell = "{kind}/1" is its first line.'
        raise FileRefusedError(
            file, (Mistake(message, ("libwell",), "Add it, or name another file.", line=1),)
        )
    if version > 1:
        message = f"this file was made for a newer libwell ({kind}/{version})."
        raise FileRefusedError(file, (Mistake(message, ("libwell",), "Update libwell to read it.", line=1),))


def with_lines(mistakes: Iterable[Mistake], text: str) -> tuple[Mistake, ...]:
    """The mistakes with their line numbers, in the order of the file, hints last."""
    found = list(mistakes)
    if not found:
        return ()
    from libwell.storage.positions import Positions  # only on mistakes

    positions = Positions(text)
    placed = [replace(mistake, line=positions.line(mistake.path)) for mistake in found]
    return tuple(sorted(placed, key=lambda mistake: (mistake.hint, mistake.line)))


# --- definitions ----------------------------------------------------------------------------------


def definition_of(worksheet: Worksheet) -> Definition:
    """The worksheet as it is asked, as one TOML text, to be kept in a response."""
    import hashlib  # only when a response is made

    import tomli_w

    from libwell.model.response import Definition

    data = worksheet.model_dump(by_alias=True, exclude_defaults=True)
    text = tomli_w.dumps({"libwell": worksheet.libwell, **data}, multiline_strings=True)
    return Definition(sha256=hashlib.sha256(text.encode()).hexdigest(), worksheet=text)


@lru_cache(maxsize=64)
def read_definition(text: str) -> Worksheet:
    """Read a definition. Remembered by the text itself, never by the digest a file claims for it.

    Raises FileRefusedError.
    """
    if len(text) > WORKSHEET_LIMIT * 2:
        raise FileRefusedError("definition", (Mistake("the definition is too large.", ("definition",)),))
    examined = examine_text(text, file="definition", load=_nothing_to_include)
    if not examined.is_sound or examined.worksheet is None:
        raise FileRefusedError("definition", tuple(m for m in examined.mistakes if not m.hint))
    return examined.worksheet


def _nothing_to_include(name: str) -> Worksheet:
    raise LibwellError(f"a definition includes nothing, but names {name}.")
