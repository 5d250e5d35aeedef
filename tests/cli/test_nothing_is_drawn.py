"""Nothing is drawn that a screen reader can't say: on any terminal, by either reader of lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from by_ear import LISTENING, RedrawnError, lines_of, listen
from many_responses import make
from walking import CTRL_C, Walking, plain, run

KINDS = str(Path(__file__).with_name("kinds.toml"))
MANY = 60
EVERYWHERE = pytest.mark.parametrize(
    "environ", [{}, {"TERM": "dumb"}, {"NO_COLOR": "1"}, LISTENING, LISTENING | {"TERM": "dumb"}]
)


@EVERYWHERE
def test_a_walk_is_said_in_order_on_every_terminal(tmp_path: Path, environ: dict[str, str]) -> None:
    """Also without ACCESSIBLE, and with answers longer than the screen is wide."""
    long = "A line that is a good deal longer than the screen, "
    with Walking(tmp_path / "data", "start", KINDS, environ=environ, columns=40) as walk:
        walk.type(":help", ":list", long * 5, long * 2, "", ":hide", "", "y", ":x", "2", "?", "1,2", "")
        walk.type(":support", ":why", ":pause")
        heard = listen(walk.raw, 40)
    typed = [one.text for one in heard if one.is_typed]
    assert " ".join((long * 5).split()) in typed
    assert any(one.text.startswith("Hidden.") for one in heard)


@EVERYWHERE
def test_what_is_typed_key_by_key_is_only_added_to(tmp_path: Path, environ: dict[str, str]) -> None:
    """A long line is heard as it is typed, also at the edge of the screen; rubbing out says nothing."""
    line = "twenty columns are soon over, and then it goes on"
    with Walking(tmp_path / "data", "start", KINDS, environ=environ, columns=20) as walk:
        for key in line:
            walk.half(key)
        walk.type("")
        assert list(lines_of(walk.raw, 20))[-1].text == line
        walk.half("abc")
        walk.child.send("\x7f")
        walk.type("x")
        assert list(lines_of(walk.raw, 20))[-1].text == "abx"


def test_the_arrow_up_says_the_refused_line_and_nothing_else(tmp_path: Path) -> None:
    with Walking(tmp_path / "data", "start", KINDS, environ=LISTENING) as walk:
        walk.type(":go roster", "perhaps")
        before = len(walk.raw)
        walk.child.send("\x1b[A")
        walk.expect("perhaps")
        walk.type("")
        assert [one.text for one in listen("> " + walk.raw[before:]) if one.is_typed] == ["perhaps"]


@pytest.mark.parametrize("environ", [LISTENING, LISTENING | {"TERM": "dumb"}])
def test_rubbing_out_a_row_of_the_screen_says_no_word_but_the_persons_own(
    tmp_path: Path, environ: dict[str, str]
) -> None:
    """GNU readline moves up in silence; where the cursor can't, the rest of the line is said once more."""
    with Walking(tmp_path / "data", "start", KINDS, environ=environ, columns=20) as walk:
        walk.half("seventeen columns and more")
        before = len(walk.raw)
        walk.child.send("\x15ok\r")
        walk.wait()
        heard = plain(walk.raw[before:]).replace("\r", "").replace("\x08", "")
        assert heard.split() == (["ok", ">"] if "TERM" not in environ else [">", "ok", ">"])
        walk.child.send(CTRL_C)
        walk.end()


@pytest.mark.parametrize("environ", [LISTENING, {}])
def test_how_far_a_long_task_is_is_said_in_a_line_and_not_drawn(
    tmp_path: Path, environ: dict[str, str]
) -> None:
    data = tmp_path / "data"
    make(data / "responses", MANY)
    line = ("export", "--all", "--jobs", "1", "--output", str(tmp_path / "out"))
    with Walking(data, *line, environ=environ, ready=False) as walk:
        assert walk.end() == 0
        if not environ:
            with pytest.raises(RedrawnError):  # a bar, for those who see it
                listen(walk.raw)
            return
        heard = [one.text for one in listen(walk.raw)]
    assert heard[0] == f"Exporting {MANY} …"
    assert heard[-1] == f"{MANY} written, 0 unchanged, 0 failed"


def test_a_long_text_is_said_at_once_and_in_no_pager_that_nobody_chose(tmp_path: Path) -> None:
    data, pager = tmp_path / "data", {"PAGER": "sed s/^/paged:/"}
    for environ, is_paged in ((LISTENING, False), (LISTENING | pager, True), (pager, True)):
        with Walking(data, "show", "staff-care", environ=environ, ready=False) as walk:
            assert walk.end() == 0
            heard = listen(walk.raw)
        assert len(heard) > 24
        assert any(one.text.startswith("paged:") for one in heard) == is_paged


def test_a_setting_does_what_the_environment_does_and_the_environment_goes_first(tmp_path: Path) -> None:
    data, home = tmp_path / "data", {"XDG_CONFIG_HOME": str(tmp_path / "config")}
    assert run(data, "config", "set", "accessible", "true", environ=home).returncode == 0
    for environ, is_listed in (({}, False), ({"ACCESSIBLE": ""}, False), ({"ACCESSIBLE": "0"}, True)):
        with Walking(data, "start", KINDS, environ=home | environ) as walk:
            shown = walk.type(*[] if walk.shown.count("Question") else ["n"], ":go support")
            assert ("3. Training" in shown) == is_listed
            walk.type(":pause")
    said = run(data, "config", "set", "accessible", "false", environ=home | LISTENING).stderr
    assert "But ACCESSIBLE is set, and goes first" in said
