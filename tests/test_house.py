"""The house as DESIGN draws it: which floor may use which, who touches the disk, who speaks to the terminal.

A rule is a function that names what one module does against it; `BAD` shows for each that it can fail.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import libwell
from decisions import size, total
from libwell.kinds.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FLOORS = {
    "cli": 0,
    "flows": 1,
    "storage": 2,
    "terminal": 2,
    "export": 2,
    "rules": 3,
    "model": 4,
    "kinds": 4,
    "errors": 5,
}
ONE_FLOOR = {"model", "kinds"}  # a worksheet is made of prompts, and a prompt of what the model says
MOST_LINES, MOST_LINES_OF_FUNCTION = 400, 50

LINES_OF_SRC = 38_640
DECISIONS = 0.4435
"""All of libwell is no larger than this; tests/decisions.py says how it is counted."""

DISK_MODULES = words("fcntl filelock fileinput glob mmap shutil sqlite3 tempfile")
DISK_METHODS = words(  # not `replace`, which texts have too: what it acts on was made by one of these
    """
    chmod exists glob group hardlink_to is_block_device is_char_device is_dir is_fifo is_file is_mount
    is_socket is_symlink iterdir lchmod lstat mkdir open owner read_bytes read_text readlink rename resolve
    rglob rmdir samefile stat symlink_to touch unlink write_bytes write_text
    """
)
DISK_CALLS_OF_OS = words(
    """
    access chdir chflags chmod chown chroot close copy_file_range dup dup2 fchdir fchmod fchown
    fdatasync fdopen fstat fstatvfs fsync ftruncate fwalk getxattr lchflags lchmod lchown link listdir
    listxattr lockf lseek lstat makedirs mkdir mkfifo mknod open pathconf posix_fallocate pread preadv
    pwrite pwritev read readlink readv remove removedirs removexattr rename renames replace rmdir
    scandir sendfile setxattr splice stat statvfs symlink sync truncate unlink utime walk write writev
    """
)
DISK_CALLS_OF_PATH = words(
    "exists getatime getctime getmtime getsize isdir isfile islink ismount lexists realpath samefile"
)
PROCESS_MODULES = words("asyncio concurrent multiprocessing pty subprocess")
PROCESS_CALLS_OF_OS = ("exec", "fork", "popen", "posix_spawn", "spawn", "startfile", "system")
STARTS_PROCESSES = {
    "terminal.programs",  # editor and pager
    "terminal.editor",  # asks an editor who it is
    "flows.rendering",  # many exports on all processors
}
TERMINAL_MODULES = words("curses getpass pty readline rich termios tty")
SYSTEM_MODULES = {  # each is missing somewhere, and is imported in no other room
    **dict.fromkeys(words("fcntl grp pty pwd readline resource termios tty"), ("terminal.posix",)),
    **dict.fromkeys(words("ctypes msvcrt winreg"), ("terminal.windows", "storage.windows")),
}
STREAMS = frozenset(
    f"sys.{dunder}{name}{dunder}" for dunder in ("", "__") for name in ("stdin", "stdout", "stderr")
)

# What is allowed in one module, by name, and why.
ALLOWED = {
    "terminal.editor": {"shutil.which", "os.path.realpath"},  # whether a program is there; nothing is opened
    "terminal.posix.keys": {"os.read"},  # keys, from the terminal's own descriptor
    "terminal.posix.gnu": {"os.read"},  # a paste, from the same
    "terminal.output": {"self.write_bytes"},  # to a stream
    "cli": {"sys.stdout", "open"},  # answers --version before anything else is imported
    "cli.app": {"sys.stdin", "sys.stdout", "sys.stderr"},  # hands the streams down
    "cli.ending": {
        "sys.stdout",
        "sys.stderr",
        "os.open",
        "os.dup2",
        "os.close",
    },  # leaves a closed pipe quietly
}

# Places that ask what kind a prompt is, outside kinds/; a number only ever falls. Kinds say it of themselves.
ASKS_OF_KINDS = {
    "rules.planning": 1,  # a plan prompt stands in where a worksheet asks for no plan
}

# Classes of one name in two modules; this only ever gets shorter.
SAME_NAME = words("ScratchFile")


@dataclass(frozen=True)
class Module:
    """A module of libwell: its name without `libwell.` (a package by its own name), and its text."""

    name: str
    text: str
    is_package: bool = False

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def room(self) -> str:
        return self.name.partition(".")[0]

    @property
    def allowed(self) -> set[str]:
        return ALLOWED.get(self.name, set())

    def imports(self) -> Iterator[str]:
        """Everything imported, in functions and for type checking too; `from a import b` as `a.b`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from (f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names)

    def calls(self) -> Iterator[str]:
        """What is called, as it is written: `open`, `os.open`, `path.exists`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield ast.unparse(node.func)

    def names(self) -> Iterator[str]:
        """Every dotted name that is used: `sys.stdout`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Attribute):
                yield ast.unparse(node)


