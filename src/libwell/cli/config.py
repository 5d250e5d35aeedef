"""`libwell config`: settings, and the contacts that support shows first."""

from __future__ import annotations

from os import pathsep
from typing import Annotated

import typer

from libwell.cli.app import Verbs
from libwell.cli.session import Session

group = Verbs(help="Show and change your settings, and whom to turn to.")
contacts = Verbs(help="Show and change the people whom `libwell support` shows first.")
group.add_typer(contacts, name="support", short_help="Show and change whom to turn to.")

Key = Annotated[
    str,
    typer.Argument(
        help="country, name, team, library, data_dir, worksheets, terse or accessible.", metavar="KEY"
    ),
]


@group.command("get")
def get_value(context: typer.Context, key: Key) -> None:
    """Print a setting. Your own word goes before that of your library; a list comes one a line.

    Example:
        libwell config get country
    """
    from libwell.flows.configuring import known_key, value_of

    session: Session = context.obj
    known, configuration = known_key(key), session.sound_configuration()
    if known == "data_dir" and not (configuration.find(known) or configuration.library_error):
        session.output.message(f"Responses lie in {session.places.responses}")
    session.output.lines(value_of(known, configuration))


@group.command("set")
def set_value(
    context: typer.Context,
    key: Key,
    value: Annotated[list[str], typer.Argument(help="What it is to be; - takes it out.", metavar="VALUE")],
) -> None:
    """Change one of your settings. Between folders of worksheets stands a space, or what PATH has there.

    Example:
        libwell config set country US
    """
    from libwell.flows.configuring import known_key
    from libwell.flows.configuring import set_value as change

    session: Session = context.obj
    known = known_key(key)
    text = "" if value == ["-"] else (pathsep if known == "worksheets" else " ").join(value)
    said = change(known, text, session.sound_configuration(), environ=session.environ)
    session.output.message(said)


@group.command("path")
def show_path(context: typer.Context) -> None:
    """Print where your settings lie. The file need not be there yet.

    Example:
        libwell config path
    """
    from libwell.flows.configuring import own_path

    session: Session = context.obj
    session.output.lines([str(own_path(session.configuration))])
    library = session.configuration.library
    if library is not None:
        session.output.message(f"Under it lies that of your library: {library.path}")


@contacts.command("add")
def add_contact(
    context: typer.Context,
    name: Annotated[str, typer.Option(help="Who it is.")] = "",
    role: Annotated[str, typer.Option(help="What they do.")] = "",
    reach: Annotated[str, typer.Option(help="How to reach them.")] = "",
    hours: Annotated[str, typer.Option(help="When.")] = "",
    sees: Annotated[str, typer.Option(help="Who can see that you asked.")] = "",
) -> None:
    """Add somebody to turn to. Asks for what is not given, unless name and reach are.

    Example:
        libwell config support add --name "Ana, the union" --reach "call 555 0100"
    """
    from libwell.flows.configuring import add_contact as add
    from libwell.flows.configuring import ask_contact, own_path

    session: Session = context.obj
    configuration = session.sound_configuration()
    own_path(configuration)
    contact = {"name": name, "role": role, "reach": reach, "hours": hours, "sees": sees}
    if not (name.strip() and reach.strip()):
        session.need_to_ask("Without one: --name and --reach; --role, --hours and --sees if you like.")
        with session.prompter(editor=False) as prompter:
            contact = ask_contact(contact, prompter)
    session.output.message(add(contact, configuration))


@contacts.command("list")
def list_contacts(context: typer.Context) -> None:
    """Show the people to turn to, numbered. Those of your library come first, and say so.

    Example:
        libwell config support list
    """
    from libwell.flows.configuring import list_contacts as show

    session: Session = context.obj
    lines = show(session.sound_configuration())
    session.output.lines(lines)
    if not lines:
        session.output.message("There is nobody yet. To add somebody: libwell config support add")


@contacts.command("remove")
def remove_contact(
    context: typer.Context,
    which: Annotated[str, typer.Argument(help="Its number in the list, or its name.", metavar="NUMBER|NAME")],
) -> None:
    """Remove somebody you added yourself.

    Example:
        libwell config support remove 2
    """
    from libwell.flows.configuring import remove_contact as remove

    session: Session = context.obj
    session.output.message(remove(which, session.sound_configuration()))
