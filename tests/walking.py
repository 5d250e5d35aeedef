"""A guided walk on a real pseudo-terminal: types, waits for prompts, tells what was shown and saved.

It must not look inside libwell: it knows the program only by its terminal, its files and its exit status.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import termios
import tomllib
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pexpect
import ptyprocess
import pyte

from forked import COPIES, can_copy
from tiers import Tier

if TYPE_CHECKING:
    import signal
    from types import TracebackType

LIBWELL = (sys.executable, "-m", "libwell")
PASTE_ON, PASTE_OFF = "\x1b[?2004h", "\x1b[?2004l"
ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
CTRL_C, CTRL_D = "\x03", "\x04"
PATIENCE = 60  # seconds; only a walk that hangs waits that long
_CONTROLS = rb"(?:\x1b\[[0-9;?]*[A-Za-z])*"
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|.)")


def paste(text: str) -> str:
    """What a terminal sends for a paste: marked, with returns for line feeds."""
    return "\x1b[200~" + text.replace("\n", "\r") + "\x1b[201~"


def plain(text: str) -> str:
    """Text as it can be read: without escape sequences, with line feeds alone."""
    return _SEQUENCE.sub("", text).replace("\r\n", "\n")


def squeezed(text: str) -> str:
    """Text without any white space, to find words in it wherever they were folded or broken."""
    return "".join(text.split())


def end(child: pexpect.spawn[Any]) -> None:
    """Close a child's terminal and wait until the child is gone, however busy the machine is."""
    try:
        child.close(force=True)
    except pexpect.ExceptionPexpect:  # it was killed, and is not gone within a tenth of a second
        child.wait()


class Copied(pexpect.spawn):  # type: ignore[misc]  # pexpect has no types
    """Libwell on a terminal of its own, as a copy."""

    def _spawnpty(self, args: list[str], **options: Any) -> ptyprocess.PtyProcess:
        ours, theirs = os.openpty()
        self.settings = termios.tcgetattr(ours)  # before libwell can change them
        termios.tcsetwinsize(theirs, options["dimensions"])
        skipped = len(LIBWELL)
        pid = COPIES.start(
            args[skipped:],
            environ=options["env"],
            folder=options["cwd"] or Path.cwd(),
            streams=(theirs, theirs, theirs),
            has_terminal=True,
        )
        os.close(theirs)
        return ptyprocess.PtyProcess(pid, ours)