def read_house() -> dict[str, Module]:
    root = Path(libwell.__file__).parent
    modules = {}
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts)
        modules[name] = Module(name, path.read_text(encoding="utf-8"), is_package)
    return modules


HOUSE = read_house()


def inside(module: Module, known: Mapping[str, Module]) -> set[str]:
    """The modules of libwell a module imports; the bare package (its version, its place) is on no floor."""
    found = set()
    for name in module.imports():
        parts = name.split(".")
        if parts[0] == "libwell":
            inner = ".".join(parts[1:])
            found.add(inner if inner in known else ".".join(parts[1:-1]))
    return found - {"", module.name}


# --- the rules ------------------------------------------------------------------------------------


def arrows_up(module: Module) -> Iterator[str]:
    """No floor uses one above it; storage, terminal and export do not know each other."""
    if module.name in {"", "__main__"}:  # the public API, and `python -m libwell`
        return
    if module.room not in FLOORS:
        yield f"{module.name} is on no floor"
        return
    for other in inside(module, HOUSE):
        room = other.partition(".")[0]
        below = FLOORS.get(room, -1) > FLOORS[module.room]
        if room != module.room and not below and not {room, module.room} <= ONE_FLOOR:
            yield f"{module.name} uses {other}"


def relative_imports(module: Module) -> Iterator[str]:
    """Every import says in full what it takes, so that these rules see it."""
    yield from (f"{module.name}: from {name}" for name in module.imports() if name.startswith("."))


def reexports(module: Module) -> Iterator[str]:
    """A package says what it is for and holds nothing; only libwell/__init__ is a public face."""
    if not module.is_package or not module.name:
        return
    functions = [node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef)]
    used_inside = {id(node) for function in functions for node in ast.walk(function)}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in used_inside:
            names = [getattr(node, "module", None) or "", *(alias.name for alias in node.names)]
            if any(name.split(".")[0] == "libwell" for name in names):
                yield f"{module.name} hands on: {ast.unparse(node)}"
    if any(function.name == "__getattr__" for function in functions):
        yield f"{module.name} hands on what it is asked for"


def disk_use(module: Module) -> Iterator[str]:
    """Only storage touches the disk."""
    if module.room == "storage":
        return
    for name in module.imports():
        if name.split(".")[0] in DISK_MODULES and not _only_allowed(module, name.split(".")[0]):
            yield f"{module.name} imports {name}"
    yield from (f"{module.name} calls {call}" for call in module.calls() if _touches_disk(call, module))
    yield from (f"{module.name} imports {name}" for name in renamed(module, _touches_disk))


def _touches_disk(call: str, module: Module) -> bool:
    owner, _, last = call.rpartition(".")
    by_owner = {"": {"open"}, "io": {"open", "open_code", "FileIO"}, "os": DISK_CALLS_OF_OS}
    by_owner["os.path"] = DISK_CALLS_OF_PATH
    return call not in module.allowed and last in by_owner.get(owner, DISK_METHODS)


