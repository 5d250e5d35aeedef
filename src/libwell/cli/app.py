"""The verbs, their groups and the options before them, and the one boundary where failures end.

A verb's module is imported when the verb is used, and never for `--help` of the whole.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from importlib import import_module
from itertools import groupby, pairwise, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from libwell import __version__
from libwell.cli.ending import ending
from libwell.cli.misuse import misuse, refuse_empty_names
from libwell.cli.session import Session
from libwell.errors import UsageError
from libwell.model.nearest import did_you_mean
from libwell.terminal.output import Output

if TYPE_CHECKING:
    from collections.abc import Callable

    from typer._click import Command, Context, HelpFormatter
    from typer.models import CommandFunctionType


_LONGEST_WAIT = 3600


class Verb(NamedTuple):
    """A verb as the help lists it; its module in `libwell.cli` holds `command`, or a `group` of them."""

    group: str
    summary: str


VERBS: Mapping[str, Verb] = {
    "list": Verb("Reflect", "Show the worksheets at hand."),
    "show": Verb("Reflect", "Show what a worksheet will ask, and what stays private."),
    "start": Verb("Reflect", "Begin a worksheet: the guided walk."),
    "resume": Verb("Reflect", "Go on with a draft, or change a finished response."),
    "responses": Verb("Reflect", "Show what is saved."),
    "view": Verb("Reflect", "Read a response in the terminal."),
    "compare": Verb("Reflect", "Hold two responses side by side, then and now."),
    "resources": Verb("Reflect", "Show where to read on."),
    "support": Verb("Reflect", "Show whom you can turn to."),
    "actions": Verb("Plan", "Show what is planned; change it, add to it."),
    "export": Verb("Plan", "Write plan and answers, in a format you choose."),
    "form": Verb("Together", "Write a worksheet as a page to answer in a browser."),
    "share": Verb("Together", "Write a copy without what is private."),
    "team": Verb("Together", "Bring what many shared together: one plan, one report."),
    "fill": Verb("Script", "Make responses from answers files, without prompts."),
    "blank": Verb("Script", "Print an empty worksheet to fill in by hand."),
    "check": Verb("Author", "Name every mistake in worksheets and other files."),
    "new": Verb("Author", "Write a new worksheet to start from."),
    "schema": Verb("Author", "Print a JSON Schema, for your editor."),
    "config": Verb("Set up", "Show and change settings, and whom to turn to."),
    "doctor": Verb("Set up", "Show where things lie and what is wrong with them."),
    "delete": Verb("Set up", "Delete a response."),
}


class VerbGroup(TyperGroup):
    """Loads a verb when it is used; the help is made from the table above."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read what was typed before the verb. Raises UsageError for an empty name."""
        rest = super().parse_args(ctx, args)
        refuse_empty_names(ctx)
        return rest

    def list_commands(self, ctx: object) -> list[str]:
        """Names in the order of the table."""
        del ctx
        return list(VERBS)

    def get_command(self, ctx: object, cmd_name: str) -> Command:
        """Give what the help needs of a verb, without loading it."""
        del ctx
        return TyperCommand(cmd_name, short_help=VERBS[cmd_name].summary)

    def resolve_command(self, ctx: object, args: list[str]) -> tuple[str, Command, list[str]]:
        """Load the verb that was typed. Raises UsageError if there is none by that name."""
        del ctx
        name, *rest = args
        if name not in VERBS:
            near = did_you_mean(name, VERBS)
            raise UsageError(f"There is no verb {name}.", near or "`libwell --help` shows them.")
        return name, load_verb(name), rest

    def format_commands(self, ctx: object, formatter: HelpFormatter) -> None:
        """List the verbs by group."""
        del ctx
        for group, verbs in groupby(VERBS.items(), key=lambda verb: verb[1].group):
            with formatter.section(group):
                formatter.write_dl([(name, verb.summary) for name, verb in verbs], col_max=12)


def load_verb(name: str) -> Command:
    """The command of a verb of the table, ready to be used."""
    module = import_module(f"libwell.cli.{name}")
    group: Verbs | None = getattr(module, "group", None)
    if group is None:
        group = Verbs()
        group.command(name)(module.command)
    return typer.main.get_command(group)


_HELP = {"help_option_names": ["-h", "--help"]}


class Verbs(typer.Typer):
    """A verb that has verbs of its own, such as `config`; the help of all of them is plain."""

    def __init__(self, **settings: Any) -> None:
        plain = {"add_completion": False, "rich_markup_mode": None, "context_settings": _HELP}
        super().__init__(**{"cls": _Subverbs, **plain, **settings})

    def command(
        self, name: str | None = None, **settings: Any
    ) -> Callable[[CommandFunctionType], CommandFunctionType]:
        """Take in the function under this as a verb, called `name`."""
        return super().command(name, cls=_VerbCommand, context_settings=_HELP, **settings)


