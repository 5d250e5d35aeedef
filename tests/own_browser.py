"""A Chromium with a folder of its own, that can be killed and started again as a person's is.

It knows nothing of libwell. What the browser wrote into its folder can be searched for words.
"""

from __future__ import annotations

import json
import subprocess
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from browsers import FLAGS, program

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page, Playwright

_LISTENS = "DevTools listening on "
_PATIENCE = 60


@dataclass
class OwnBrowser:
    """A browser whose profile lies in `folder`."""

    playwright: Playwright
    folder: Path
    process: subprocess.Popen[str] | None = field(default=None, init=False)

    def start(self, *arguments: str) -> Page:
        """Start it, with addresses or switches, and give its first page."""
        command = [program(), *FLAGS.split(), "--headless=new", "--remote-debugging-port=0"]
        command += [f"--user-data-dir={self.folder}", *arguments]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr is not None
        lines = iter(self.process.stderr.readline, "")
        address = next(line.partition(_LISTENS)[2].strip() for line in lines if _LISTENS in line)
        context = self.playwright.chromium.connect_over_cdp(address).contexts[0]
        ends = time.monotonic() + _PATIENCE
        while not context.pages and time.monotonic() < ends:
            time.sleep(0.1)
        return context.pages[0]

    def kill(self) -> None:
        """Let it die at once, as when the power fails."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            assert self.process.stderr is not None
            self.process.stderr.close()

    def restart(self) -> Page:
        """Start it again with what it had open, as somebody does who says yes to that."""
        settings = self.folder / "Default" / "Preferences"
        found = json.loads(settings.read_text("utf-8")) if settings.exists() else {}
        found.setdefault("profile", {})["exit_type"] = "Normal"
        found.setdefault("session", {})["restore_on_startup"] = 1
        settings.write_text(json.dumps(found), encoding="utf-8")
        return self.start("--restore-last-session")

    def wait_until_written(self, words: str) -> None:
        """Wait until the browser has put down, for a crash, what stands in its pages."""
        ends = time.monotonic() + _PATIENCE
        while not self.holding([words]) and time.monotonic() < ends:
            time.sleep(0.5)

    def holding(self, words: list[str]) -> set[str]:
        """Which of some words stand anywhere in what the browser wrote."""
        found: set[str] = set()
        for path in self.folder.rglob("*"):
            if path.is_file():
                data = path.read_bytes()
                found |= {one for one in words if one.encode() in data or one.encode("utf-16-le") in data}
        return found
