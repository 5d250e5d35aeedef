"""Everything libwell writes for people and programs, to the byte: to hold one version against another.

usage: python tests/bytes_of_everything.py FOLDER            every file, to look at
       python tests/bytes_of_everything.py --digests FILE    a line `sha256 name` for each
       python tests/bytes_of_everything.py --groups FILE     a line `sha256 thing format` for each group

Exports, blanks, shared copies, plans and reports of teams, and what the screen shows, of every shipped
worksheet, of the examples, and of random answers to shipped and random worksheets. It uses the command line
in this process and nothing else of libwell, so it runs on older versions too: `PYTHONPATH=OLDER/src`. Clock
and chance are fixed. It runs on Windows too, and has to give the same there.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import re
import secrets
import sys
import tempfile
import tomllib
import zipfile
from contextlib import contextmanager
from hashlib import sha256
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import time_machine
import tomli_w

from random_files import answers, worksheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from random_files import Table

ROOT = Path(__file__).resolve().parents[1]
NOW = "2026-11-21T18:02:11.120934+00:00"
RANDOM_SHEETS, RESPONSES_EACH = 12, 10  # and as many to each shipped worksheet: some 200 responses
EXPORTS = {
    **{name: ("--format", name) for name in ("md", "html", "docx", "csv", "json", "jsonl", "ics")},
    "csv-answers": ("--format", "csv", "--what", "answers"),
    "ics-todo": ("--format", "ics", "--todo"),
}
BLANKS = ("md", "html", "docx", "toml")
PLANS = ("md", "html", "docx", "json", "csv", "ics")
REPORTS = ("md", "html", "docx", "json", "csv")
SHARINGS = ((), ("--named",), ("--with-text",), ("--named", "--with-text"))

_MADE_BY = re.compile(rb'"libwell":"[^"]*"')
_PLACE = re.compile(rb'FOLDER[^"\s]*')
_PACKAGE = b"PK\x03\x04"

Made = dict[str, bytes]


class _Stream(io.BytesIO):
    """Standard output or error of one run; what it held can be read after it was closed."""

    def close(self) -> None:
        self.held = self.getvalue()


def run(*arguments: str, data: str = "data", in_full: bool = False) -> bytes:
    """Run one command line here. Gives what it printed, and if it failed or `in_full` status and messages.

    Where libwell and the files lie is left out, and a path below is written as on Linux.
    """
    import libwell
    from libwell.cli import main

    out, err = _Stream(), _Stream()
    before = sys.argv, sys.stdin, sys.stdout, sys.stderr
    sys.argv = ["libwell", "--data-dir", data, *arguments]
    sys.stdin = io.TextIOWrapper(io.BytesIO(), "utf-8")
    sys.stdout, sys.stderr = (io.TextIOWrapper(one, "utf-8", write_through=True) for one in (out, err))
    try:
        main()
        status = 0
    except SystemExit as end:
        status = int(end.code or 0)
    finally:
        sys.argv, sys.stdin, sys.stdout, sys.stderr = before
    printed = out.getvalue() + (
        f"\nstatus {status}\n".encode() + err.getvalue() if status or in_full else b""
    )
    package = Path(libwell.__file__).parent
    places = {package / "_worksheets": b"FOLDER/worksheets"}  # where those of a checkout are
    places |= dict.fromkeys((package.parents[1], Path.cwd()), b"FOLDER")
    for folder, said in places.items():
        for path in (str(folder), json.dumps(str(folder))[1:-1]):
            printed = printed.replace(path.encode(), said)
    return _PLACE.sub(lambda found: re.sub(rb"\\+", b"/", found[0]), printed)


@contextmanager
def fixed_world() -> Iterator[None]:
    """An empty folder to work in, one moment, drawn lots that are always the same, nothing configured."""
    environ, choose, folder = dict(os.environ), secrets.choice, Path.cwd()
    with tempfile.TemporaryDirectory(prefix="libwell-bytes-") as place, time_machine.travel(NOW, tick=False):
        for name in [name for name in os.environ if name.startswith(("LIBWELL", "XDG"))]:
            del os.environ[name]
        os.environ["WIN_PD_OVERRIDE_LOCAL_APPDATA"] = str(Path(place, "AppData", "Local"))
        os.environ |= {"HOME": place, "LANG": "C.UTF-8", "COLUMNS": "80", "TERM": "dumb", "NO_COLOR": "1"}
        secrets.choice = random.Random(1).choice
        os.chdir(place)
        try:
            yield
        finally:
            os.chdir(folder)
            secrets.choice = choose
            os.environ.clear()
            os.environ.update(environ)


def is_path(name: str) -> bool:
    """Whether a worksheet is named by its path; shipped ones are by their id."""
    return "/" in name


# --- what there is to write -----------------------------------------------------------------------


def shipped() -> list[str]:
    """The ids of the shipped worksheets."""
    return sorted(line.split()[0] for line in run("list").decode().splitlines() if line.endswith(" libwell"))


def as_asked(name: str) -> Table:
    """A worksheet as a response keeps it: TOML data, includes resolved."""
    Path("empty.toml").write_text(tomli_w.dumps({"worksheet": name}), encoding="utf-8")
    data = f"asked-{Path(name).stem}"
    run("fill", "--draft", "empty.toml", data=data)
    (saved,) = Path(data, "responses").glob("*.toml")
    return tomllib.loads(tomllib.loads(saved.read_text(encoding="utf-8"))["definition"]["worksheet"])


def random_worksheets() -> list[str]:
    """Write random worksheets. Gives their paths."""
    made = []
    for number in range(RANDOM_SHEETS):
        sheet = worksheet(random.Random(number), f"any-{number:02}")
        path = Path(f"any-{number:02}.toml")
        path.write_bytes(tomli_w.dumps(sheet).encode())  # its line ends too are in a response's digest
        made.append(f"./{path}")
    return made


def fill_all(names: list[str]) -> dict[str, bytes]:
    """Fill in the examples, and random answers to every worksheet; every third stays a draft.

    Gives what was printed, by worksheet: ids, or why a file was refused.
    """
    printed = {path.stem: run("fill", str(path)) for path in sorted((ROOT / "examples").glob("*.toml"))}
    for name in names:
        sheet, rng = as_asked(name), random.Random(name)
        for number in range(RESPONSES_EACH):
            path = Path(f"answers-{sheet['id']}-{number}.toml")
            path.write_bytes(tomli_w.dumps({**answers(rng, sheet), "worksheet": name}).encode())
            draft = ("--draft",) if number % 3 == 0 else ()
            printed[path.stem] = run("fill", *draft, str(path))
    return printed


# --- what is written ------------------------------------------------------------------------------


def exports() -> Iterator[tuple[str, bytes]]:
    """Every response in every format, with what is private and without."""
    for name, options in EXPORTS.items():
        for private in ("", "-private"):
            target = f"exports-{name}{private}"
            more = ("--private",) if private else ()
            said = run("export", "--all", *options, *more, "--jobs", "1", "--output", f"{target}/")
            yield f"export/{name}{private}/said", said
            for path in sorted(Path(target).iterdir()):
                yield f"export/{name}{private}/{path.name}", path.read_bytes()


def blanks(names: list[str]) -> Iterator[tuple[str, bytes]]:
    """Every worksheet, empty, and as the screen shows it."""
    for name in names:
        for form in BLANKS:
            for more in ("", "--facilitator"):
                written = run("blank", name, "--format", form, *more.split())
                yield f"blank/{form}/{Path(name).stem}{more}", written
        page = run("form", name, "--output", "-", "--team", "Branch 4")
        yield f"form/html/{Path(name).stem}", _MADE_BY.sub(b'"libwell":"VERSION"', page)
        yield f"show/text/{Path(name).stem}", run("show", name, "--facilitator")
        yield f"show/json/{Path(name).stem}", run("show", name, "--json")
        if is_path(name):
            yield f"check/json/{Path(name).stem}", run("check", "--json", name)


def screens(saved: list[str]) -> Iterator[tuple[str, bytes]]:
    """What is shown of responses, and of two of one worksheet side by side."""
    for name in saved[::4]:
        yield f"view/text/{name}", run("view", name, "--private")
        yield f"view/json/{name}", run("view", name, "--private", "--json")
    for earlier, later in pairwise(saved):
        if earlier[:-4] == later[:-4]:  # the id of the worksheet and the day
            for form, more in (("text", ()), ("md", ("--format", "md")), ("json", ("--json",))):
                yield f"compare/{form}/{earlier}", run("compare", earlier, later, "--private", *more)
    for line in ("actions --all --private", "responses", "list", "resources"):
        yield f"{line.split()[0]}/text/all", run(*line.split())
        yield f"{line.split()[0]}/json/all", run(*line.split(), "--json")
    for kind in ("worksheet", "answers", "export"):
        yield f"schema/json/{kind}", run("schema", kind)


def shares(saved: list[str]) -> Iterator[tuple[str, bytes]]:
    """A shared copy of every response."""
    Path("shared").mkdir()
    for number, name in enumerate(saved):
        options = SHARINGS[number % len(SHARINGS)]
        path = Path("shared", f"{name}.toml")
        said = run("share", name, "--yes", *options, "--output", str(path))
        yield f"share/toml/{name}", path.read_bytes() if path.exists() else said


def together() -> Iterator[tuple[str, bytes]]:
    """A plan and reports of all that was shared, and a report after more came."""
    for form in PLANS:
        yield f"team-plan/{form}/all", run("team", "plan", "shared", "--format", form)
    for form in REPORTS:
        written = run("team", "report", "shared", "--format", form, data=f"team-{form}")
        yield f"team-report/{form}/all", written
        options = ("--by", "team", "--min-group", "3")
        written = run("team", "report", "shared", "--format", form, *options, data=f"team-by-{form}")
        yield f"team-report/{form}/by-team", written
    yield "team-report/text/all", run("team", "report", "shared", data="team-text")
    some = [str(path) for number, path in enumerate(sorted(Path("shared").iterdir())) if number % 3]
    first = run("team", "report", *some, "--format", "json", data="team-later")
    Path("earlier.json").write_bytes(first)
    for form in REPORTS:
        since = ("--format", form, "--since", "earlier.json")
        yield f"team-report/{form}/later", run("team", "report", "shared", *since, data="team-later")
    yield "team-told/text/all", run("team", "told", data="team-later")


def unpacked(made: bytes) -> bytes:
    """A Word file as its parts, one behind the other: how well they are compressed is not libwell's."""
    if not made.startswith(_PACKAGE):
        return made
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        return b"".join(b"%s\n%s\n" % (name.encode(), package.read(name)) for name in package.namelist())


