"""The person's own editor on one text, and what Vim and Neovim are told so that they keep no copy of it.

Where the text lies meanwhile is not known here: a `Scratch` from outside puts it into a private file and
takes that away again. A person's own settings stay, but for those that write a text elsewhere. It must not
touch the disk itself.
"""

from __future__ import annotations

import os.path
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol

from libwell.errors import LibwellError
from libwell.terminal.programs import run_program

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    Scratch = Callable[[str], AbstractContextManager["ScratchFile"]]
    """Makes a private file with a text in it, for a block; raises LibwellError if it can't be made."""

_PATIENCE = 2  # seconds for a program to say its version
_AT_ONCE = 2  # seconds within which nobody has written anything

_SETTINGS = (
    "noswapfile",
    "nobackup",
    "nowritebackup",
    "patchmode=",
    "noundofile",
    *("viminfo=", "viminfofile=NONE", "shada=", "shadafile=NONE"),
    *("directory=.", "backupdir=.", "undodir=."),  # whatever is written all the same goes with the folder
)
_SET = " | ".join(f"silent! set {setting}" for setting in _SETTINGS)
_EVENTS = "VimEnter,InsertEnter,BufWritePre,VimLeavePre"  # plugins set options late
OPTIONS = ("-n", "-i", "NONE", "-c", f"{_SET} | silent! autocmd {_EVENTS} * {_SET}")

_VIM = re.compile(r"r?[a-z]?vim(x|diff)?(\.\w+)?")
_USUAL = ("notepad",) if sys.platform == "win32" else ("nano", "vi")
_MAYBE_VIM = ("vi", "view", "ex")
_WAYS_BACK = {
    "nano": "Ctrl-O and Enter, then Ctrl-X",
    **dict.fromkeys(("vim", *_MAYBE_VIM), "Esc, then :wq and Enter"),
}


class ScratchFile(Protocol):
    """A private file for an editor."""

    @property
    def path(self) -> Path:
        """Where it lies."""

    @property
    def lock(self) -> int:
        """The descriptor of its lock: as long as the editor has it too, nobody takes the file away."""

    def read(self) -> tuple[str, bool]:
        """Give its text as it is now, and whether that is all of it; LibwellError if there is none."""


class NoEditorError(LibwellError):
    """The editor could not be used; the text is as it was."""


def edit_text(
    text: str, scratch: Scratch, environ: Mapping[str, str], *, wait: Callable[[], None] | None = None
) -> tuple[str, bool]:
    """Open the editor on a text. Returns what it left, and whether that is all of it.

    `scratch` makes the file it works on; `environ` names the editor. `wait` is called where an editor comes
    back at once with the text as it was: it may have given the file to a window that is open. Raises
    NoEditorError if none can be used, LibwellError if the file can't be made or read.
    """
    program, *arguments = find_editor(environ)
    quiet = quiet_options(program, environ)  # before the person's own, as after `--remote-wait` come files
    with scratch(text) as file:
        try:
            program = shutil.which(program, path=environ.get("PATH")) or program
            begun = time.monotonic()
            status = run_program([program, *quiet, *arguments, str(file.path)], environ, hold=(file.lock,))
        except OSError as error:
            raise NoEditorError(
                f"The editor {program} could not be started: {error.strerror}.",
                "Set VISUAL or EDITOR to another one.",
            ) from error
        if status:
            raise NoEditorError(f"The editor {program} ended with status {status}; the text is as it was.")
        if wait is not None and time.monotonic() - begun < _AT_ONCE and file.read()[0] == text:
            wait()
        return file.read()


def how_to_come_back(environ: Mapping[str, str]) -> str:
    """Say which editor opens, and how one saves and leaves it. Raises NoEditorError if there is none."""
    name = re.sub(r"\.(exe|cmd|bat)$", "", PurePath(find_editor(environ)[0]).name, flags=re.IGNORECASE)
    kind = "vim" if _VIM.fullmatch(name) else name
    return f"Opening {name}. To save and come back: {_WAYS_BACK.get(kind, 'save, and close it')}."


def find_editor(environ: Mapping[str, str]) -> list[str]:
    """Give the command from VISUAL or EDITOR, else nano or vi, whichever is there first; on Windows Notepad.

    Raises NoEditorError if there is none, or if the variable can't be read as a command.
    """
    for name in ("VISUAL", "EDITOR"):
        try:
            command = _split(environ.get(name, ""))
        except ValueError as error:
            raise NoEditorError(f"{name} is not a command: a quotation mark is missing in it.") from error
        if command:
            return command
    for editor in _USUAL:
        if shutil.which(editor, path=environ.get("PATH")):
            return [editor]
    missing = " and ".join(f"no {editor}" for editor in _USUAL)
    raise NoEditorError(f"There is no editor: {missing} was found.", "Set VISUAL or EDITOR to one.")


def _split(command: str) -> list[str]:
    if sys.platform == "win32":
        from libwell.terminal.windows.commands import split_command

        return split_command(command.strip(), lambda word: shutil.which(word) is not None)
    return shlex.split(command)


def quiet_options(program: str, environ: Mapping[str, str]) -> tuple[str, ...]:
    """Give the options that keep a text out of swap, backup, undo and viminfo files; none but for a Vim."""
    found = shutil.which(program, path=environ.get("PATH"))
    if found is None:
        return ()
    names = {PurePath(program).name, PurePath(os.path.realpath(found)).name}
    is_vim = any(map(_VIM.fullmatch, names))
    if not is_vim and not names.isdisjoint(_MAYBE_VIM):
        is_vim = _says_it_is_vim(found, environ)
    return OPTIONS if is_vim else ()


def _says_it_is_vim(found: str, environ: Mapping[str, str]) -> bool:
    """Ask a vi which one it is: another one stops at the option, far from our terminal."""
    try:
        done = subprocess.run(  # noqa: S603 - the person's own choice
            [found, "--version"],
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            start_new_session=True,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.stdout.startswith((b"VIM ", b"NVIM "))