def renamed(module: Module, is_forbidden: Callable[[str, Module], bool]) -> Iterator[str]:
    """What a module takes out of `os` so that its calls would no longer show where they come from."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.asname and one.name in {"io", "os", "os.path"})
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{one.name}" for one in node.names]
            taken = [name for name in names if name.startswith(("io.", "os."))]
            yield from (name for name in taken if name == "os.path" or is_forbidden(name, module))


def process_use(module: Module) -> Iterator[str]:
    """Only a few modules start another program, and none by a shell or out of itself."""
    for name in module.imports():
        if name.split(".")[0] in PROCESS_MODULES and module.name not in STARTS_PROCESSES:
            yield f"{module.name} imports {name}"
    yield from (f"{module.name} calls {call}" for call in module.calls() if _starts(call, module))
    yield from (f"{module.name} imports {name}" for name in renamed(module, _starts))


def _starts(call: str, module: Module) -> bool:
    owner, _, last = call.rpartition(".")
    return owner == "os" and last.startswith(PROCESS_CALLS_OF_OS) and call not in module.allowed


def _only_allowed(module: Module, owner: str) -> bool:
    used = {name for name in module.names() if name.startswith(f"{owner}.")}
    return used != set() and used <= module.allowed


def terminal_use(module: Module) -> Iterator[str]:
    """Only terminal reads keys or draws; cli holds the streams at its boundary."""
    if module.room == "terminal":
        return
    for name in module.imports():
        if name.split(".")[0] in TERMINAL_MODULES:
            yield f"{module.name} imports {name}"
    yield from (
        f"{module.name} calls {call}" for call in module.calls() if call in {"print", "input", "breakpoint"}
    )
    for name in module.names():
        if name in STREAMS - module.allowed:
            yield f"{module.name} uses {name}"
    yield from (f"{module.name} imports {name}" for name in module.imports() if name in STREAMS)


def system_use(module: Module) -> Iterator[str]:
    """What only some systems have is imported only in the rooms for them."""
    for name in module.imports():
        rooms = SYSTEM_MODULES.get(name.split(".")[0], (module.name,))
        if not f"{module.name}.".startswith(tuple(f"{room}." for room in rooms)):
            yield f"{module.name} imports {name}"


def click(module: Module) -> Iterator[str]:
    """Typer carries a Click of its own; another one has other exceptions."""
    yield from (f"{module.name} imports {name}" for name in module.imports() if name.split(".")[0] == "click")


def long_modules(module: Module) -> Iterator[str]:
    """A module past 400 lines is two."""
    count = len(module.text.splitlines())
    if count > MOST_LINES:
        yield f"{module.name} has {count} lines"


def long_functions(module: Module) -> Iterator[str]:
    """A function past fifty lines is several."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            count = (node.end_lineno or 0) - node.lineno + 1
            if count > MOST_LINES_OF_FUNCTION:
                yield f"{module.name}.{node.name} has {count} lines"


def kinds_asked(module: Module) -> Iterator[str]:
    """Only kinds/ asks of what kind a prompt is; a new kind is in none of the questions others ask."""
    found = [] if module.room == "kinds" else list(_asked_of_kinds(module))
    if len(found) > ASKS_OF_KINDS.get(module.name, 0):
        yield f"{module.name} asks of kinds {len(found)} times: {'; '.join(found)}"


def _asked_of_kinds(module: Module) -> Iterator[str]:
    """Imports of a kind's own module, names of kinds compared with or looked up, classes of kinds."""
    homes = {place.partition(":")[0] for place in KINDS.values()}
    yield from (name for name in module.imports() if name.rpartition(".")[0] in homes or name in homes)
    for node in ast.walk(module.tree):
        if _names_kinds(node):
            yield f"line {getattr(node, 'lineno', 0)}"