def everything() -> Iterator[tuple[str, bytes]]:
    """Everything, by a name `thing/format/of what`."""
    for name, made in _everything():
        yield name, unpacked(made)


def _everything() -> Iterator[tuple[str, bytes]]:
    with fixed_world():
        names = [*shipped(), *random_worksheets()]
        filled = fill_all(names)
        yield from ((f"fill/text/{name}", printed) for name, printed in filled.items())
        saved = sorted(path.stem for path in Path("data", "responses").glob("*.toml"))
        for name in saved:
            yield f"response/toml/{name}", Path("data", "responses", f"{name}.toml").read_bytes()
        yield from blanks(names)
        yield from exports()
        yield from screens(saved)
        yield from shares(saved)
        yield from together()


# --- what is said of it ---------------------------------------------------------------------------


def digests(made: Made) -> str:
    """A line for each file."""
    return "".join(f"{sha256(data).hexdigest()} {name}\n" for name, data in sorted(made.items()))


def groups(made: Made) -> str:
    """A line for each thing and format: the digest of its lines."""

    def group(name: str) -> str:
        return " ".join(name.split("/")[:2])

    lines = []
    for name, members in groupby(sorted(made), group):
        listed = digests({member: made[member] for member in members})
        lines.append(f"{sha256(listed.encode()).hexdigest()} {name}\n")
    return "".join(lines)


def write(made: Made, folder: Path) -> None:
    """Every file under its name in a folder."""
    for name, data in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def main() -> None:
    parser = argparse.ArgumentParser(description="Everything libwell writes, to the byte.")
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--digests", type=Path, metavar="FILE")
    parser.add_argument("--groups", type=Path, metavar="FILE")
    options = parser.parse_args()
    made = dict(everything())
    say: dict[str, Callable[[Made], str]] = {"digests": digests, "groups": groups}
    for name, lines in say.items():
        if path := getattr(options, name):
            path.write_text(lines(made), encoding="utf-8")
    if options.folder:
        write(made, options.folder)


if __name__ == "__main__":
    main()
