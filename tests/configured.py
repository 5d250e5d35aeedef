"""Running libwell where there are settings: the person's file and one for a whole library.

It must not look inside libwell: it knows the program by its files, its streams and its exit status.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forked import COPIES, can_copy
from tiers import Tier
from walking import LIBWELL, PATIENCE, environment

if TYPE_CHECKING:
    from pathlib import Path

HEAD = 'libwell = "config/1"\n'


def contact(name: str, reach: str = "ext 1") -> str:
    """A contact as it stands in a file."""
    return f'[[support]]\nname = "{name}"\nreach = "{reach}"\n'


@dataclass(frozen=True)
class Setup:
    """A person's home, with settings or without."""

    home: Path

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def own(self) -> Path:
        return self.home / "config" / "libwell" / "config.toml"

    @property
    def library(self) -> Path:
        return self.home / "library.toml"

    @property
    def environ(self) -> dict[str, str]:
        """The environment; the library's file is named in it if it is there."""
        shared = {"LIBWELL_CONFIG": str(self.library)} if self.library.exists() else {}
        return environment(self.data) | {"XDG_CONFIG_HOME": str(self.home / "config")} | shared

    def write(self, text: str) -> str:
        """Write the person's file. Give the whole text."""
        self.own.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.own.write_text(HEAD + text, encoding="utf-8")
        self.own.chmod(0o600)
        return HEAD + text

    def share(self, text: str) -> str:
        """Write the library's file. Give the whole text."""
        self.library.write_text(HEAD + text, encoding="utf-8")
        return HEAD + text

    def run(self, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run libwell without a terminal."""
        outside = self.environ | {"LIBWELL_DATA_DIR": str(self.data)} | environ
        if not Tier.is_thorough and can_copy(outside):
            return COPIES.run(arguments, environ=outside, folder=self.home, patience=PATIENCE)
        return subprocess.run(
            [*LIBWELL, *arguments],
            env=outside,
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def told(self, *arguments: str, **environ: str) -> tuple[int, str, str]:
        """Run libwell; give status, standard output and standard error."""
        done = self.run(*arguments, **environ)
        return done.returncode, done.stdout, done.stderr
