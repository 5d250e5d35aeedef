"""Settings and whom to turn to: what holds, changing it, and putting support together.

No contact is ever quoted in an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from libwell.errors import FileRefusedError, LibwellError, Mistake, NotFoundError, UsageError
from libwell.model.characters import one_line
from libwell.model.nearest import did_you_mean
from libwell.rules.commands import is_command, is_pause
from libwell.rules.support import contact_line, support_lines
from libwell.storage.places import DATA, LIBRARY, SET, expanded, is_file, split_folders
from libwell.storage.settings import DOCUMENTED, change_settings
from libwell.terminal.prompter import EndOfInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from libwell.model.settings import Contact
    from libwell.storage.settings import Configuration
    from libwell.storage.worksheets import Shelf
    from libwell.terminal.prompter import Prompter

LIST_HINT = "`libwell config support list` shows them with their numbers."


def own_path(configuration: Configuration) -> Path:
    """The person's own file, there or not. Raises LibwellError if there is no home folder for one."""
    if configuration.own is None:
        raise LibwellError("There is no home folder to keep settings in.", "Set HOME or XDG_CONFIG_HOME.")
    return configuration.own.path


_TELL = "These are your library's settings: tell whoever looks after them."
_CLOSED = "Until then responses stay closed, as it may say where they lie. `libwell support` still answers."


def say_library_error(error: LibwellError) -> str:
    """What is wrong with the library's file, in one line: the first mistake, and who can mend it."""
    first = error.mistakes[0].text(error.file) if isinstance(error, FileRefusedError) else error.message
    return f"{first} {_TELL} libwell goes on without."


def library_refusal(error: LibwellError) -> LibwellError:
    """The error that stops what reads or writes responses: what is wrong with the library's file, and why."""
    if isinstance(error, FileRefusedError):
        return FileRefusedError(error.file, (*error.mistakes, Mistake(_TELL, remedy=_CLOSED)))
    return type(error)(error.message, f"{error.remedy} {_TELL} {_CLOSED}".lstrip())


# --- keys with a value of their own ---------------------------------------------------------------


def known_key(key: str) -> str:
    """The key as it is written in the file. Raises UsageError with the nearest if there is no such key."""
    found = key.casefold().replace("-", "_")
    if found in DOCUMENTED:
        return found
    if found == "support":
        raise UsageError(
            "Whom to turn to has verbs of its own.", "See libwell config support add, list and remove."
        )
    remedy = did_you_mean(found, DOCUMENTED) or f"There are {', '.join(DOCUMENTED)}."
    raise UsageError(f"There is no setting {key}.", remedy)


def value_of(key: str, configuration: Configuration) -> tuple[str, ...]:
    """What holds for a key, as texts. Raises NotFoundError if it is not set."""
    texts = configuration.find(key)
    if not texts:
        raise NotFoundError(f"{key} is not set.", f"To set it: libwell config set {key} VALUE.")
    return texts


def set_value(key: str, text: str, configuration: Configuration, *, environ: Mapping[str, str]) -> str:
    """Set a key in the person's file, or take it out if the text is empty. Returns what to say about it."""
    path = own_path(configuration)
    value = _read_value(key, text.strip())
    change_settings(path, lambda data: {**data, key: value})
    first = _say_what_goes_first(key, environ)
    if value:
        said = ", ".join(value) if isinstance(value, list) else value
        return f"{key} is now {said}, in {path}. {first or _ABOUT.get(key, '')}".rstrip()
    shared = configuration.library
    if not first and shared is not None and shared.find(key):
        first = f"What {shared.path} says holds now."
    return f"{key} is taken out of {path}. {first}".rstrip()


_ABOUT = {"data_dir": "Responses are kept there from now on; those you have stay where they are."}
_GOES_FIRST = {"data_dir": DATA, "worksheets": SET}


def _say_what_goes_first(key: str, environ: Mapping[str, str]) -> str:
    """What of the environment goes before a key; empty if nothing does."""
    name = _GOES_FIRST.get(key, "")
    if not environ.get(name):
        return ""
    return f"But {name} is set, and goes first: what holds for now is {environ[name]}."


def _read_value(key: str, text: str) -> str | list[str]:
    """The value of a key as a person typed it. Raises UsageError if it can't be one."""
    if not text:
        return ""
    value: str | list[str]
    if key == "worksheets":
        value = [_in_full(part) for part in split_folders(text)]
    elif key == "data_dir":
        value = _in_full(text)
        if is_file(expanded(value, about=key)):
            raise UsageError(f"{key}: this is a file; responses need a folder.", "Name a folder.")
    else:
        value = text.upper() if key == "country" else one_line(text)
    _check(key, value)
    return value


def _in_full(folder: str) -> str:
    """A folder's path from the root on; `~` stays, if it leads somewhere."""
    path = expanded(folder, about="This folder").absolute()
    return folder if folder.startswith("~") else str(path)


def _check(key: str, value: str | list[str]) -> None:
    from pydantic import ValidationError

    from libwell.model.settings import Settings
    from libwell.rules.checking.mistakes import from_validation

    data: dict[str, Any] = {"libwell": "config/1", key: value}
    try:
        "".join(value).encode()
        Settings.model_validate(data)
    except UnicodeEncodeError:
        raise UsageError(f"{key}: this is not UTF-8 text.") from None
    except ValidationError as error:
        mistake = from_validation(error, data, Settings)[0]
    else:
        return
    remedy = "To find yours, look for its ISO country code." if key == "country" else mistake.remedy
    raise UsageError(f"{key}: {mistake.message}", remedy)