def _names_kinds(node: ast.AST) -> bool:
    """Whether an expression, or one of the cases of a match, asks of what kind something is."""
    match node:
        case ast.Compare(left=left, comparators=others):
            return any(map(_is_kind, (left, *others))) and any(map(_has_name_of_kind, (left, *others)))
        case ast.Match(subject=subject, cases=cases):
            patterns = [inner for case in cases for inner in ast.walk(case.pattern)]
            values = [inner.value for inner in patterns if isinstance(inner, ast.MatchValue)]
            return _is_kind(subject) and any(map(_has_name_of_kind, values))
        case ast.MatchClass(cls=called):
            return _is_class_of_kind(called)
        case ast.Call(func=ast.Name("isinstance" | "issubclass"), args=[_, wanted]):
            return any(map(_is_class_of_kind, ast.walk(wanted)))
        case ast.Dict(keys=members) | ast.Set(elts=members):
            return _is_by_kind(members)
    return False


def _is_kind(node: ast.expr) -> bool:
    """`kind`, or the kind of something."""
    return ast.unparse(node).rpartition(".")[2] == "kind"


def _has_name_of_kind(node: ast.expr) -> bool:
    """A kind's name, or some in a tuple, list or set."""
    members = node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else [node]
    return any(isinstance(one, ast.Constant) and one.value in KINDS for one in members)


def _is_class_of_kind(node: ast.AST) -> bool:
    """`TextPrompt`; not `Prompt`, which all are."""
    name = ast.unparse(node).rpartition(".")[2]
    return isinstance(node, ast.Name | ast.Attribute) and name.endswith("Prompt") and name != "Prompt"


def _is_by_kind(members: Iterable[ast.expr | None]) -> bool:
    """A table by kind, or a set of kinds: two and more, and every one is a kind's name."""
    names = [one.value if isinstance(one, ast.Constant) else None for one in members]
    return len(names) > 1 and all(name in KINDS for name in names)


RULES: tuple[Callable[[Module], Iterator[str]], ...] = (
    arrows_up,
    relative_imports,
    reexports,
    disk_use,
    process_use,
    terminal_use,
    system_use,
    kinds_asked,
    click,
    long_modules,
    long_functions,
)


def circle(house: Mapping[str, Module]) -> list[str]:
    """The first circle of imports, if there is one."""
    try:
        TopologicalSorter({name: inside(module, house) for name, module in house.items()}).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def same_name(house: Mapping[str, Module]) -> set[str]:
    """Public classes that two modules have, each its own: one word means one thing."""
    names = [
        node.name
        for module in house.values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]
    return {name for name in names if names.count(name) > 1}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_is_as_drawn(rule: Callable[[Module], Iterator[str]]) -> None:
    assert [finding for module in HOUSE.values() for finding in rule(module)] == []


@pytest.mark.thorough
def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circle(HOUSE) == []


@pytest.mark.thorough
def test_no_two_classes_have_one_name() -> None:
    assert same_name(HOUSE) - SAME_NAME == set()


def test_storage_knows_no_hints_for_authors() -> None:
    storage = [module for module in HOUSE.values() if module.room == "storage"]
    used = set().union(*(inside(module, HOUSE) for module in storage))
    assert not any(name.startswith("rules.checking") for name in used)
    assert any(name.startswith("rules.mistakes") for name in used)


def test_the_house_is_no_larger_than_this() -> None:
    whole = total(size(module.text) for module in HOUSE.values())
    assert whole.lines <= LINES_OF_SRC
    assert whole.decisions_a_line <= DECISIONS


def test_everything_allowed_by_name_is_still_used() -> None:
    for name, allowed in ALLOWED.items():
        used = {*HOUSE[name].names(), *HOUSE[name].calls()}
        assert allowed <= used, name


