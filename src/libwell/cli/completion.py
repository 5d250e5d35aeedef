"""Completing a line in bash, zsh and fish: verbs, options, worksheets, responses, steps, words to choose.

It opens no response, imports no model and prints no error: a line that can't be completed is left as it is.
The shells call libwell with `_LIBWELL_COMPLETE=complete_SHELL` and the words of the line up to the cursor;
`source_SHELL` gives the script that makes them do so. By its name in the help it is known what an argument
takes.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
    """What a shell is answered to `source_SHELL`, its script, or to `complete_SHELL`: candidates, one a line.

    Nothing if anything is wrong. `words` are those of the line behind `libwell`, up to the cursor.
    """
    what, _, shell = instruction.partition("_")
    if what == "source":
        return _SCRIPTS.get(shell, "")
    with suppress(Exception):
        write = _WRITTEN[shell]
        return "".join(f"{write(one)}\n" for one in candidates(words, environ))
    return ""


def candidates(words: list[str], environ: Mapping[str, str]) -> Iterator[Candidate]:
    """What the last of these words can become; they are those behind `libwell`, up to the cursor."""
    import typer

    from libwell.cli.app import app

    *before, current = _with_colons(words) or [""]
    inserted = current.removesuffix(words[-1].lstrip(":")) if words and current != words[-1] else ""
    line = _Line(typer.main.get_command(app), environ)
    for word in before:
        if word != "=":  # in bash, a word of its own
            line.take(word)
    option, equals, value = current.partition("=")
    lead = ""
    if current == "=":
        current = ""
    elif equals and option.startswith("--") and line.option is None:
        line.take(option)
        lead, current = f"{option}=", value
    for one in line.possible(current):
        if one.word.startswith(current):
            yield Candidate(f"{lead}{one.word}".removeprefix(inserted), one.about)


def _with_colons(words: list[str]) -> list[str]:
    """The words as they were typed: bash hands over a colon within one as a word of its own."""
    whole: list[str] = []
    for before, word in zip(["", *words], words, strict=False):
        if whole and ":" in (before, word):
            whole[-1] += word
        else:
            whole.append(word)
    return whole


@dataclass
class _Line:
    """What a line says so far: the verb, the option that waits for a value, how many arguments there were."""

    command: Any
    environ: Mapping[str, str]
    option: Any = None
    _arguments: int = 0
    _data: str = ""
    _has_ended: bool = False

    def take(self, word: str) -> None:
        """Take in a whole word. Raises an error for a verb that is none."""
        if self.option is not None:
            self._take_value(word)
        elif word == "--":
            self._has_ended = True
        elif word.startswith("-") and word != "-" and not self._has_ended:
            name, equals, value = word.partition("=")
            valued = (one for one in self._shown("option") if name in one.opts and not one.is_flag)
            self.option = next(valued, None)
            if equals and self.option is not None:
                self._take_value(value)
        elif self._is_group:
            self.command = self.command.resolve_command(None, [word])[1]
        else:
            self._arguments += 1

    def _take_value(self, word: str) -> None:
        if self.option.name == "data_dir":
            self._data = "".join(shlex.split(word)[:1])
        self.option = None

    @property
    def _is_group(self) -> bool:
        return hasattr(self.command, "commands")

    def _shown(self, kind: str) -> list[Any]:
        """The command's parameters of a kind: `option` or `argument`."""
        return [one for one in self.command.params if one.param_type_name == kind and not one.hidden]

    def possible(self, current: str) -> Iterator[Candidate]:
        """What can stand here."""
        if self.option is not None:
            yield from self._values(self.option, current)
        elif current.startswith("-") and not self._has_ended:
            yield from (Candidate(one.opts[0], one.help or "") for one in self._shown("option"))
            yield Candidate("--help", "Show what there is.")
        elif self._is_group:
            for name in self.command.list_commands(None):
                yield Candidate(name, self.command.get_command(None, name).get_short_help_str())
        else:
            places = self._shown("argument")
            many = [one for one in places[-1:] if one.nargs == -1]
            for place in places[self._arguments : self._arguments + 1] or many:
                yield from self._values(place, current)

    def _values(self, place: Any, current: str) -> Iterator[Candidate]:
        """The values of an option or argument: those it names itself, or what is saved or at hand."""
        for word in (place.metavar or place.name.upper()).split("|"):
            if word in {"WORKSHEET", "RESPONSE", "STEP"}:
                yield from _saved(word, self._places(), current)
            elif word.islower():
                yield Candidate(word)
        yield from (Candidate(item.value) for item in place.shell_complete(None, current))

    def _places(self) -> Places:
        from libwell.storage.places import find_places
        from libwell.storage.settings import read_folders

        folder = Path(self._data).expanduser() if self._data else None
        return find_places(self.environ, folder, configured=read_folders(self.environ))


def _saved(what: str, places: Places, current: str) -> Iterator[Candidate]:
    """Of responses the last parts of the ids, which are enough; the whole ids too once one is begun."""
    from libwell.storage import known_ids

    if what == "WORKSHEET":
        yield from map(Candidate, known_ids.worksheet_ids([folder for folder, _ in places.worksheets]))
    elif what == "STEP":
        yield from map(Candidate, known_ids.action_ids(places.responses))
    elif found := known_ids.response_ids(places.responses):
        yield Candidate("latest", "the one changed last")
        yield from (Candidate(name.rpartition("-")[2], name) for name in found)
        if current:
            yield from (Candidate(f"latest:{name}") for name in known_ids.answered_worksheets(found))
            yield from map(Candidate, found)
