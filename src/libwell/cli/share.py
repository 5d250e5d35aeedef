"""`libwell share`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from libwell.cli.common import done_all_the_same, say_count
from libwell.cli.selecting import OfLibrary, OfStatus, OfTeam, OfWorksheets, Selecting, Since, Until
from libwell.cli.session import Session
from libwell.cli.share_all import share_all
from libwell.errors import UsageError
from libwell.model.shell_words import as_typed

if TYPE_CHECKING:
    from libwell.flows.sharing import Proposal


SomeResponse = Annotated[
    str | None,
    typer.Argument(
        help="A response's id, its last part, a path, latest, or latest:WORKSHEET.", metavar="RESPONSE"
    ),
]
All = Annotated[bool, typer.Option("--all", help="Every saved response, a file each.")]
Output = Annotated[
    str, typer.Option(help="Where to write it; left out: into this folder.", metavar="FILE|DIR")
]
Named = Annotated[bool, typer.Option("--named", help="With your name, and who does what.")]
WithText = Annotated[bool, typer.Option("--with-text", help="With what you wrote in your own words.")]
Withdraw = Annotated[bool, typer.Option("--withdraw", help="Write a withdrawal of what you shared before.")]


def command(
    context: typer.Context,
    response: SomeResponse = None,
    everything: All = False,
    worksheet: OfWorksheets = None,
    team: OfTeam = None,
    library: OfLibrary = None,
    status: OfStatus = None,
    since: Since = None,
    until: Until = None,
    output: Output = "",
    named: Named = False,
    with_text: WithText = False,
    withdrawal: Withdraw = False,
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
) -> None:
    """Write a copy without what is private, for whoever brings your team's answers together.

    First it shows what leaves and what stays, and asks. The copy bears a made-up name. The steps of your plan
    are in it word for word, unless they are private. Share again, and the new copy takes the old one's place.

    Of many at once (--all, or --worksheet and the options beside it) it shows how much leaves of each, and
    asks once.

    Example:
        libwell share k3f9
    """
    from libwell.flows.sharing import share
    from libwell.rules.sharing import Wish
    from libwell.storage.worksheets import is_path

    session: Session = context.obj
    if withdrawal and (named or with_text):
        raise UsageError("A withdrawal holds no answers.", "Leave out --named and --with-text.")
    wish = None if withdrawal else Wish(named=named, with_text=with_text)
    selection = Selecting(worksheet, team, library, status, since, until).read(session)
    are_many = everything or selection.is_narrow
    if are_many == (response is not None):
        raise UsageError("Share one response, or many.", "Name one, such as latest, or use --all.")
    if not yes:
        session.need_to_ask("To write it without a question: --yes.")
    if response is None:
        share_all(session, selection, output, wish, yes=yes)
        return
    agree = partial(_agree, session, yes=yes)
    written = share(response, output, wish, folder=session.folder, world=session.world, agree=agree)
    _say_written(session, written, response if is_path(response) else written.name)


def _agree(session: Session, proposal: Proposal, *, yes: bool) -> bool:
    """Show what would be written, where there is a screen of the person's own, and ask."""
    from libwell.terminal.blocks import render

    if session.output.is_terminal:
        session.output.data(session.output.wrapped(render(proposal.document)))
    question = f"Write this to {proposal.path}? Type yes to write it; anything else writes nothing."
    return yes or session.confirms("yes", "", question)


def _say_written(session: Session, written: Proposal, name: str) -> None:
    """Say where it is and what comes next; in a pipe, the path is the data."""
    from libwell.storage.files import one_line_name

    say, call = session.output.message, session.world.call
    done = f"Written: {one_line_name(written.path)}. Nothing was sent."
    if not session.output.is_terminal:
        with done_all_the_same(session.output, done):
            session.output.lines([str(written.path)])
    say(done)
    if written.stays is None:
        say("Send it to whoever has your copy.")
        return
    if not session.output.is_terminal:
        words = ("private answer or step stays", "private answers and steps stay")
        say_count(session.output, written.stays.count, words, "here.")
    say("Send it to whoever brings your team's answers together.")
    say(f"Changed your mind? {call} share {as_typed(name)} --withdraw writes what takes it back.")
