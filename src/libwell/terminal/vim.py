"""What Vim and Neovim are told so that they keep no copy of a private text.

A person's own settings stay, but for those that write a text elsewhere. It must not start the editor, nor
read anything but what a program says of itself.
"""

from __future__ import annotations

import os.path
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_PATIENCE = 2  # seconds for a program to say its version

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
_MAYBE_VIM = ("vi", "view", "ex")


def quiet_options(program: str, environ: Mapping[str, str]) -> tuple[str, ...]:
    """Give the options that keep a text out of swap, backup, undo and viminfo files; none but for a Vim."""
    return OPTIONS if _is_vim(program, environ) else ()


def is_named_as_vi(program: str) -> bool:
    """Whether a program bears a name of vi and its kin, so that one leaves it with `:wq`."""
    name = program.rpartition("/")[2]
    return name in _MAYBE_VIM or _VIM.fullmatch(name) is not None


def _is_vim(program: str, environ: Mapping[str, str]) -> bool:
    found = shutil.which(program, path=environ.get("PATH"))
    if found is None:
        return False
    names = {path.rpartition("/")[2] for path in (program, os.path.realpath(found))}
    if any(_VIM.fullmatch(name) for name in names):
        return True
    return not names.isdisjoint(_MAYBE_VIM) and _says_it_is_vim(found, environ)


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
