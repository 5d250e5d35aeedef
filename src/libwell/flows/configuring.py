"""Settings and whom to turn to: what holds, changing it, and putting support together.

No contact is ever quoted in an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from libwell.errors import FileRefusedError, LibwellError, Mistake, NotFoundError, UsageError
from libwell.model.characters import one_line
from libwell.model.nearest import did_you_mean
from libwell.model.shell_words import HOME_NAMES
from libwell.rules.commands import is_command, is_pause
from libwell.rules.support import contact_line, support_lines
from libwell.storage.places import DATA, LIBRARY, SET, expanded, is_file, split_folders
from libwell.storage.settings import DOCUMENTED, as_texts, change_settings
from libwell.terminal.prompter import EndOfInput

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from libwell.storage.settings import Configuration
    from libwell.storage.worksheets import Shelf
    from libwell.terminal.prompter import Prompter

_LIST_HINT = "`libwell config support list` shows them with their numbers."


def own_path(configuration: Configuration) -> Path:
    """Where the person's own file is, be it there or not. Raises LibwellError if there is no home folder."""
    if configuration.own is None:
        raise LibwellError("There is no home folder to keep settings in.", f"Set {HOME_NAMES}.")
    return configuration.own.path


_TELL = "These are your library's settings: tell whoever looks after them."
_CLOSED = "Until then responses stay closed, as it may say where they lie. `libwell support` still answers."


def say_library_error(error: LibwellError) -> str:
    """What is wrong with the library's file, in one line: the first mistake, and who can mend it."""
    first = error.mistakes[0].text(error.file) if isinstance(error, FileRefusedError) else error.message
    return f"{first} {_TELL} libwell goes on without."


def library_refusal(error: LibwellError) -> LibwellError:
    """The error to raise wherever responses are read or written: what is wrong with the library's file.

    It says too why that stops everything: the file may say where responses lie.
    """
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
    """Set a key in the person's file, or take it out if the text is empty. Returns what to say about it.

    `key` is as `known_key` gives it, `text` as the person typed it; folders of worksheets are separated as in
    PATH. Raises UsageError for what can't be its value, and LibwellError as `change_settings` does.
    """
    path = own_path(configuration)
    value = _read_value(key, text.strip()) if text.strip() else ""
    change_settings(path, lambda data: {**data, key: value}, configuration.patience)
    first, shared, done, more = _GOES_FIRST.get(key, ""), configuration.library, "is taken out of", ""
    if texts := as_texts(value):
        done, more = f"is now {', '.join(texts)}, in", _ABOUT.get(key, "")
    elif shared and shared.find(key):
        more = f"What {shared.path} says holds now."
    if environ.get(first):
        more = f"But {first} is set, and goes first: what holds for now is {environ[first]}."
    return f"{key} {done} {path}. {more}".rstrip()


_ABOUT = {
    "data_dir": "Responses are kept there from now on; those you have stay where they are.",
    "terse": "If true, a walk says what can be typed once; ? brings it back.",
    "accessible": "If true, each thing is said once, for a screen reader, and nothing is drawn.",
}
_GOES_FIRST = {"data_dir": DATA, "worksheets": SET, "accessible": "ACCESSIBLE"}


def _read_value(key: str, text: str) -> str | list[str] | bool:
    """The value of a key as a person typed it. Raises UsageError if it can't be one."""
    _see_text(key, text, "a text has at most 100,000 characters.")
    match key:
        case "worksheets":
            return list(map(_in_full, split_folders(text)))
        case "data_dir":
            folder = _in_full(text)
            if is_file(expanded(folder, about=key)):
                raise UsageError(f"{key}: this is a file; responses need a folder.", "Name a folder.")
            return folder
        case "country":
            return _country(text.upper())
        case "terse" | "accessible":
            return _yes_or_no(key, text)
    return one_line(text)


def _yes_or_no(key: str, text: str) -> bool:
    known = {"true": True, "yes": True, "false": False, "no": False}
    if text.casefold() not in known:
        raise UsageError(f"{key} is true or false.", f"Such as: libwell config set {key} true.")
    return known[text.casefold()]


def _in_full(folder: str) -> str:
    """A folder's path from the root on; `~` stays, if it leads somewhere."""
    path = expanded(folder, about="This folder").absolute()
    return folder if folder.startswith("~") else str(path)


def _country(letters: str) -> str:
    from libwell.model.countries import read_country

    try:
        return read_country(letters)
    except ValueError as error:
        raise UsageError(f"country: {error}.", "To find yours, look for its ISO country code.") from None


# --- whom to turn to ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Support:
    """Whom one can turn to, one way a line, and why files that the person keeps could not be read."""

    lines: tuple[str, ...]
    errors: tuple[LibwellError, ...]


def gather_support(configuration: Configuration, shelf: Shelf, *, country: str = "") -> Support:
    """Put together whom one can turn to: contacts of both files, and the helplines beside the worksheets.

    `country` goes before the configured one. Raises UsageError where there is none of these letters.
    """
    found = shelf.find_resources()
    contacts = [contact for contact, _ in configuration.contacts]
    wanted = _country(country) if country else configuration.text("country")
    lines = support_lines(contacts, wanted, found.resources)
    return Support(lines, tuple(filter(None, (configuration.own_error, *found.failed))))


