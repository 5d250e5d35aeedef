"""Make the manual page, `libwell.1` beside the package's modules, from the program's own help.

Only what no help says stands here: names, environment, files, exit statuses. `pytest --snapshot-update
tests/cli/test_manual.py` writes the page anew.
"""

from __future__ import annotations

import re
from inspect import cleandoc
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import typer

from libwell import __version__
from libwell.cli.app import VERBS, app, load_verb

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAY = "2026-11-24"
"""When the words here last changed; a page says no other day, so that it is always the same."""

_WIDTH = 78

_NAMES = (
    ("WORKSHEET", "The id of a worksheet, such as `staff-care`, or a path."),
    (
        "RESPONSE",
        "The id of a response, or its last part, such as `k3f9`; `latest`, the one changed last; or a path.",
    ),
    ("STEP", "The id of a step: that of its response, a dot and its own, such as `k3f9.a1`."),
    ("WHEN", "A day: `2026-12-01`, `Dec 1`, `next Friday`, `in 2 weeks`."),
)
_ENVIRONMENT = (
    (
        "LIBWELL_DATA_DIR",
        "The folder of your data; `--data-dir` goes before it. Empty, it counts as not set.",
    ),
    ("LIBWELL_WORKSHEETS", "Folders of worksheets, which are looked in first, with a colon between them."),
    ("LIBWELL_CONFIG", "A file of settings for a whole library; your own settings go before it."),
    ("LIBWELL_DEBUG", "`1`: should libwell fail, show where it did, without what was answered."),
    ("NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE", "No colors, or colors where there would be none."),
    ("VISUAL, EDITOR", "The editor that `:editor` opens."),
    ("PAGER", "What shows long text a screen at a time; empty for nothing."),
)
_FILES = (
    ("~/.local/share/libwell/responses", "Your responses, a file each. `libwell doctor` prints the place."),
    ("~/.local/share/libwell/worksheets", "Worksheets of your own."),
    ("~/.config/libwell/config.toml", "Your settings. `libwell config path` prints the place."),
)
_STATUSES = (
    ("0", "Done; also after `:pause`."),
    ("1", "It could not be done: not found, locked, or declined."),
    ("2", "Used wrongly, or input was needed where nobody could be asked."),
    ("3", "Some of many failed; the rest was done."),
    ("4", "A file that can't be accepted."),
    ("70", "A bug in libwell."),
    ("129, 130, 143", "Hung up, interrupted, terminated; what was given is saved."),
    ("141", "The reader of the pipe left."),
)
_EXAMPLES = """
libwell start staff-care
libwell export latest --output plan.md
libwell actions
libwell blank staff-care --format toml > answers.toml
libwell check answers.toml && libwell fill answers.toml
libwell export --all --output plans
"""


def manual() -> str:
    """The manual page, in the man macros of roff."""
    return "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    program: Any = typer.main.get_command(app)
    context = typer.Context(program, info_name="libwell")
    yield f'.TH LIBWELL 1 {_DAY} "libwell {__version__}" "User Commands"'
    yield from (".nh", ".ad l")  # a name that is broken at the end of a line can't be copied
    yield ".SH NAME"
    yield "libwell \\- guided self\\-assessment and action planning for library staff"
    yield ".SH SYNOPSIS"
    yield f"\\fBlibwell\\fR {escaped(' '.join(program.collect_usage_pieces(context)))}"
    yield ".SH DESCRIPTION"
    yield from _paragraphs(program.help)
    yield ".PP"
    yield from _said(
        "Without a verb, `libwell` on a terminal shows what is not finished and what is due; "
        "elsewhere it shows its help."
    )
    yield ".SH OPTIONS"
    yield from _said("These go before the verb.")
    yield from _options(program, context)
    yield ".SH VERBS"
    for group in dict.fromkeys(verb.group for verb in VERBS.values()):
        yield f".SS {escaped(group)}"
        verbs = [_whole_verb(name, context) for name, verb in VERBS.items() if verb.group == group]
        yield from (line for number, lines in enumerate(verbs) for line in lines[number == 0 :])
    for title, entries in (
        ("NAMES", _NAMES),
        ("ENVIRONMENT", _ENVIRONMENT),
        ("FILES", _FILES),
        ("EXIT STATUS", _STATUSES),
    ):
        yield f".SH {title}"
        for label, text in entries:
            yield from _entry(label, text)
    yield ".SH EXAMPLES"
    yield from _example(_EXAMPLES.strip().splitlines())


