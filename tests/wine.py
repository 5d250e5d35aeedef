"""libwell on CPython for Windows, run by Wine: without a terminal, and in a console of Windows.

The folder that `.ci/windows_bed.py` made is named by WINDOWS_BED. It must not look inside libwell.
"""

from __future__ import annotations

import os
import re
import subprocess
import termios
import time
from pathlib import Path
from typing import Any

from walking import PATIENCE, Walking, environment

BED = Path(os.environ.get("WINDOWS_BED", "/there-is-none"))
PYTHON = ("wine", str(BED / "python" / "python.exe"))
LIBWELL = (*PYTHON, "-m", "libwell")
_MOVED = re.compile(rb"\x1b\[([0-9]+)C")
_LOCAL, _CONTROLS = 3, 6  # where tcgetattr keeps the flags of a line, and the keys that mean something
MISSING = "WINDOWS_BED names no folder that .ci/windows_bed.py made"


def there_is_a_bed() -> bool:
    """Whether Windows can be tried here."""
    return (BED / "python" / "python.exe").is_file()


def keep_wine_running() -> None:
    """Have Wine wait two minutes for the next program, which begins faster then.

    What Wine starts beside the first program keeps that one's streams open: so that is none of ours.
    """
    for command in (["wineserver", "-p120"], [*PYTHON, "-c", ""]):
        subprocess.run(
            command,
            env=outside(Path.cwd()),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )


def in_windows(path: Path) -> str:
    """A path as Wine knows it."""
    return "Z:" + str(path.absolute()).replace("/", "\\")


def outside(data: Path, **environ: str) -> dict[str, str]:
    """An environment for Wine with nothing of the account that runs the tests."""
    libraries = "bcryptprimitives=n;mscoree=;mshtml="  # that beside python.exe, and nothing to be installed
    wine = {"WINEPREFIX": str(BED / "prefix"), "WINEDEBUG": "-all", "WINEDLLOVERRIDES": libraries}
    home = {"WIN_PD_OVERRIDE_LOCAL_APPDATA": in_windows(data.parent / "AppData")}
    return environment(data) | {"PYTHONDONTWRITEBYTECODE": "1"} | home | wine | environ


class InConsole(Walking):
    """One run of libwell in a console of Windows; Walking says how it is used.

    The console draws on a pseudo-terminal what a person would see in its window, and takes keys from there
    while a line is asked for. Wine's shows colors as signs, so there are none.
    """

    prompt = rb">(?: |\x1b\[K\x1b\[1C)(?:\x1b\[\?25h)?$"  # blanks are drawn by moving on

    def __init__(
        self, data: Path, *arguments: str, environ: dict[str, str] | None = None, **how: Any
    ) -> None:
        command, plain = (*LIBWELL, "--data-dir", in_windows(data), *arguments), {"NO_COLOR": "1"}
        super().__init__(data, command=command, environ=outside(data, **plain | (environ or {})), **how)

    @property
    def call(self) -> str:
        """How libwell says it can be called again."""
        return f"python -m libwell --data-dir {in_windows(self.data)}"

    def plain(self, drawn: bytes) -> str:
        """What was drawn, as it can be read."""
        return super().plain(_MOVED.sub(lambda found: b" " * int(found[1]), drawn)).replace("\r", "")

    def _send(self, keys: str) -> None:
        """Send keys as soon as the console takes them; Ctrl-C and Ctrl-Z are its own, not the terminal's."""
        until = time.monotonic() + PATIENCE
        while (settings := termios.tcgetattr(self.child.child_fd))[_LOCAL] & termios.ICANON:
            assert time.monotonic() < until, "no line is asked for"
            time.sleep(0.005)
        settings[_LOCAL] &= ~termios.ISIG
        termios.tcsetattr(self.child.child_fd, termios.TCSANOW, settings)
        super()._send(keys)


def run_windows(
    data: Path,
    *arguments: str,
    command: tuple[str, ...] = LIBWELL,
    environ: dict[str, str] | None = None,
    given: bytes = b"",
    folder: Path | None = None,
    patience: int = PATIENCE,
) -> subprocess.CompletedProcess[bytes]:
    """Run libwell without a terminal; `command` instead of it gets the arguments alone.

    `given` is its standard input, `folder` the one it is started in, `patience` the seconds it may take.
    """
    before = ("--data-dir", in_windows(data)) if command is LIBWELL else ()
    return subprocess.run(
        [*command, *before, *arguments],
        env=outside(data, **environ or {}),
        input=given,
        capture_output=True,
        timeout=patience,
        check=False,
        cwd=folder,
    )


def run_script(data: Path, script: Path, *arguments: str, **how: Any) -> subprocess.CompletedProcess[bytes]:
    """Run a script there that uses what lies in `tests`; `how` is as in `run_windows`."""
    folder, file = in_windows(Path(__file__).parent), in_windows(script)
    code = (
        f"import runpy, sys; sys.path.insert(0, {folder!r}); "
        f"sys.argv[0] = {file!r}; runpy.run_path({file!r}, run_name='__main__')"
    )
    return run_windows(data, "-c", code, *arguments, command=PYTHON, **how)
