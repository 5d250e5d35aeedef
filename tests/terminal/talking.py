"""The child of talk.py on a pseudo-terminal, and what it took; for the tests beside this file."""

from __future__ import annotations

import json
import os
import re
import sys
import termios
from ctypes.util import find_library
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pexpect
import pytest

from walking import PATIENCE, end

if TYPE_CHECKING:
    from types import TracebackType

TALK = Path(__file__).with_name("talk.py")
SOURCE = Path(__file__).parents[2] / "src"
PASTE_ON, PASTE_OFF = "\x1b[?2004h", "\x1b[?2004l"
LIBEDIT = find_library("edit")
"""The library that Python's readline stands on where it is not GNU's, as on macOS."""
WITH_LIBEDIT = pytest.mark.skipif(LIBEDIT is None, reason="libedit is not here")
EDITLINE = pytest.param("editline", marks=[pytest.mark.thorough, WITH_LIBEDIT])
READERS = pytest.mark.parametrize("reader", ["gnu", "plain", EDITLINE])
ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def paste(text: str) -> str:
    """What a terminal sends for a paste: marked, with returns for line feeds."""
    return "\x1b[200~" + text.replace("\n", "\r") + "\x1b[201~"


class Talk:
    """The child on its terminal, and what it took."""

    def __init__(
        self, folder: Path, reader: str, *options: str, width: int = 80, environ: dict[str, str] | None = None
    ) -> None:
        self.log = folder / "log"
        self.transcript = (folder / "transcript").open("w+b")
        plain = ["--plain-keys"] if reader == "plain" else []
        editline = {"LD_PRELOAD": str(LIBEDIT)} if reader == "editline" else {}
        self.child = pexpect.spawn(
            sys.executable,
            [str(TALK), str(self.log), *plain, *options],
            env=clean_environ(folder) | editline | (environ or {}),
            dimensions=(24, width),
            timeout=PATIENCE,
            logfile=None,
        )
        self.child.logfile_read = self.transcript
        self.before = termios.tcgetattr(self.child.child_fd)
        self.child.delaybeforesend = None
        self.child.ptyproc.delayafterclose = 0.01
        self.child.ptyproc.delayafterterminate = 0.05

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        end(self.child)
        self.transcript.close()

    def ready(self) -> Self:
        """Wait for the prompt; from now on the reader reads."""
        self.child.expect_exact("> ")
        return self

    def give(self, keys: str | bytes) -> list[Any]:
        """Send keys and Enter, and give the entry that came of them."""
        self.child.send(keys + "\r" if isinstance(keys, str) else keys + b"\r")
        self.child.expect_exact("TAKEN")
        self.child.expect_exact("> ")
        entry: list[Any] = self.entries[-1]
        return entry

    def end(self, keys: str = "\x04") -> int:
        """Send keys, wait for the end, and give the exit status."""
        self.child.send(keys)
        return self.ended()

    def ended(self) -> int:
        self.child.expect(pexpect.EOF)
        self.after = termios.tcgetattr(self.child.child_fd)
        status: int = self.child.wait()
        return status

    @property
    def entries(self) -> list[Any]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    @property
    def seen(self) -> str:
        self.transcript.seek(0)
        return self.transcript.read().decode("utf-8", "replace")

    def switches(self) -> list[str]:
        return re.findall(r"\x1b\[\?2004[hl]", self.seen)

    def last_switch(self) -> str:
        return self.switches()[-1]


def clean_environ(folder: Path) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if name == "PATH" or name.startswith("COVERAGE")
    }
    return kept | {
        "HOME": str(folder),
        "INPUTRC": str(folder / "inputrc"),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(SOURCE),
        "PYTHONDONTWRITEBYTECODE": "1",
        "TERM": "xterm",
    }