def _whole_verb(name: str, context: typer.Context) -> list[str]:
    command = load_verb(name)
    return list(_verb(command, typer.Context(command, info_name=name, parent=context)))


def _verb(command: Any, context: typer.Context) -> Iterator[str]:
    """A verb with its usage, what it does, its options, and the verbs inside it."""
    yield ".PP"
    usage = " ".join(command.collect_usage_pieces(context))
    yield f"\\fB{escaped(context.command_path)}\\fR {escaped(usage)}"
    yield ".RS 4"
    yield from _paragraphs(command.help)
    yield from _options(command, context)
    yield ".RE"
    for name, inner in getattr(command, "commands", {}).items():
        yield from _verb(inner, typer.Context(inner, info_name=name, parent=context))


def _options(command: Any, context: typer.Context) -> Iterator[str]:
    """The arguments and options of a command; what a later Typer would call them changes nothing here."""
    for one in (one for one in command.params if not one.hidden):
        choices = [item.value for item in one.shell_complete(context, "")]
        value = one.metavar or "|".join(choices) or "TEXT"
        if one.param_type_name == "argument":
            label = value
        else:
            label = ", ".join(one.opts) + ("" if one.is_flag else f" {value}")
        default = f" Without it: {one.default}." if choices and one.default else ""
        yield from _entry(label, f"{one.help}{default}")


def _entry(label: str, text: str) -> Iterator[str]:
    yield ".TP"
    yield f"\\fB{escaped(label)}\\fR"
    yield from _said(text)


def _paragraphs(text: str) -> Iterator[str]:
    """The help of a command, a paragraph each; an example is set as it stands."""
    paragraphs = cleandoc(text.replace("\b\n", "")).split("\n\n")
    for number, paragraph in enumerate(paragraphs):
        lines = paragraph.splitlines()
        yield from [".PP"] * (number > 0 and not lines[0].startswith(" "))
        yield from _said(" ".join(line for line in lines if not line.startswith(" ")))
        if examples := [line.strip() for line in lines if line.startswith(" ")]:
            yield ".PP"
            yield from _example(examples)


def _example(lines: list[str]) -> Iterator[str]:
    yield ".RS 4"
    yield ".nf"
    yield from (beginning(escaped(line)) for line in lines)
    yield ".fi"
    yield ".RE"


def _said(text: str) -> Iterator[str]:
    """Text in which words between backticks are bold, in lines that are not long; nothing for none."""
    parts = re.split(r"`([^`]+)`", text)
    bold = (f"\\fB{escaped(part)}\\fR" if place % 2 else escaped(part) for place, part in enumerate(parts))
    yield from map(beginning, wrap("".join(bold), _WIDTH, break_on_hyphens=False, break_long_words=False))


_SIGNS = {
    "\\": "\\e",
    "-": "\\-",
    "'": "\\(aq",
    "`": "\\(ga",
    "^": "\\(ha",
    "~": "\\(ti",
    '"': "\\(dq",
}


def escaped(text: str) -> str:
    """Text for the inside of a line: what roff takes for its own stands for itself."""
    return "".join(_SIGNS.get(sign, sign) if sign.isascii() else f"\\[u{ord(sign):04X}]" for sign in text)


def beginning(line: str) -> str:
    """A line that begins with no request, whatever its first sign is."""
    return f"\\&{line}" if line.startswith(".") else line
