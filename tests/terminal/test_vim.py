"""Vim and Neovim keep no text of what was written in them, whatever their settings say."""

from __future__ import annotations

import os
import shutil
import signal
import time
from typing import TYPE_CHECKING

import pytest
from talking import Talk

from libwell.terminal.editor import OPTIONS, quiet_options

if TYPE_CHECKING:
    from pathlib import Path

CANARY = "canary-1-tweet"
ASKED_VIM = '#!/bin/sh\n[ "$1" = --version ] && echo "VIM - Vi IMproved 9.1 (2024)"\n'
ASKED_NVI = "#!/bin/sh\necho 'usage: vi [-eFlRrSv] [-c command] [file ...]' >&2\nexit 1\n"


def program(path: Path, text: str = ASKED_NVI) -> Path:
    path.write_text(text)
    path.chmod(0o700)
    return path


# --- which programs are told ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["vim", "nvim", "gvim", "mvim", "rvim", "rgvim", "vimx", "vimdiff", "vim.basic", "vim.tiny", "vim.gtk3"],
)
def test_a_vim_is_known_by_its_name(tmp_path: Path, name: str) -> None:
    found = program(tmp_path / name)
    assert quiet_options(name, {"PATH": str(tmp_path)}) == OPTIONS
    assert quiet_options(str(found), {}) == OPTIONS


@pytest.mark.parametrize("name", ["vi", "view", "editor", "my-own"])
@pytest.mark.parametrize("target", ["vim.basic", "nvim"])
def test_a_vim_is_known_by_what_its_name_leads_to(tmp_path: Path, name: str, target: str) -> None:
    (tmp_path / "between").symlink_to(program(tmp_path / target))
    (tmp_path / name).symlink_to("between")
    assert quiet_options(name, {"PATH": str(tmp_path)}) == OPTIONS


@pytest.mark.parametrize("name", ["vi", "view", "ex"])
def test_a_vi_is_asked_which_one_it_is(tmp_path: Path, name: str) -> None:
    program(tmp_path / name, ASKED_VIM)
    assert quiet_options(name, {"PATH": str(tmp_path)}) == OPTIONS
    program(tmp_path / name, ASKED_NVI)
    assert quiet_options(name, {"PATH": str(tmp_path)}) == ()
    program(tmp_path / name, "no program\n")
    assert quiet_options(name, {"PATH": str(tmp_path)}) == ()


@pytest.mark.parametrize("name", ["nano", "emacs", "code", "review", "vimpager", "vid", "evince"])
def test_another_editor_is_asked_nothing(tmp_path: Path, name: str) -> None:
    program(tmp_path / name, f"#!/bin/sh\ntouch {tmp_path}/started\n")
    assert quiet_options(name, {"PATH": str(tmp_path)}) == ()
    assert not (tmp_path / "started").exists()


def test_a_program_that_is_not_there_gets_nothing(tmp_path: Path) -> None:
    assert quiet_options("vim", {"PATH": str(tmp_path)}) == ()


def test_its_options_come_before_the_persons_own(tmp_path: Path) -> None:
    program(tmp_path / "vim", f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/given\n')
    folder = tmp_path / "scratch"
    visual = {"VISUAL": f"{tmp_path}/vim -u 'my own' --remote-wait"}
    with Talk(tmp_path, "gnu", "--editor", str(folder), environ=visual).ready() as talk:
        talk.give(":edit")
    *given, path = (tmp_path / "given").read_text().splitlines()
    assert given == [*OPTIONS, "-u", "my own", "--remote-wait"]
    assert path.startswith(str(folder))


# --- the real ones --------------------------------------------------------------------------------

KEEP = """
set swapfile updatecount=1 directory=~/keep//
set backup writebackup backupdir=~/keep backupskip= backupcopy=no patchmode=.orig
set undofile undodir=~/keep viminfo='100,<1000,s100,h
silent! set viminfofile=~/keep/viminfo
silent! set shadafile=~/keep/shada
"""
AGAIN = " | ".join(KEEP.strip().splitlines())
LATE = "".join(
    f"autocmd {event} * {AGAIN}\n"
    for event in ("BufReadPre", "VimEnter", "InsertEnter", "BufWritePre", "VimLeavePre")
)
MODELINE = "vim: set undofile swapfile :"


def real(name: str) -> object:
    return pytest.param(name, marks=pytest.mark.skipif(not shutil.which(name), reason=f"{name} is not here"))


REAL = pytest.mark.parametrize("vim", [real("vim"), real("nvim"), real("vim.tiny")])
SETTINGS = pytest.mark.parametrize("settings", [KEEP, KEEP + LATE], ids=["at the start", "again and again"])


def keeping(home: Path, settings: str) -> dict[str, str]:
    """Make a home whose Vim keeps everything, and give the environment for it."""
    (home / "keep").mkdir(parents=True)
    (home / ".config" / "nvim").mkdir(parents=True)
    for rc in (home / ".vimrc", home / ".config" / "nvim" / "init.vim"):
        rc.write_text(f"set nocompatible modeline modelines=5\n{settings}")
    return {"HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config")}


def holding(home: Path) -> list[str]:
    return [one.name for one in home.rglob("*") if one.is_file() and CANARY.encode() in one.read_bytes()]


def write_in(talk: Talk) -> None:
    """Write in the editor, yank what was written, and save."""
    talk.child.send(":edit\r")
    talk.child.expect_exact("Two.")
    talk.child.send(f"ggO{CANARY}\x1byyp:$put='{MODELINE}'\r:w\r:edit\r:w!\r")


@pytest.mark.quick_cases(2)
@REAL
@SETTINGS
def test_nothing_is_kept_of_what_was_written(tmp_path: Path, vim: str, settings: str) -> None:
    home, folder = tmp_path / "home", tmp_path / "scratch"
    environ = keeping(home, settings) | {"VISUAL": vim}
    with Talk(tmp_path, "gnu", "--editor", str(folder), environ=environ).ready() as talk:
        write_in(talk)
        talk.give(":wq")
        assert talk.entries[-1].startswith(f"{CANARY}\n{CANARY}\n")
    assert holding(home) == []
    assert list(folder.iterdir()) == []


@pytest.mark.quick_cases(2)
@REAL
@SETTINGS
def test_nothing_is_kept_when_it_is_killed(tmp_path: Path, vim: str, settings: str) -> None:
    home, folder = tmp_path / "home", tmp_path / "scratch"
    environ = keeping(home, settings) | {"VISUAL": vim}
    with Talk(tmp_path, "gnu", "--editor", str(folder), environ=environ).ready() as talk:
        write_in(talk)
        talk.child.send(f":!echo > {tmp_path}/written\r")
        while not (tmp_path / "written").exists():
            time.sleep(0.02)
        os.killpg(talk.child.pid, signal.SIGKILL)
        talk.ended()
        assert talk.child.signalstatus == signal.SIGKILL
    assert holding(home) == []


@pytest.mark.parametrize("vim", [real("vim"), real("nvim")])
def test_those_settings_would_keep_it(tmp_path: Path, vim: str) -> None:
    """Behind another command libwell does not know a Vim: what the tests above show is no accident."""
    home, folder = tmp_path / "home", tmp_path / "scratch"
    environ = keeping(home, KEEP) | {"VISUAL": f"env {vim}"}
    with Talk(tmp_path, "gnu", "--editor", str(folder), environ=environ).ready() as talk:
        write_in(talk)
        talk.give(":wq")
    assert len(holding(home)) >= 2
