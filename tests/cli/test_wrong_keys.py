"""A new user's wrong keys at a real terminal: nothing is recorded that was not typed as an answer.

However they come: one by one, typed ahead, pasted with marks and without; in a dumb and in a narrow terminal.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from walking import Walking, paste, saved, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = str(Path(__file__).with_name("kinds.toml"))
NO_WORDS = ("roster", "shifts", "review-day", "feel", "support", "order")
"""Questions of kinds.toml where words are no answer."""
WRONG = ("1w 2", "n/a", ":x", "idk", "quit?", "99x", "1,,w")
TERMINALS = pytest.mark.parametrize(
    ("environ", "columns"), [({}, 80), ({"TERM": "dumb"}, 80), ({}, 40)], ids=["xterm", "dumb", "narrow"]
)
UNMARKED = pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n"], ids=["LF", "CR", "CRLF"])


def wrong_keys() -> Iterator[str]:
    """Each wrong key at each question where words are no answer, with Enter after each; then quit."""
    for prompt in NO_WORDS:
        yield f":go {prompt}"
        for line in WRONG:
            yield from (line, "")
    yield from ("?", "quit")


@pytest.mark.thorough
@pytest.mark.quick_cases(1)
@TERMINALS
def test_one_by_one(tmp_path: Path, environ: dict[str, str], columns: int) -> None:
    with Walking(tmp_path / "data", "start", KINDS, environ=environ, columns=columns) as walk:
        walk.type(*wrong_keys())
        assert walk.end() == 0
        told = squeezed("\n".join(walk.lines()))
        assert told.count("Nottaken:") == len(NO_WORDS) * len(WRONG)
        assert told.count(squeezed(":help shows what you can type.")) == 2
    assert "answers" not in saved(tmp_path / "data")


@pytest.mark.each_value_once
@TERMINALS
@UNMARKED
def test_typed_ahead_or_pasted_without_marks(
    tmp_path: Path, environ: dict[str, str], columns: int, line_break: str
) -> None:
    with Walking(tmp_path / "data", "start", KINDS, environ=environ, columns=columns) as walk:
        walk.child.send(line_break.join([*wrong_keys(), ""]))
        assert walk.end() == 0
    assert "answers" not in saved(tmp_path / "data")


@pytest.mark.quick_cases(1)
@TERMINALS
def test_pasted_with_marks(tmp_path: Path, environ: dict[str, str], columns: int) -> None:
    data = tmp_path / "data"
    with Walking(data, "start", KINDS, environ=environ, columns=columns) as walk:
        for prompt in NO_WORDS:
            walk.type(f":go {prompt}")
            for line in (*WRONG, "quit", ":exit", "1w 2\n\nquit\n"):
                walk.refused(paste(line))
                walk.type("")
        walk.type(":exit")
        assert walk.end() == 0
    assert "answers" not in saved(data)


@pytest.mark.each_value_once
@TERMINALS
@UNMARKED
def test_a_paste_without_marks_into_a_long_text_is_one_answer(
    tmp_path: Path, environ: dict[str, str], columns: int, line_break: str
) -> None:
    data = tmp_path / "data"
    text = "1w 2\nquit\n\nSecond.\n\n\nn/a"
    with Walking(data, "start", KINDS, environ=environ, columns=columns) as walk:
        walk.child.send(text.replace("\n", line_break))
        walk.expect("n/a")
        walk.press("\r")
        shown = squeezed(walk.type(""))
        assert squeezed("Taken as one answer, 3 paragraphs. :back to mend.") in shown
        assert saved(data)["answers"] == {"words": text}
        assert saved(data)["at"] == "roster"
        walk.type(":quit")
        assert walk.end() == 0


def test_words_are_kept_as_they_were_typed_and_how_to_stop_is_said(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Walking(data, "start", KINDS) as walk:
        for line in ("1w 2", "quit", "n/a", "idk"):
            shown = walk.type(line)
            assert ("Kept as your words. To stop, type :pause" in shown) == (line == "quit")
        walk.type("?", "")
        assert saved(data)["answers"] == {"words": "1w 2\nquit\nn/a\nidk"}
        walk.refused(":exot")
        assert "Did you mean :exit?" in walk.shown
        walk.type(":exit")
        assert walk.end() == 0
    assert saved(data)["answers"] == {"words": "1w 2\nquit\nn/a\nidk"}


def test_a_screen_reader_hears_each_line_once(tmp_path: Path) -> None:
    with Walking(tmp_path / "data", "start", KINDS, environ={"ACCESSIBLE": "1"}) as walk:
        shown = walk.type(":go support")
        assert "1 of 3: Breaks that can be taken" in shown
        assert "Thanks" not in shown
        shown = walk.type("3w")
        assert shown.endswith("1 of 3: Breaks that can be taken\n> ")
        assert "What is there for the people" not in shown
        assert walk.type("?").endswith("1 of 3: Breaks that can be taken\nw, i, wi, or Enter for none.\n> ")
        walk.type(":pause")


def test_the_list_is_shown_once_and_an_item_asked_by_its_first_words(tmp_path: Path) -> None:
    with Walking(tmp_path / "data", "start", KINDS) as walk:
        shown = walk.type(":go support")
        assert "   3. Training\nMarks for all, such as 1w 2i, or Enter to go one by one.\n> " in shown
        assert walk.type("").endswith("\n1 of 3: Breaks that can be taken\nw, i, wi, or Enter for none.\n> ")
        assert walk.type("w").endswith("\n2 of 3: Thanks\n> ")
        shown = walk.type("3i")
        assert "Marked: 3.\n\n2 of 3: Thanks\n> " in shown
        shown = walk.type("?")
        assert "   3. Training\n" in shown
        assert saved(tmp_path / "data")["at"] == "support.thanks"
        walk.type(":pause")
