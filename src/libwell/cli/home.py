"""`libwell` alone, on a terminal. What can't be read is said shortly, and breaks nothing."""

from __future__ import annotations

from libwell.cli.session import Session
from libwell.errors import LibwellError


def show_home(session: Session) -> None:
    """Show where things stand, and what to type next."""
    from libwell.flows.home import home, welcome
    from libwell.storage.responses import ResponseFolder

    say = session.output.say
    call = session.world.call
    if session.configuration.library_error is not None:
        say("Your library's settings can't be read, and they may say where your responses lie.")
        say(f"To see why: {call} doctor. Whom you can turn to: {call} support")
        return
    if session.configuration.own_error is not None:
        say(f"Your settings have a mistake. What can be done: {call} doctor")
        say()
    try:
        folder = ResponseFolder(session.places_as_far_as_known().responses)
        lines = list(home(folder, session.world))
    except LibwellError as error:
        say(str(error))
        say()
        lines = list(welcome(session.world))
    for line in lines:
        say(line)