BAD = [
    (arrows_up, Module("model.response", "from libwell.rules.walk import Walk")),
    (arrows_up, Module("rules.walk", "def f():\n    from libwell.storage import files")),
    (arrows_up, Module("storage.files", "import libwell.cli.app")),
    (arrows_up, Module("storage.files", "if TYPE_CHECKING:\n    from libwell.flows.fill import fill")),
    (arrows_up, Module("storage.files", "from libwell.terminal.output import Output")),
    (arrows_up, Module("terminal.output", "from libwell.export.markdown import render")),
    (arrows_up, Module("export.markdown", "from libwell.storage import files")),
    (arrows_up, Module("errors", "from libwell.model.base import Id")),
    (arrows_up, Module("helpers.text", "")),
    (relative_imports, Module("rules.walk", "from .answers import unfinished")),
    (relative_imports, Module("rules.walk", "from . import answers")),
    (reexports, Module("rules", "from libwell.rules.walk import Walk", is_package=True)),
    (reexports, Module("rules", "if TYPE_CHECKING:\n    import libwell.rules.walk", is_package=True)),
    (reexports, Module("rules", "def __getattr__(name): ...", is_package=True)),
    *(
        (disk_use, Module("rules.walk", text))
        for text in (
            "open('x')",
            "with io.open('x') as file: ...",
            "Path(name).open()",
            "path.read_text()",
            "self.path.write_bytes(b'')",
            "path.unlink()",
            "path.parent.mkdir()",
            "list(path.iterdir())",
            "path.exists()",
            "path.is_file()",
            "os.open('x', 0)",
            "os.replace('a', 'b')",
            "os.path.exists('x')",
            "os.path.islink('x')",
            "os.path.lexists('x')",
            "os.path.samefile('x', 'y')",
            "os.statvfs('x')",
            "io.FileIO('x')",
            "import os as system",
            "import os.path as names",
            "from os import path",
            "from os import unlink",
            "from os.path import exists",
            "import shutil",
            "from shutil import rmtree",
            "import tempfile",
            "from filelock import FileLock",
        )
    ),
    (disk_use, Module("terminal.editor", "import shutil\nshutil.which('less')\nshutil.rmtree('/')")),
    (disk_use, Module("cli.ending", "os.open('x', 0)\nos.unlink('x')")),
    *(
        (process_use, Module("storage.files", text))
        for text in (
            "import subprocess",
            "from subprocess import run",
            "def f():\n    from concurrent.futures import ProcessPoolExecutor",
            "import multiprocessing.pool",
            "os.system('ls')",
            "os.popen('ls')",
            "os.execv('ls', [])",
            "os.execlpe('ls')",
            "os.spawnvp(0, 'ls', [])",
            "os.posix_spawn('ls', [], {})",
            "os.fork()",
            "os.forkpty()",
            "from os import system",
        )
    ),
    (process_use, Module("terminal.programs", "import subprocess\nos.system('ls')")),
    *(
        (kinds_asked, Module("rules.any", text))
        for text in (
            "from libwell.kinds.text import TextPrompt",
            "import libwell.kinds.table",
            "if TYPE_CHECKING:\n    from libwell.kinds.rating import Scale",
            "isinstance(prompt, TextPrompt)",
            "isinstance(prompt, text.TextPrompt | PlanPrompt)",
            "prompt.kind == 'text'",
            "'plan' != one.prompt.kind",
            "kind in ('plan', 'text')",
            "prompt.kind not in {'plan', 'x'}",
            "match prompt.kind:\n    case 'a' | 'rating':\n        pass",
            "match prompt:\n    case TextPrompt():\n        pass",
            "WORDS = {'text': 'a', 'yes-no': 'b'}",
            "SOME = frozenset({'text', 'list'})",
        )
    ),
    *(
        (terminal_use, Module("flows.reflect", text))
        for text in (
            "print('x')",
            "input()",
            "breakpoint()",
            "import sys\nsys.stdout.write('x')",
            "import sys\nsys.stderr.flush()",
            "from sys import stdout",
            "import readline",
            "import termios",
            "from rich.console import Console",
        )
    ),
    (terminal_use, Module("cli.show", "print('x')")),
    (terminal_use, Module("cli.show", "import sys\nsys.stdout.write('x')")),
    (system_use, Module("terminal.lines", "import readline")),
    (system_use, Module("terminal.windows.console", "def f():\n    import termios")),
    (system_use, Module("terminal.posix.modes", "from ctypes import wintypes")),
    (system_use, Module("storage.locks", "import fcntl")),
    (click, Module("cli.app", "import click")),
    (click, Module("cli.app", "def f():\n    from click.exceptions import Abort")),
    (long_modules, Module("rules.walk", "a = 1\n" * 401)),
    (long_functions, Module("rules.walk", "def f():\n" + "    a = 1\n" * 50)),
    (long_functions, Module("rules.walk", "class A:\n    async def f():\n" + "        a = 1\n" * 50)),
]
GOOD = [
    (arrows_up, Module("flows.fill", "from libwell.storage import files\nfrom libwell import __version__")),
    (reexports, Module("cli", "def main():\n    from libwell.cli.app import run", is_package=True)),
    (reexports, Module("", "from libwell.flows.fill import fill", is_package=True)),
    (disk_use, Module("storage.files", "open('x')")),
    (disk_use, Module("rules.walk", "text.replace('a', 'b')\nos.fspath(path)\nos.path.join('a', 'b')")),
    (
        disk_use,
        Module("rules.walk", "import os.path\nfrom os import pathsep, fsdecode\nos.path.relpath('a')"),
    ),
    (process_use, Module("terminal.programs", "import subprocess\nos.kill(os.getpid(), 1)")),
    (system_use, Module("terminal.posix.modes", "import termios")),
    (system_use, Module("terminal.windows.console", "import msvcrt\nfrom ctypes import wintypes")),
    (kinds_asked, Module("kinds.table", "from libwell.kinds.text import TextPrompt\nkind == 'text'")),
    (kinds_asked, Module("rules.any", "from libwell.kinds.base import Prompt\nisinstance(one, Prompt)")),
    (kinds_asked, Module("rules.any", "resource.kind == 'helpline'\n{'text': 1, 'x': 2}\n{'text': 1}")),
    (terminal_use, Module("terminal.posix.gnu", "import readline\ninput()\nsys.stdout")),
    (long_modules, Module("rules.walk", "a = 1\n" * 400)),
    (long_functions, Module("rules.walk", "def f():\n" + "    a = 1\n" * 49)),
]