class Walking:
    """One run of libwell on a terminal of its own. Use it as a context manager.

    `shown` is what came since the last line was typed, as it can be read. `before` and `after` are the
    terminal's settings at the beginning and after the end. `command` runs instead of libwell itself.
    """

    prompt = rb"> " + _CONTROLS + rb"$"

    def __init__(
        self,
        data: Path,
        *arguments: str,
        columns: int = 80,
        lines: int = 24,
        environ: dict[str, str] | None = None,
        ready: bool = True,
        command: tuple[str, ...] = (),
    ) -> None:
        self.data = data
        self._transcript = io.BytesIO()
        self._size = (columns, lines)
        self.shown = ""
        self.status: int | None = None
        self.after: list[Any] | None = None
        with warnings.catch_warnings():  # a fork beside the threads of pytest-xdist; the child execs at once
            warnings.simplefilter("ignore", DeprecationWarning)
            line = ("--data-dir", str(data), *arguments)
            outside = environment(data) | (environ or {})
            program, *options = command or (*LIBWELL, *line)
            is_copy = not command and not Tier.is_thorough and can_copy(outside)
            self.child: pexpect.spawn[bytes] = (Copied if is_copy else pexpect.spawn)(
                program,
                options,
                env=outside,
                dimensions=(lines, columns),
                timeout=PATIENCE,
            )
        self.before = self.child.settings if is_copy else termios.tcgetattr(self.child.child_fd)
        self.child.logfile_read = self._transcript
        self.child.delaybeforesend = None
        self.child.ptyproc.delayafterclose = 0.01
        self.child.ptyproc.delayafterterminate = 0.1
        if ready:
            self.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        end(self.child)

    def type(self, *lines: str) -> str:
        """Type lines, each with Enter, and wait each time for the next prompt; after the end, no more."""
        for line in lines:
            if self.status is not None:
                break
            self._send(f"{line}\r")
            self.wait()
        return self.shown

    def refused(self, line: str) -> str:
        """Type a line that can't be read: an empty prompt comes again. Give why."""
        self.type(line)
        assert "Not taken: " in self.shown, self.shown
        return self.shown

    def half(self, text: str) -> None:
        """Type the beginning of a line, and wait until it stands there."""
        self._send(text)
        self.child.expect_exact(text.encode())

    def press(self, keys: str) -> str:
        """Press keys without Enter, and wait for the next prompt or the end."""
        self._send(keys)
        return self.wait()

    def expect(self, text: str) -> None:
        """Wait for a text."""
        self.child.expect_exact(text.encode())

    def wait(self) -> str:
        """Wait for the next prompt or for the end."""
        found = self.child.expect([self.prompt, pexpect.EOF, pexpect.TIMEOUT])
        assert found != 2, f"no prompt came, only: {self.plain(self.child.before)}"
        if found == 0:
            self.shown = self.plain(self.child.before + self.child.after)
        else:
            self.shown = self.plain(self.child.before)
            self._note_end()
        return self.shown

    def kill(self, number: signal.Signals) -> int:
        """Send a signal, wait for the end, and give the exit status (negative: killed by that signal)."""
        self.child.kill(number)
        return self.end()

    def end(self) -> int:
        """Wait for the end, and give the exit status (negative: killed by that signal)."""
        if self.status is None:
            self.child.expect(pexpect.EOF)
            self.shown = self.plain(self.child.before)
            self._note_end()
        assert self.status is not None
        return self.status

    def hang_up(self) -> int:
        """Close the terminal, as when its window is closed; give the exit status."""
        self.child.ptyproc.fileobj.close()
        self.child.wait()
        return self._take_status()

    def plain(self, drawn: bytes) -> str:
        """What was drawn, as it can be read."""
        return plain(_text(drawn))

    def lines(self) -> list[str]:
        """The lines of everything shown that are not empty, as they can be read."""
        return [line for line in plain(self.raw).split("\n") if line.strip()]

    @property
    def call(self) -> str:
        """How libwell says it can be called again."""
        return f"libwell --data-dir {self.data}"

    @property
    def raw(self) -> str:
        """Everything shown, with all escape sequences."""
        return _text(self._transcript.getvalue())

    @property
    def is_tidy(self) -> bool:
        """Whether the terminal is as it was, and no longer marks what is pasted."""
        switches = re.findall(r"\x1b\[\?2004[hl]", self.raw)
        return self.after == self.before and switches[-1:] in ([], [PASTE_OFF])

    def screen(self) -> list[str]:
        """The lines a person sees at the end."""
        screen = pyte.Screen(*self._size)
        pyte.ByteStream(screen).feed(self._transcript.getvalue())
        return [line.rstrip() for line in screen.display]

    def _send(self, keys: str) -> None:
        self.child.send(keys)

    def _note_end(self) -> None:
        self.after = termios.tcgetattr(self.child.child_fd)
        self.child.wait()
        self._take_status()

    def _take_status(self) -> int:
        exited, killed = self.child.exitstatus, self.child.signalstatus
        self.status = exited if exited is not None else -(killed or 0)
        return self.status


def environment(data: Path) -> dict[str, str]:
    """An environment with nothing of the account that runs the tests."""
    kept = {name: text for name, text in os.environ.items() if name == "PATH" or name.startswith("COV")}
    return kept | {"HOME": str(data.parent), "LANG": "C.UTF-8", "TERM": "xterm"}


def run(
    data: Path, *arguments: str, environ: dict[str, str] | None = None, **options: Any
) -> subprocess.CompletedProcess[str]:
    """Run libwell without a terminal, with more in its environment."""
    outside, line = environment(data) | (environ or {}), ("--data-dir", str(data), *arguments)
    if not Tier.is_thorough and can_copy(outside) and not options.keys() - {"cwd"}:
        folder = options.get("cwd", Path.cwd())
        return COPIES.run(line, environ=outside, folder=folder, patience=PATIENCE)
    return subprocess.run(
        [*LIBWELL, *line],
        env=outside,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        **options,
    )


def in_shell(data: Path, script: str, *, shell: str = "sh", **environ: str) -> tuple[int, str, str]:
    """Run a shell's script beside the data folder; give status, standard output and error."""
    done = subprocess.run(
        [shell, "-c", script],
        env=environment(data) | environ,
        stdin=subprocess.DEVNULL,
        cwd=data.parent,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def saved_files(data: Path) -> list[Path]:
    """Every saved response."""
    return sorted((data / "responses").glob("*.toml"))


def saved(data: Path) -> dict[str, Any]:
    """The only saved response, as it is on the disk now."""
    (path,) = saved_files(data)
    return tomllib.loads(path.read_text(encoding="utf-8"))


def short_id(data: Path) -> str:
    """The last part of the id of the only saved response."""
    return str(saved(data)["id"]).rpartition("-")[2]


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
