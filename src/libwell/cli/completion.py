"""Completing a line in bash, zsh and fish: verbs, options, worksheets, responses, actions, words to choose.

It opens no response, imports no model and prints no error: a line that can't be completed is left as it is.
The shells call libwell with `_LIBWELL_COMPLETE=complete_SHELL` and the words of the line up to the cursor;
`source_SHELL` gives the script that makes them do so. By its name in the help it is known what an argument
takes.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TYPE_CHECKING = False
if TYPE_CHECKING:
    from libwell.storage.places import Places

_BASH = """\
_libwell() {
    local IFS=$'\\n'
    COMPREPLY=($(_LIBWELL_COMPLETE=complete_bash "$1" "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o bashdefault -o default -F _libwell libwell
"""
_ZSH = """\
#compdef libwell
_libwell() {
    local -a found
    found=("${(@f)$(_LIBWELL_COMPLETE=complete_zsh "${words[1]}" "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    if [[ -n "${found[1]}" ]]; then
        _describe libwell found
    else
        _files
    fi
}
compdef _libwell libwell
"""
_FISH = """\
function __libwell_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    set -l found (env _LIBWELL_COMPLETE=complete_fish $before "$current" 2>/dev/null)
    if test -n "$found"
        printf '%s\\n' $found
    else
        __fish_complete_path "$current"
    end
end
complete -c libwell -f -a "(__libwell_complete)"
"""
_SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word the line can go on with, and what it stands for, where a shell shows that."""

    word: str
    about: str = ""


_WRITTEN: Mapping[str, Callable[[Candidate], str]] = {
    "bash": lambda one: one.word,
    "zsh": lambda one: one.word.replace(":", "\\:") + (f":{one.about}" if one.about else ""),
    "fish": lambda one: one.word + (f"\t{one.about}" if one.about else ""),
}


def answer(instruction: str, words: list[str], environ: Mapping[str, str]) -> str:
    """What a shell is answered: its script, or the candidates, one a line; nothing if anything is wrong."""
    what, _, shell = instruction.partition("_")
    if what == "source":
        return _SCRIPTS.get(shell, "")
    found: list[Candidate] = []
    with suppress(Exception):
        found = list(candidates(words, environ))
    write = _WRITTEN.get(shell)
    return "".join(f"{write(one)}\n" for one in found) if write else ""


def candidates(words: list[str], environ: Mapping[str, str]) -> Iterator[Candidate]:
    """What the last of these words can become; they are those behind `libwell`, up to the cursor."""
    current = words[-1] if words else ""
    line = _read([word for word in words[:-1] if word != "="])
    option, equals, value = current.partition("=")
    lead = ""
    if current == "=":  # in bash, `=` is a word of its own
        current = ""
    elif equals and option.startswith("--") and line.option is None:
        line.take(option)
        lead, current = f"{option}=", value
    for one in line.possible(current, environ):
        if one.word.startswith(current):
            yield Candidate(f"{lead}{one.word}", one.about)


def _read(words: list[str]) -> _Line:
    import typer

    from libwell.cli.app import app

    line = _Line(typer.main.get_command(app))
    for word in words:
        line.take(word)
    return line


@dataclass
class _Line:
    """What a line says so far: the verb, the option that waits for a value, how many arguments there were."""

    command: Any
    option: Any = None
    arguments: int = 0
    data: str = ""
    _is_verb: bool = field(default=False, init=False)
    _has_ended: bool = field(default=False, init=False)

    def take(self, word: str) -> None:
        """Take in a whole word. Raises KeyError for a verb that is none."""
        if self.option is not None:
            self._take_value(word)
        elif word == "--":
            self._has_ended = True
        elif word.startswith("-") and word != "-" and not self._has_ended:
            name, equals, value = word.partition("=")
            self.option = next((one for one in self._options() if name in one.opts and not one.is_flag), None)
            if equals and self.option is not None:
                self._take_value(value)
        elif self._is_group:
            self.command = self._verb(word)
        else:
            self.arguments += 1

    def _take_value(self, word: str) -> None:
        if self.option.name == "data_dir":
            self.data = "".join(shlex.split(word)[:1])
        self.option = None

    def _verb(self, name: str) -> Any:
        from libwell.cli.app import load_verb

        command = self.command.commands[name] if self._is_verb else load_verb(name)
        self._is_verb = True
        return command

    @property
    def _is_group(self) -> bool:
        return hasattr(self.command, "commands")

    def _options(self) -> list[Any]:
        return [one for one in self.command.params if one.param_type_name == "option" and not one.hidden]

    def possible(self, current: str, environ: Mapping[str, str]) -> Iterator[Candidate]:
        """What can stand here."""
        if self.option is not None:
            yield from self._values(self.option, current, environ)
        elif current.startswith("-") and not self._has_ended:
            yield from (Candidate(one.opts[0], one.help or "") for one in self._options())
            yield Candidate("--help", "Show what there is.")
        elif self._is_group:
            yield from self._verbs()
        else:
            places = [
                one for one in self.command.params if one.param_type_name == "argument" and not one.hidden
            ]
            many = places[-1:] if places and places[-1].nargs == -1 else []
            for place in places[self.arguments : self.arguments + 1] or many:
                yield from self._values(place, current, environ)

    def _verbs(self) -> Iterator[Candidate]:
        from libwell.cli.app import VERBS

        if self._is_verb:
            yield from (
                Candidate(name, one.get_short_help_str()) for name, one in self.command.commands.items()
            )
        else:
            yield from (Candidate(name, verb.summary) for name, verb in VERBS.items())

    def _values(self, place: Any, current: str, environ: Mapping[str, str]) -> Iterator[Candidate]:
        """The values of an option or argument: those it names itself, or what is saved or at hand."""
        for word in (place.metavar or place.name.upper()).split("|"):
            match word:
                case "WORKSHEET":
                    yield from _worksheets(environ, self.data)
                case "RESPONSE":
                    yield from _responses(environ, self.data, in_full=current != "")
                case "ACTION":
                    yield from _actions(environ, self.data)
                case _ if word.islower():
                    yield Candidate(word)
        yield from (Candidate(item.value) for item in place.shell_complete(None, current))


def _worksheets(environ: Mapping[str, str], data: str) -> Iterator[Candidate]:
    from libwell.storage.known_ids import worksheet_ids

    yield from map(Candidate, worksheet_ids([folder for folder, _ in _places(environ, data).worksheets]))


def _responses(environ: Mapping[str, str], data: str, *, in_full: bool) -> Iterator[Candidate]:
    """The last parts of the ids, which are enough; the whole ids too once one is begun."""
    from libwell.storage.known_ids import response_ids

    found = response_ids(_places(environ, data).responses)
    if found:
        yield Candidate("latest", "the one changed last")
    yield from (Candidate(name.rpartition("-")[2], name) for name in found)
    if in_full:
        yield from map(Candidate, found)


def _actions(environ: Mapping[str, str], data: str) -> Iterator[Candidate]:
    from libwell.storage.known_ids import action_ids

    yield from map(Candidate, action_ids(_places(environ, data).responses))


def _places(environ: Mapping[str, str], data: str) -> Places:
    from libwell.storage.places import find_places
    from libwell.storage.settings import read_folders

    return find_places(environ, Path(data).expanduser() if data else None, configured=read_folders(environ))