# --- whom to turn to ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Support:
    """Whom one can turn to, one way a line, and what could not be read of the files that the person keeps."""

    lines: tuple[str, ...]
    errors: tuple[LibwellError, ...]


def gather_support(configuration: Configuration, shelf: Shelf) -> Support:
    """Put together whom one can turn to, out of all that can be read."""
    found = shelf.find_resources()
    contacts = [contact for contact, _ in configuration.contacts]
    lines = support_lines(contacts, configuration.text("country"), found.resources)
    error = configuration.own_error
    return Support(lines, (*([error] if error else []), *found.failed))


def list_contacts(configuration: Configuration) -> list[str]:
    """The contacts, numbered, the library's marked as such."""
    return [
        f"{number}. {contact_line(contact)}{'' if file.is_own else f' (from your library: {file.path})'}"
        for number, (contact, file) in enumerate(configuration.contacts, 1)
    ]


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing asked about a contact."""

    key: str
    question: str
    is_needed: bool = False


ABOUT_CONTACT = (
    Asked("name", "Who is it? A name, or what it is called.", is_needed=True),
    Asked("role", "What do they do? Such as: staff counsellor, union representative."),
    Asked("reach", "How do you reach them? A number, an address, a door.", is_needed=True),
    Asked("hours", "When? Such as: Monday to Thursday, 9 to 4."),
    Asked("sees", "Who can see that you asked? Such as: nobody but them."),
)


def ask_contact(given: Mapping[str, str], prompter: Prompter) -> dict[str, str]:
    """Ask what was not given about a contact; Enter leaves out what is not needed. Raises EndOfInput."""
    answers = dict(given)
    for one in ABOUT_CONTACT:
        if not answers.get(one.key):
            prompter.say()
            prompter.say(one.question + ("" if one.is_needed else " Enter leaves it out."))
            answers[one.key] = _ask(one, prompter)
    return answers


def _ask(one: Asked, prompter: Prompter) -> str:
    while True:
        entry = prompter.ask("> ")
        answer = one_line(entry.text)
        if is_command(answer) and not entry.pasted:
            if is_pause(answer):
                raise EndOfInput
            prompter.say("Here you can type an answer or Enter. :pause stops, and nothing is added.")
        elif answer or not one.is_needed:
            return answer
        else:
            prompter.say("This one is needed. :pause stops, and nothing is added.")


def add_contact(contact: Mapping[str, str], configuration: Configuration) -> str:
    """Add somebody to the person's own contacts, once. Returns what to say about it."""
    path = own_path(configuration)
    made = {one.key: one_line(contact.get(one.key, "")) for one in ABOUT_CONTACT}
    for key, text in made.items():
        _check_sayable(key, text)
    if any(file.is_own and _is_the_same(one, made) for one, file in configuration.contacts):
        return f"That is in {path} already; nothing was added."
    change_settings(path, lambda data: {**data, "support": [*data.get("support", ()), made]})
    return f"Added, in {path}. `libwell support` shows it among the first."


def _is_the_same(contact: Contact, made: Mapping[str, str]) -> bool:
    return all(one_line(getattr(contact, key)) == text for key, text in made.items())


def _check_sayable(key: str, text: str) -> None:
    from libwell.model.base import TEXT_LIMIT

    try:
        text.encode()
    except UnicodeEncodeError:
        raise UsageError(f"--{key}: this is not UTF-8 text.") from None
    if len(text) > TEXT_LIMIT:
        raise UsageError(f"--{key}: this is too long.", "Shorten it.")


def remove_contact(which: str, configuration: Configuration) -> str:
    """Remove one of the person's own contacts, by number or name. Returns what to say about it.

    Raises NotFoundError if there is none, UsageError if several have the name, and LibwellError for one that
    the library's file holds.
    """
    path = own_path(configuration)
    number = _find_contact(which, configuration)
    contact, file = configuration.contacts[number]
    if not file.is_own:
        remedy = f"Whoever keeps that file, which {LIBRARY} names, can take it out."
        raise LibwellError(f"This contact stands in your library's file, {file.path}.", remedy)
    place = number - sum(not other.is_own for _, other in configuration.contacts)
    change_settings(path, _without(place, contact.name))
    return f"Removed number {number + 1}, from {path}."


def _find_contact(which: str, configuration: Configuration) -> int:
    contacts = configuration.contacts
    if which.isdecimal():
        if len(which) < 6 and 1 <= int(which) <= len(contacts):
            return int(which) - 1
        raise NotFoundError("There is no contact of that number.", LIST_HINT)
    name = one_line(which).casefold()
    named = [number for number, (one, _) in enumerate(contacts) if one_line(one.name).casefold() == name]
    found = [number for number in named if contacts[number][1].is_own] or named[:1]
    if not found:
        raise NotFoundError("There is no contact of that name.", LIST_HINT)
    if len(found) > 1:
        raise UsageError("Several contacts have that name.", f"Say which by its number; {LIST_HINT}")
    return found[0]


def _without(place: int, name: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Take out the contact at a place, if it is still the one that was looked up."""

    def change(data: dict[str, Any]) -> dict[str, Any]:
        contacts = list(data.get("support", ()))
        if place >= len(contacts) or contacts[place]["name"] != name:
            raise LibwellError("The contacts were changed meanwhile; nothing was removed.", LIST_HINT)
        del contacts[place]
        return {**data, "support": contacts}

    return change
