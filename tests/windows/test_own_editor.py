"""`:editor` on Windows: however it is named, and where it gives the file to a window that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from walking import saved
from wine import BED, InConsole, in_windows

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("bed")

WRITES = "import sys; open(sys.argv[1], 'w', encoding='utf-8').write('At length, in Grünau.\\nTwo lines.\\n')"
COMES_BACK = "pass"


def at_the_text(tmp_path: Path, editor: str, code: str) -> InConsole:
    """A walk at its first text, with an editor that is a Python script in a folder with a blank."""
    script = tmp_path / "my editor" / "edit.py"
    script.parent.mkdir()
    script.write_text(code, encoding="utf-8")
    command = editor.format(python=in_windows(BED / "python" / "python.exe"), script=in_windows(script))
    walk = InConsole(tmp_path / "data", "start", "staff-care", environ={"EDITOR": command})
    walk.type(":go on-my-mind")
    return walk


@pytest.mark.parametrize("editor", ['"{python}" "{script}"', '{python} "{script}"'])
def test_what_it_leaves_is_the_answer(tmp_path: Path, editor: str) -> None:
    with at_the_text(tmp_path, editor, WRITES) as walk:
        walk.type(":editor")
        assert "Opening python. To save and come back: save, and close it." in walk.shown
        walk.type(":pause")
    assert saved(tmp_path / "data")["answers"]["on-my-mind"] == "At length, in Grünau.\nTwo lines."


def test_a_window_that_is_open_is_waited_for(tmp_path: Path) -> None:
    with at_the_text(tmp_path, '"{python}" "{script}"', COMES_BACK) as walk:
        walk.type("As it was", "", ":go on-my-mind", ":editor")
        assert "When you have saved and closed it, press Enter here." in walk.shown
        (file,) = (tmp_path / "data").glob("libwell-*/answer.txt")
        assert file.read_text(encoding="utf-8") == "As it was\n"
        file.write_bytes("Written in the window, grün.\r\n".encode())
        walk.type("")
        walk.type(":pause")
    assert saved(tmp_path / "data")["answers"]["on-my-mind"] == "Written in the window, grün."
    assert list((tmp_path / "data").glob("libwell-*")) == []