@pytest.mark.parametrize(("rule", "module"), BAD, ids=lambda part: getattr(part, "__name__", ""))
def test_each_rule_can_fail(rule: Callable[[Module], Iterator[str]], module: Module) -> None:
    assert list(rule(module))


@pytest.mark.parametrize(("rule", "module"), GOOD, ids=lambda part: getattr(part, "__name__", ""))
def test_no_rule_fails_without_reason(rule: Callable[[Module], Iterator[str]], module: Module) -> None:
    assert list(rule(module)) == []


def test_two_classes_of_one_name_are_found() -> None:
    house = {name: Module(name, "class Line: ...\nclass _Own: ...") for name in ("a", "b")}
    assert same_name(house) == {"Line"}


def test_what_is_decided_is_counted() -> None:
    text = """
def first(a):
    if a and a.b or a.c:
        return [x for x in a if x if x.y for z in x]
    elif a:
        return 1 if a else 2
    def inner():
        while a:
            try: a()
            except ValueError: ...
    match a:
        case 1: ...
        case _: ...
"""
    assert size(text).function_lines == 12
    assert size(text).decisions == 2 + (2 + 2) + 4 + 1 + 2 + 2  # functions, ifs, comprehension, …, match


def test_a_circle_is_found() -> None:
    texts = {
        "rules.a": "from libwell.rules.b import f",
        "rules.b": "def f():\n    import libwell.rules.c",
        "rules.c": "from libwell.rules import a",
    }
    house = {name: Module(name, text) for name, text in texts.items()}
    assert set(circle(house)) == set(texts)
    del house["rules.c"]
    assert circle(house) == []