def list_contacts(configuration: Configuration) -> list[str]:
    """The contacts, numbered, the library's marked as such."""
    return [
        f"{number}. {contact_line(contact)}{'' if file.is_own else f' (from your library: {file.path})'}"
        for number, (contact, file) in enumerate(configuration.contacts, 1)
    ]


_QUESTIONS = {
    "name": "Who is it? A name, or what it is called.",
    "role": "What do they do? Such as: staff counselor, union representative. Enter leaves it out.",
    "reach": "How do you reach them? A number, an address, a door.",
    "hours": "When? Such as: Monday to Thursday, 9 to 4. Enter leaves it out.",
    "sees": "Who can see that you asked? Such as: nobody but them. Enter leaves it out.",
}
"""What is asked about a contact, by its key."""
_NEEDED = ("name", "reach")


def ask_contact(given: Mapping[str, str], prompter: Prompter) -> dict[str, str]:
    """Ask what was not given about a contact; Enter leaves out what is not needed.

    Returns all of it, by the keys that a contact has. Raises EndOfInput for `:pause` and Ctrl-D.
    """
    answers = dict(given)
    for key, question in _QUESTIONS.items():
        if not answers.get(key):
            prompter.say()
            prompter.say(question)
            answers[key] = _ask(prompter, is_needed=key in _NEEDED)
    return answers


def _ask(prompter: Prompter, *, is_needed: bool) -> str:
    while True:
        entry = prompter.ask("> ")
        answer = one_line(entry.text)
        if is_command(answer) and not entry.pasted:
            if is_pause(answer):
                raise EndOfInput
            prompter.say("Here you can type an answer or Enter. :pause stops, and nothing is added.")
        elif answer or not is_needed:
            return answer
        else:
            prompter.say("This one is needed. :pause stops, and nothing is added.")


def add_contact(contact: Mapping[str, str], configuration: Configuration) -> str:
    """Add somebody to the person's own contacts, once. Returns what to say about it.

    `contact` holds texts by the keys that a contact has. Raises UsageError for a text that can't be kept, and
    LibwellError as `change_settings` does.
    """
    path = own_path(configuration)
    made = {key: one_line(contact.get(key, "")) for key in _QUESTIONS}
    for key, text in made.items():
        _see_text(f"--{key}", text, "this is too long. Shorten it.")
    own = [
        {key: one_line(getattr(one, key)) for key in made}
        for one, file in configuration.contacts
        if file.is_own
    ]
    if made in own:
        return f"That is in {path} already; nothing was added."

    def change(data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "support": [*data.get("support", ()), made]}

    change_settings(path, change, configuration.patience)
    return f"Added, in {path}. `libwell support` shows it among the first."


def remove_contact(which: str, configuration: Configuration) -> str:
    """Remove one of the person's own contacts, by number or name. Returns what to say about it.

    Raises NotFoundError if there is none, UsageError if several have the name, and LibwellError for one that
    the library's file holds, or if the contacts were changed meanwhile.
    """
    path = own_path(configuration)
    number = _find_contact(which, configuration)
    contact, file = configuration.contacts[number]
    if not file.is_own:
        remedy = f"Whoever keeps that file, which {LIBRARY} names, can take it out."
        raise LibwellError(f"This contact stands in your library's file, {file.path}.", remedy)
    place = number - sum(not other.is_own for _, other in configuration.contacts)

    def change(data: dict[str, Any]) -> dict[str, Any]:
        contacts = list(data.get("support", ()))
        if contact.name not in [one["name"] for one in contacts[place : place + 1]]:
            raise LibwellError("The contacts were changed meanwhile; nothing was removed.", _LIST_HINT)
        return {**data, "support": contacts[:place] + contacts[place + 1 :]}

    change_settings(path, change, configuration.patience)
    return f"Removed number {number + 1}, from {path}."


def _find_contact(which: str, configuration: Configuration) -> int:
    """The position of a contact among all, from its number as listed or its name."""
    contacts = configuration.contacts
    if which.isdecimal():
        if len(which) < 6 and 1 <= int(which) <= len(contacts):
            return int(which) - 1
        raise NotFoundError("There is no contact of that number.", _LIST_HINT)
    name = one_line(which).casefold()
    named = [number for number, (one, _) in enumerate(contacts) if one_line(one.name).casefold() == name]
    found = [number for number in named if contacts[number][1].is_own] or named[:1]
    if not found:
        raise NotFoundError("There is no contact of that name.", _LIST_HINT)
    if len(found) > 1:
        raise UsageError("Several contacts have that name.", f"Say which by its number; {_LIST_HINT}")
    return found[0]


def _see_text(about: str, text: str, too_long: str) -> None:
    """Raise UsageError for what can't be kept as a text."""
    from libwell.model.base import TEXT_LIMIT

    try:
        text.encode()
    except UnicodeEncodeError:
        raise UsageError(f"{about}: this is not UTF-8 text.") from None
    if len(text) > TEXT_LIMIT:
        raise UsageError(f"{about}: {too_long}")
