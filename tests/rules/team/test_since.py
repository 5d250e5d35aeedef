"""An earlier report beside a later one shows then beside now, and decides nothing about what is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from build import things, worksheet_of
from libwell.errors import UsageError
from libwell.export.json import render
from libwell.export.markdown import render as to_markdown
from libwell.rules.team.kept_report import read_kept, told_in
from libwell.rules.team.report_data import SCHEMA, report_data
from libwell.rules.team.report_document import report_document
from schema_check import faults
from team_build import Facilitator, copies_of, line, people, report_of

if TYPE_CHECKING:
    from libwell.rules.team.report import Earlier

SHEET = worksheet_of(
    'id = "it", kind = "yes-no", not_answers = ["dont-know"]',
    f"""id = "rated", kind = "rating", items = {things("a")},
        scale = {{ min = 0, max = 3, labels = ["no", "yes"] }}""",
)
DONT_KNOW = 'it = { not-answered = "dont-know" }'
BEFORE = copies_of(SHEET, *["it = true\nrated = { a = 1 }"] * 6, DONT_KNOW)
NOW = copies_of(
    SHEET, *["it = true\nrated = { a = 1 }"] * 6, DONT_KNOW, *["it = false\nrated = { a = 3 }"] * 6
)

FIRST_EDITION: dict[str, Any] = {
    "schema": "libwell.team-report/1",
    "by_team": False,
    "worksheets": [
        {
            "id": "test",
            "is_told": True,
            "members": ["0123456789abcdef"] * 7,
            "teams": [],
            "places": [
                {
                    "prompt": "it",
                    "item": "",
                    "column": "",
                    "is_reason": False,
                    "groups": [
                        {"team": None, "people": 6, "counts": [["true", 6], ["false", 0]], "spread": None}
                    ],
                },
                {
                    "prompt": "it",
                    "item": "",
                    "column": "",
                    "is_reason": True,
                    "groups": [{"team": None, "people": 7, "counts": [["dont-know", 1]], "spread": None}],
                },
                {
                    "prompt": "rated",
                    "item": "a",
                    "column": "",
                    "is_reason": False,
                    "groups": [
                        {
                            "team": None,
                            "people": 6,
                            "counts": [["0", 0], ["1", 6], ["2", 0], ["3", 0]],
                            "spread": {"median": 1, "lower": 1, "upper": 1},
                        }
                    ],
                },
            ],
        }
    ],
}


def of_today() -> Earlier:
    return told_in(read_kept(json.loads(render(report_data(report_of(BEFORE))))))


@pytest.mark.parametrize(
    "earlier", [of_today(), told_in(read_kept(FIRST_EDITION))], ids=["today", "first edition"]
)
def test_then_stands_beside_now(earlier: Earlier) -> None:
    desk = Facilitator()
    desk.report(BEFORE)
    made = desk.report(NOW, earlier=earlier)
    told = line(made).everybody
    assert told is not None
    assert told.earlier is not None
    assert (told.earlier.people, told.earlier.counts["true"]) == (7, 6)
    assert told.earlier.counts["not-answered:dont-know"] == 1
    assert faults("report", json.loads(render(report_data(made)))) == []
    text = to_markdown(report_document(made))
    assert "6 of 13 (earlier 6 of 7)" in text
    assert "median 2 (earlier 1)" in text


def test_it_opens_nothing_and_closes_nothing() -> None:
    desk = Facilitator()
    desk.report(BEFORE)
    one_more = copies_of(SHEET, *["it = true\nrated = { a = 1 }"] * 6, DONT_KNOW, "it = false")
    alone, beside = desk.report(one_more), desk.report(one_more, earlier=of_today())
    assert people(alone) == people(beside) == 7


@pytest.mark.parametrize(
    "data", [None, [], {}, {"schema": SCHEMA}, {"schema": SCHEMA, "by_team": False, "worksheets": [{}]}]
)
def test_what_is_no_report_is_refused(data: Any) -> None:
    with pytest.raises(UsageError):
        read_kept(data)


def test_the_schema_of_a_report_refuses_what_is_none() -> None:
    record = json.loads(render(report_data(report_of(BEFORE))))
    assert faults("report", record) == []
    assert faults("report", record | {"members": []}) != []
    record["worksheets"][0]["places"][0]["groups"][0]["people"] = "six"
    assert len(faults("report", record)) == 1