class _Subverbs(TyperGroup):
    """Finds the verb inside a verb."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings | {"help": _with_example(settings["help"])})

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read what was typed. Raises UsageError where a verb is needed and nothing was."""
        if not args and not self.invoke_without_command:
            raise UsageError(f"{_path(ctx)} needs one of {', '.join(self.commands)}.", _see_help(ctx))
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str, Command, list[str]]:
        """Find the verb that was typed. Raises UsageError if there is none by that name."""
        name, *rest = args
        if name not in self.commands:
            near = did_you_mean(name, self.commands)
            raise UsageError(f"There is no verb {_path(ctx)} {name}.", near or _see_help(ctx))
        return name, self.commands[name], rest


def _path(ctx: Context) -> str:
    return ctx.command_path.partition(" ")[2]


def _see_help(ctx: Context) -> str:
    return f"See libwell {_path(ctx)} --help."


class _VerbCommand(TyperCommand):
    """Names its arguments as the table of verbs does: `WORKSHEET`, or `[RESPONSE]` if it may be left out."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings | {"help": _with_example(settings["help"])})
        for parameter in self.params:
            if parameter.param_type_name == "argument":
                parameter.display_type_rich = _no_type  # type: ignore[attr-defined]

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read what was typed behind the verb. Raises UsageError for an empty name."""
        rest = super().parse_args(ctx, args)
        refuse_empty_names(ctx)
        return rest

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        """The usage line's parts, without braces around what is needed."""
        shown = [one for one in self.get_params(ctx) if not getattr(one, "hidden", False)]
        pieces = [self.options_metavar, *(piece for one in shown for piece in one.get_usage_pieces(ctx))]
        return [piece.replace("{", "").replace("}", "") for piece in pieces if piece]


def _no_type(ctx: object) -> None:
    """No type beside an argument in the help: its name says what it is."""
    del ctx


def _with_example(text: str) -> str:
    """Help that keeps the line breaks of indented lines, which hold the example."""
    parts = text.split("\n\n")
    return "\n\n".join(f"\b\n{part}" if "\n    " in part else part for part in parts)


app = Verbs(cls=VerbGroup)


def _show_version(wanted: bool) -> None:
    if wanted:
        Output(sys.stdout, sys.stderr, os.environ).data(f"libwell {__version__}\n")
        raise typer.Exit


@app.callback(
    invoke_without_command=True,
    epilog="Worksheets are answered privately, on this computer. Begin with: libwell start",
)
def options(
    context: typer.Context,
    data_dir: Annotated[
        str | None, typer.Option(help="Keep responses in this folder.", metavar="DIR")
    ] = None,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colors.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Only data and errors.")] = False,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask; fail instead.")] = False,
    wait: Annotated[
        str | None,
        typer.Option(
            help="Wait so long for another libwell; left out: 10, or 0 on a terminal.", metavar="SECONDS"
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Reflect on how your library cares for its community and its people, and leave with a plan."""
    del version
    output = Output(sys.stdout, sys.stderr, os.environ, no_color=no_color, quiet=quiet)
    folder = Path(data_dir) if data_dir else None
    session = Session(os.environ, output, sys.stdin, sys.argv[0], folder, no_input, _seconds(wait))
    context.obj = session
    if context.invoked_subcommand is not None:
        return
    if session.is_on_terminal:
        from libwell.cli.home import show_home

        show_home(session)
    else:
        output.data(f"{context.get_help()}\n")


def _seconds(word: str | None) -> float | None:
    """The seconds that --wait takes; None where it was not given. Raises UsageError."""
    if word is None:
        return None
    if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,6})?", word) or float(word) > _LONGEST_WAIT:
        raise UsageError(f"--wait takes a number of seconds from 0 to {_LONGEST_WAIT}.")
    return float(word)


def fail(error: OSError) -> int:
    """Tell of a failure as one of a verb is told of. Returns the exit status."""
    with ending(Output(sys.stdout, sys.stderr, os.environ), os.environ) as end:
        _raise(error)
    return end.status


def _raise(error: OSError) -> None:
    raise error


def _wants_data(arguments: list[str]) -> bool:
    """Whether a program reads what is printed; asked before the arguments are read, which may fail."""
    words = list(takewhile(lambda word: word != "--", arguments))
    return "--json" in words or "--log=jsonl" in words or ("--log", "jsonl") in pairwise(words)


def run(arguments: list[str]) -> int:
    """Run libwell with these arguments. Returns the exit status; prints every failure, raises none."""
    output = Output(sys.stdout, sys.stderr, os.environ, no_color="--no-color" in arguments, quiet=False)
    with ending(output, os.environ, as_data=_wants_data(arguments)) as end:
        command = typer.main.get_command(app)
        try:
            # not command.main: it turns statuses into return values, interrupts and broken pipes into its own
            with command.make_context("libwell", arguments) as context:
                command.invoke(context)
        except typer.TyperException as error:
            options_before = [name for option in command.params for name in option.opts]
            raise misuse(error, options_before) from None
    return end.status
