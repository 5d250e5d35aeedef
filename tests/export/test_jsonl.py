"""JSON Lines: one object a row, whose columns have one type in every file, read by DuckDB."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from acting import ANY_TEXT, BATCH, BATCHES, acting
from hostile import HOSTILE
from libwell.export.jsonl import render
from libwell.model.sheet import Sheet
from readers import raw_text, read_lines
from tiers import examples

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ("id", "value", "number", "own", "day")
DAY = dt.date(2026, 12, 1)


def test_a_row_is_a_line_that_has_every_column() -> None:
    sheet = Sheet(COLUMNS, (("a", "3", 3, True, DAY), ("b", None, None, False, None)))
    assert render(sheet) == (
        '{"id": "a", "value": "3", "number": 3.0, "own": true, "day": "2026-12-01"}\n'
        '{"id": "b", "value": null, "number": null, "own": false, "day": null}\n'
    )


def test_a_sheet_without_rows_is_an_empty_file() -> None:
    assert render(Sheet(COLUMNS, ())) == ""


@pytest.mark.thorough
def test_duckdb_reads_a_folder_of_them_with_the_same_types(tmp_path: Path) -> None:
    files = [
        (("a", "3", 3, True, DAY),),
        (("b", "2.5", 2.5, False, None),),
        (("c", "words", None, True, None), ("d", None, None, None, DAY)),
        (),
    ]
    for number, rows in enumerate(files):
        (tmp_path / f"{number}.jsonl").write_text(render(Sheet(COLUMNS, rows)), encoding="utf-8")
    import duckdb

    read = duckdb.execute(f"select * from read_json_auto('{tmp_path}/*.jsonl') order by id")
    assert {name: str(kind) for name, kind, *_ in read.description or ()} == {
        "id": "VARCHAR",
        "value": "VARCHAR",
        "number": "DOUBLE",
        "own": "BOOLEAN",
        "day": "DATE",
    }
    assert read.fetchall() == [
        ("a", "3", 3.0, True, DAY),
        ("b", "2.5", 2.5, False, None),
        ("c", "words", None, True, None),
        ("d", None, None, None, DAY),
    ]


@pytest.mark.thorough
def test_duckdb_reads_hostile_texts_exactly(tmp_path: Path) -> None:
    path = tmp_path / "hostile.jsonl"
    path.write_text(render(Sheet(("n", "text"), tuple(enumerate(HOSTILE)))), encoding="utf-8")
    sql = f"select text from read_ndjson('{path}', columns = {{n: 'DOUBLE', text: 'VARCHAR'}}) order by n"
    import duckdb

    assert [text for (text,) in duckdb.execute(sql).fetchall()] == list(HOSTILE)


@pytest.mark.thorough
@examples(BATCHES, quick=25)
@given(st.lists(ANY_TEXT, min_size=BATCH, max_size=BATCH))
@example(list(HOSTILE))
def test_ten_thousand_texts_come_back_exactly_and_do_nothing(texts: list[str]) -> None:
    made = render(Sheet(("text",), tuple((text,) for text in texts)))
    assert acting(made) == set()
    assert raw_text(made) == made
    assert [row["text"] for row in read_lines(made)] == texts
    assert len(made.splitlines()) == len(texts)
    assert json.loads(made.splitlines()[0]) == {"text": texts[0]}
