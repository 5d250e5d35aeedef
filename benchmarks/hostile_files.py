"""What one hostile file costs: seconds of the processor and megabytes, a file and a command at a time.

usage: python benchmarks/hostile_files.py [WORD…]     only the cases with one of these words in their name

Each file is made in a temporary folder and given to libwell as a process of its own, below two runs that show
what every run costs. Exits with 1 if a case takes more than two seconds or 200 MB, or ends in anything but an
answer or an error of libwell's own (status 0 to 4). The tests count the work; here are the seconds.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Files = dict[str, str]
    Make = Callable[[], Files]

LIBWELL = (sys.executable, "-c", "from libwell.cli import main; main()")
SECONDS, MEGABYTES = 2.0, 200.0
PATIENCE = 20.0  # seconds after which a run is stopped
PIPED = 100 << 20  # bytes offered to standard input
MIB = 1 << 20

HEAD = 'libwell = "worksheet/1"\nid = "hostile"\nversion = "1"\ntitle = "Hostile"\nprivate = false\n'
SECTION = '[[sections]]\nid = "s"\ntitle = "S"\n'
ANSWERS = 'libwell = "answers/1"\nworksheet = "./hostile.toml"\n'
SHARED = (
    'libwell = "shared/1"\nshared_id = "a2b3c4d5e6f7a2b3c4d5e6aaaa"\n'
    'revision = 1\npseudonym = "Amber Heron"\n'
)
RESPONSE = (
    'libwell = "response/1"\nid = "hostile-2026-11-21-k3f9"\nstatus = "draft"\nrevision = 1\n'
    "created = 2026-11-21T18:00:00Z\nupdated = 2026-11-21T18:00:00Z\n"
)
SAVED = "data/responses/hostile-2026-11-21-k3f9.toml"

CHECK = ("check", "hostile.toml")
FILL = ("fill", "answers.toml", "--draft")
VIEW, EXPORT = ("view", "./response.toml"), ("export", "./response.toml", "--format", "html")
PLAN, REPORT = ("team", "plan", "copy.toml"), ("team", "report", "copy.toml")
EVERYWHERE = (
    CHECK,
    ("show", "./hostile.toml"),
    ("blank", "./hostile.toml", "--format", "html"),
    FILL,
    ("check", "answers.toml"),
    ("check", "response.toml"),
    VIEW,
    EXPORT,
    ("check", "copy.toml"),
    PLAN,
    REPORT,
)


class Taken(NamedTuple):
    """What a run took: seconds of the processor, megabytes at most, and how it ended (None: stopped)."""

    processor: float
    memory: float
    status: int | None


class Case(NamedTuple):
    """Files made in a folder, and the arguments run there; `piped` is repeated on standard input."""

    name: str
    make: Make
    arguments: Sequence[str]
    piped: bytes = b""


def main() -> int:
    words = sys.argv[1:]
    chosen = [case for case in cases() if not words or any(word in case.name for word in words)]
    print(f"{'':72}{'seconds':>8}{'MB':>6}{'status':>8}")
    failed = sum(not is_cheap(case) for case in (*beside(), *chosen))
    print(f"{len(chosen)} cases, {failed} over the limit")
    return 1 if failed else 0


def is_cheap(case: Case) -> bool:
    """Run a case, print a line for it, and say whether it keeps to the limits."""
    taken = measure(case)
    fine = taken.processor <= SECONDS and taken.memory <= MEGABYTES and taken.status in range(5)
    note = "" if fine else "  over the limit"
    status = "stopped" if taken.status is None else taken.status
    print(f"{case.name:72}{taken.processor:8.2f}{taken.memory:6.0f}{status:>8}{note}", flush=True)
    return fine


def measure(case: Case) -> Taken:
    """Make the files of a case and run it.

    They are made by a process of their own: a child's peak of memory begins with its parent's.
    """
    with tempfile.TemporaryDirectory(prefix="libwell-hostile-") as place:
        making = multiprocessing.get_context("fork").Process(target=write_files, args=(case, place))
        making.start()
        making.join()
        return run([*LIBWELL, "--data-dir", "data", *case.arguments], place, case.piped)


def write_files(case: Case, place: str) -> None:
    for name, text in case.make().items():
        path = Path(place, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def run(command: Sequence[str], folder: str, piped: bytes) -> Taken:
    """Run a program to its end, or until it has taken too long."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("LIBWELL_")}
    child = subprocess.Popen(
        command,
        cwd=folder,
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    stop = threading.Timer(PATIENCE, child.kill)
    stop.start()
    feed(child, piped)
    _, status, used = os.wait4(child.pid, 0)
    stop.cancel()
    child.returncode = os.waitstatus_to_exitcode(status)
    ended = child.returncode if child.returncode >= 0 else None
    return Taken(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, ended)


def feed(child: subprocess.Popen[bytes], piped: bytes) -> None:
    """Write to a child what it reads, until it has enough."""
    stream = child.stdin
    assert stream is not None
    with suppress(BrokenPipeError), stream:
        for _ in range(PIPED // len(piped) if piped else 0):
            stream.write(piped)


# --- what the files hold --------------------------------------------------------------------------


def prompts(count: int, kind: str = 'kind = "text"', *, first: int = 0) -> str:
    """So many questions of a kind."""
    tables = (f'[[sections.prompts]]\nid = "q{first + n}"\n{kind}\nask = "What?"\n' for n in range(count))
    return "".join(tables)


def things(count: int, name: str = "thing") -> str:
    """So many options, items or rows."""
    return "[" + ",".join(f'{{id="{name}-{n}",text="Thing {n}"}}' for n in range(count)) + "]"


def listed(text: str, count: int) -> str:
    """So many of the same in a list, each with its number in the place of `%d`."""
    return "[" + ",".join(text.replace("%d", str(n)) for n in range(count)) + "]"


def everywhere(body: str, given: str = "") -> Files:
    """A worksheet, answers to it, a response and a shared copy of it."""
    definition = f"\n[definition]\nsha256 = \"x\"\nworksheet = '''\n{HEAD}{body}'''\n"
    return {
        "hostile.toml": HEAD + body,
        "answers.toml": ANSWERS + given,
        "response.toml": RESPONSE + given + definition,
        SAVED: RESPONSE + given + definition,
        "copy.toml": SHARED + given + definition,
    }


def worksheet(body: str) -> Files:
    return {"hostile.toml": HEAD + body}


def others(name: str, body: str) -> Files:
    """A worksheet of another id."""
    return {f"{name}.toml": HEAD.replace('"hostile"', f'"{name}"') + body}


def including(names: Iterable[str], prefix: str = 'prefix = "p%d-"\n') -> str:
    """Sections that include others."""
    return "".join(
        f'[[sections]]\ninclude = "{name}"\n{prefix}'.replace("%d", str(n)) for n, name in enumerate(names)
    )


# --- cases ----------------------------------------------------------------------------------------


def beside() -> Iterable[Case]:
    sound = partial(worksheet, SECTION + prompts(5))
    yield Case("libwell --version", sound, ["--version"])
    yield Case("a sound worksheet: check", sound, CHECK)


def cases() -> Iterator[Case]:
    """Every hostile file with a command that reads it."""
    return chain(
        near_steps(),
        large_worksheets(),
        large_prompts(),
        includes(),
        names(),
        wrong_answers(),
        floods(),
        piped(),
    )


def tried(name: str, make: Make, commands: Iterable[Sequence[str]] = EVERYWHERE) -> Iterator[Case]:
    """The same files with each of these commands."""
    for arguments in commands:
        yield Case(f"{name}: {' '.join(arguments)}", make, arguments)


def near_steps() -> Iterator[Case]:
    few, all_sorts = "aab", "abcdefghij klmnopqrst uvwxyz "
    for length, count, letters in (
        (20_000, 2, all_sorts),
        (300, 300, all_sorts),
        (300, 300, few),
        (60, 300, few),
        (300, 5_000, few),
        (40, 12_000, all_sorts),
    ):
        make = partial(steps, length, count, letters)
        yield from tried(f"{count:,} steps of {length:,} of {len(set(letters))} letters", make, [PLAN])


def steps(length: int, count: int, letters: str) -> Files:
    """A copy with a plan of steps made of the same letters."""
    rng, some = random.Random(length), list(letters * (length // len(letters) + 1))[:length]
    tables = []
    for number in range(1, count + 1):
        rng.shuffle(some)
        tables.append(f'[[actions]]\nid = "a{number}"\nprivate = false\nstep = "{"".join(some)}"\n')
    return everywhere(SECTION + prompts(1), "".join(tables))


def large_worksheets() -> Iterator[Case]:
    rating = 'kind = "rating"\nscale = { min = 0, max = 1, labels = ["a", "b"] }'
    yield from tried("9,000 prompts", lambda: everywhere(SECTION + prompts(9_000)))
    yield from tried("1,000 prompts in 500 sections", lambda: everywhere(in_sections(500, 2)))
    yield from tried("9,000 sections", lambda: everywhere(in_sections(9_000, 1)), [CHECK, VIEW, EXPORT, PLAN])
    yield from tried("40,000 empty sections", lambda: worksheet("[[sections]]\n" * 40_000), [CHECK])
    yield from tried(
        "9,000 scores",
        lambda: everywhere(SECTION + prompts(900, rating) + scores(9_000), "[answers]\nq1 = 1\n"),
    )


def in_sections(count: int, each: int) -> str:
    return "".join(
        f'[[sections]]\nid = "s{n}"\ntitle = "S"\n{prompts(each, first=n * each)}' for n in range(count)
    )


def scores(count: int) -> str:
    score = '[[scores]]\nid = "s%d"\ntitle = "S"\nitems = ["q1"]\nmethod = "mean"\n'
    return "".join(score.replace("%d", str(n)) for n in range(count))


def large_prompts() -> Iterator[Case]:
    """One question with very many things in it, all of them given."""
    scale = 'scale = { min = 0, max = 1, labels = ["a", "b"] }'
    table = 'kind = "table"\ncolumns = [{ id = "c", ask = "?" }]'
    count = 9_000
    picks, points = listed('"thing-%d"', count), "{" + listed("thing-%d = 1", count)[1:-1] + "}"
    cells = "{" + listed('thing-%d = { c = "x" }', count)[1:-1] + "}"
    alone = listed('"thing-%d"', count)
    for name, kind, given in (
        ("options", f'kind = "choices"\noptions = {things(count)}', picks),
        (
            "options that stand alone",
            f'kind = "choices"\nexclusive = {alone}\noptions = {things(count)}',
            picks,
        ),
        ("options to put in order", f'kind = "ranking"\noptions = {things(count)}', picks),
        ("items", f'kind = "checklist"\nitems = {things(count)}', f"{{yes = {picks}}}"),
        (
            "marks",
            f'kind = "checklist"\nitems = {things(1, "it")}\nmarks = {things(count)}',
            '{thing-1=["it-0"]}',
        ),
        ("items to rate", f'kind = "rating"\n{scale}\nitems = {things(count)}', points),
        ("rows", f"{table}\nrows = {things(count)}", cells),
        ("rows of one's own", table, listed('{ c = "x" }', count)),
        (
            "own words",
            f'kind = "choices"\nother = true\noptions = {things(1)}',
            listed('{other="w%d"}', count),
        ),
        ("entries", 'kind = "list"', listed('"entry %d"', count)),
    ):
        yield from tried(f"{count:,} {name}", partial(one_prompt, kind, given))
    kind = 'kind = "table"\ncolumns = ' + listed('{id="c%d",ask="?"}', count)
    row = "[{" + listed('c%d = "x"', count)[1:-1] + "}]"
    yield from tried(f"{count:,} columns", partial(one_prompt, kind, row))


def one_prompt(kind: str, given: str) -> Files:
    return everywhere(SECTION + prompts(1, kind), f"[answers]\nq0 = {given}\n")


def includes() -> Iterator[Case]:
    commands = (CHECK, ("show", "./hostile.toml"))
    small = SECTION + prompts(1)
    plan = SECTION + prompts(1, 'kind = "plan"')
    yield from tried("ten includes, seven deep", partial(bomb, 10, 7, small), commands)
    yield from tried("ten includes of nothing, seven deep", partial(bomb, 10, 7, plan), commands)
    yield from tried("400 includes of 400 of 400", partial(bomb, 400, 3, small), commands)
    yield from tried("two includes, twenty deep", partial(bomb, 2, 20, small), commands)
    yield from tried("40,000 includes", lambda: worksheet(including(["none"] * 40_000)), [CHECK])
    yield from tried("500 includes of what is not there", lambda: worksheet(including(["no"] * 500)), [CHECK])
    yield from tried("a chain of 600 includes", partial(bomb, 1, 600, small), commands)
    for name, body in (
        ("900 prompts", SECTION + prompts(900)),
        ("9,000 scores", SECTION + prompts(1, RATED) + scores(9_000)),
        ("10,000 tests", tested("q0", 10_000)),
        ("15,000 options", SECTION + prompts(1, f'kind = "choices"\noptions = {things(15_000)}')),
        ("30,000 sources", "sources = " + listed('{title="a%d"}', 30_000) + "\n" + small),
    ):
        make = partial(included, body)
        yield from tried(f"450 includes of {name}", make, commands)


RATED = 'kind = "rating"\nscale = { min = 0, max = 1, labels = ["a", "b"] }'


def bomb(wide: int, deep: int, last: str) -> Files:
    """Worksheets that include the next so many times, so many deep."""
    found = others(f"d{deep}", last)
    for level in range(1, deep):
        found |= others(f"d{level}", including([f"d{level + 1}"] * wide))
    return found | worksheet(including(["d1"] * wide))


def included(body: str) -> Files:
    return others("parts", body) | worksheet(including(["parts"] * 450))


def tested(name: str, count: int) -> str:
    """A section that is asked if one of very many tests holds."""
    first = SECTION + prompts(1, f'kind = "choices"\noptions = {things(5_000)}')
    when = "when = { any = " + listed(f'{{prompt="{name}",includes="thing-%d"}}', count) + " }\n"
    return f'{first}[[sections]]\nid = "last"\ntitle = "L"\n{when}{prompts(1, first=1)}'


def names() -> Iterator[Case]:
    """Names that lead nowhere, with very many that could be meant."""
    known = SECTION + prompts(1_000)
    for count in (3_000, 30_000):
        given = "[answers]\n" + "".join(f"quest{n} = 1\n" for n in range(count))
        yield from tried(
            f"{count:,} unknown prompts", partial(everywhere, known, given), [("check", "answers.toml"), PLAN]
        )
    for count in (5_000, 40_000):
        for name in UNKNOWN:
            make = partial(unknown_keys, name, count)
            yield from tried(f"{count:,} unknown keys ({name})", make, [("check", "file.toml")])
    kinds = "".join(prompts(1, f'kind = "k{n}"', first=n) for n in range(900))
    yield from tried("900 unknown kinds", lambda: worksheet(SECTION + kinds), [CHECK])
    for name, test in (
        ("prompts", '{prompt="qu%d",is=true}'),
        ("options", '{prompt="q0",includes="thin%d"}'),
    ):
        body = tested("q0", 0).replace("any = []", f"any = {listed(test, 9_000)}")
        yield from tried(f"9,000 tests of unknown {name}", partial(worksheet, body), [CHECK])
    yield from tried("10,000 tests", lambda: everywhere(tested("q0", 10_000)))
    collected = (
        SECTION + prompts(900) + prompts(1, "kind = 'plan'\ncollect = " + listed('"qq%d"', 9_000), first=900)
    )
    yield from tried("9,000 unknown addresses to collect", partial(worksheet, collected), [CHECK])
    wrong = listed('{from="qq%d.x",step="s",id="a%d",private=false}', 9_000).replace('id="a0"', 'id="a90000"')
    yield from tried(
        "9,000 steps from nowhere",
        lambda: everywhere(known, f"actions = {wrong}\n"),
        [("check", "answers.toml"), PLAN, VIEW],
    )
    reading = SECTION.replace("title", "learn_more = " + listed('"re%d"', 9_000) + "\ntitle") + prompts(1)
    yield from tried("9,000 unknown resources", partial(worksheet, reading), [CHECK])


UNKNOWN = {
    "worksheet": HEAD + "%s" + SECTION + prompts(1),
    "section": HEAD + SECTION + "%s" + prompts(1),
    "prompt": HEAD + SECTION + prompts(1) + "%s",
    "answers": ANSWERS + "%s",
    "person": ANSWERS + "[person]\n%s",
    "action": ANSWERS + '[[actions]]\nstep = "s"\n%s',
    "settings": 'libwell = "config/1"\n%s',
    "resources": 'libwell = "resources/1"\n%s',
}


def unknown_keys(name: str, count: int) -> Files:
    keys = "".join(f"unknown{n} = 1\n" for n in range(count))
    return worksheet(SECTION + prompts(1)) | {"file.toml": UNKNOWN[name] % keys}


def wrong_answers() -> Iterator[Case]:
    """A hundred wrong things in the answer to each of very many questions."""
    wrong, table = listed('"thingy%d"', 100), "{" + listed("thingy%d = 1", 100)[1:-1] + "}"
    for name, kind, given in (
        ("choices", f'kind = "choices"\noptions = {things(20)}', wrong),
        ("rows", f'kind = "table"\ncolumns = [{{ id = "c", ask = "?" }}]\nrows = {things(20)}', table),
        ("ratings", f"{RATED}\nitems = {things(20)}", table),
        ("marks", f'kind = "checklist"\nitems = {things(20)}', table),
        ("items", f'kind = "checklist"\nitems = {things(20)}', f"{{yes = {wrong}}}"),
    ):
        answers = "[answers]\n" + "".join(f"q{n} = {given}\n" for n in range(480))
        make = partial(everywhere, SECTION + prompts(800, kind), answers)
        yield from tried(f"48,000 wrong {name}", make, [("check", "answers.toml"), FILL, PLAN])


# Each just within what a file may hold, and far above it.
FLOODS: Mapping[str, Callable[[int], str]] = {
    "tables": lambda n: "x=[" + "{}," * (n // 4) + "]\n",
    "lists": lambda n: "x=[" + "[]," * (n // 4) + "]\n",
    "numbers": lambda n: "x=[" + "1," * n + "]\n",
    "fractions": lambda n: "x=[" + "1.5," * (n // 5) + "]\n",
    "times": lambda n: "x=[" + "2020-01-01T00:00:00Z," * n + "]\n",
    "texts": lambda n: "x=[" + "''," * n + "]\n",
    "keys": lambda n: "".join(f"k{k}=1\n" for k in range(n // 2)),
    "dotted keys": lambda n: "".join(f"k{k}.b.c.d.e.f.g.h.i.j.k.l=1\n" for k in range(n // 46)),
    "headings": lambda n: "".join(f"[k{k}]\n" for k in range(n // 3)),
    "headings of a list": lambda n: "[[x]]\n" * (n // 6),
    "dotted headings": lambda n: "".join(f"[k{k}.b.c.d.e.f.g.h.i.j.k.l]\n" for k in range(n // 47)),
    "steps": lambda n: "actions=[" + "{}," * (n // 4) + "]\n",
    "answers": lambda n: "".join(f"answers.k{k}=[{{}}]\n" for k in range(n // 12)),
    "sections": lambda n: "sections=[" + "{prompts=[{}]}," * (n // 12) + "]\n",
    "prompts": lambda n: "sections=[{prompts=[" + "{}," * (n // 4) + "]}]\n",
    "resources": lambda n: "resources=[" + "{}," * (n // 4) + "]\n",
    "contacts": lambda n: "support=[" + "{}," * (n // 4) + "]\n",
    "comments": lambda n: "#\n" * n,
    "line ends": lambda n: "\n" * (n + n // 2),
    "lines of a text": lambda n: "x='''" + "\n" * (n + n // 2) + "'''\n",
    "NUL": lambda n: "\0" * n * 80,
}
HEADS = {
    "worksheet": HEAD,
    "answers file": ANSWERS,
    "copy": SHARED,
    "response": RESPONSE,
    "resources": 'libwell = "resources/1"\n',
    "settings": 'libwell = "config/1"\n',
    "withdrawal": SHARED.replace("shared/1", "withdrawal/1"),
}
JSON_FLOODS: Mapping[str, Callable[[int], str]] = {
    "tables": lambda n: "[" + "{}," * (n // 2) + "{}]",
    "numbers": lambda n: "[" + "1," * n + "1]",
    "brackets": lambda n: "[" * n,
    "texts": lambda n: "[" + '"é",' * n + '""]',
    "keys": lambda n: "{" + ",".join(f'"{k}":1' for k in range(n // 2)) + "}",
}


def floods() -> Iterator[Case]:
    """Files of very many small things, with each head, and in each place where they are found unasked."""
    for size, how in ((195_000, "as many {} as can be"), (6_000_000, "far too many {}")):
        for name in FLOODS:
            for kind in HEADS:
                make = partial(flood, name, size, kind)
                yield from tried(f"{how.format(name)} in a {kind}", make, [("check", "file.toml")])
        for name in ("tables", "headings", "dotted headings", "keys", "sections"):
            for place, commands in FOUND.items():
                make = partial(unasked, name, size, place)
                yield from tried(f"{how.format(name)} in {place}", make, commands)
    for size, how in ((980_000, "as many {} as can be"), (6_000_000, "far too many {}")):
        for name in JSON_FLOODS:
            make = partial(earlier, name, size)
            yield from tried(f"{how.format(name)} in a report", make, [(*REPORT, "--since", "old.json")])


def flood(name: str, size: int, kind: str) -> Files:
    most = MIB - 1_000 if kind in ("worksheet", "resources", "settings") else 8 * MIB - 1_000
    text = FLOODS[name](size)
    end = "\n[definition]\nsha256 = \"x\"\nworksheet = '''\n" + HEAD + SECTION + prompts(1) + "'''\n"
    ending = end if kind in ("copy", "response") else ""
    return worksheet(SECTION + prompts(1)) | {"file.toml": HEADS[kind] + text[:most] + ending}


FOUND: Mapping[str, Sequence[Sequence[str]]] = {
    "data/worksheets/hostile.toml": (["list"], ["start", "nothing"], PLAN, ["doctor"]),
    "data/worksheets/resources.toml": (["resources"], ["doctor"]),
    SAVED: (["responses"], [], ["actions"], ["doctor"]),
}
"""Files that libwell looks at by itself, and the verbs that do."""


def unasked(name: str, size: int, place: str) -> Files:
    """The same in a file that nobody named."""
    head = RESPONSE if place == SAVED else HEADS["resources"] if "resources" in place else HEAD
    return {**everywhere(SECTION + prompts(1)), place: head + FLOODS[name](size)[: MIB - 1_000]}


def earlier(name: str, size: int) -> Files:
    return everywhere(SECTION + prompts(1)) | {"old.json": JSON_FLOODS[name](size)}


def piped() -> Iterator[Case]:
    for name, text in (("NUL", b"\0"), ("line ends", b"\n"), ("names", b"name\n"), ("comments", b"# a\n")):
        for arguments in (
            ["fill", "-"],
            ["export", "-", "--output", "out"],
            ["actions", "add", "k3f9", "--answers", "-"],
            ["actions", "set", "k3f9.a1", "--note", "-"],
        ):
            yield Case(
                f"100 MB of {name}: {' '.join(arguments)}",
                lambda: everywhere(SECTION + prompts(1)),
                arguments,
                text * (65_536 // len(text)),
            )


if __name__ == "__main__":
    sys.exit(main())
