"""iCalendar: dated steps alone, each known by the same UID for ever, read back by icalendar's own parser."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from acting import ANY_TEXT, BATCH, BATCHES, acting
from hostile import HOSTILE
from libwell.export.icalendar import render, render_tasks
from libwell.model.characters import make_visible, one_line
from libwell.model.document import BY_WHEN, CalendarEntry, Document, Heading, Paragraph, Task
from readers import raw_text, read_calendar, read_entries
from tiers import examples

if TYPE_CHECKING:
    from collections.abc import Callable

DAY, CHANGED = dt.date(2027, 1, 15), dt.date(2026, 11, 21)
ENTRY = CalendarEntry("test-2026-11-21-k3f9 a1", "open", CHANGED, 17)
DETAILS = (("Who", "Ana and Joy"), (BY_WHEN, "Friday, January 15, 2027"), ("How we will know", "It is there"))
TASK = Task("Ask for an hour", details=DETAILS, due=DAY, entry=ENTRY)


def plan(*tasks: Task, title: str = "Staff care") -> Document:
    return Document(title, (Heading(2, "Action plan"), *tasks, Paragraph("Words.")))


def with_status(status: str) -> Document:
    return plan(TASK._replace(done=status == "done", entry=ENTRY._replace(status=status)))


def test_a_dated_step_is_an_event_of_one_day() -> None:
    assert render(plan(TASK)) == (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//libwell//libwell//EN\r\nCALSCALE:GREGORIAN\r\n"
        "BEGIN:VEVENT\r\nSUMMARY:Ask for an hour\r\nDTSTART;VALUE=DATE:20270115\r\n"
        "DTSTAMP:20261121T000000Z\r\nUID:fe1f1599-5e8e-50c3-b48b-c296fbe55502\r\nSEQUENCE:17\r\n"
        "DESCRIPTION:Who: Ana and Joy\\nHow we will know: It is there\\nWorksheet: St\r\n aff care\r\n"
        "STATUS:CONFIRMED\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )


def test_it_is_a_task_if_asked_for() -> None:
    (entry,) = read_entries(render_tasks(plan(TASK)))
    assert entry["DUE"].dt == DAY
    assert entry["DUE"].params["VALUE"] == "DATE"
    assert entry["STATUS"] == "NEEDS-ACTION"
    assert not {"DTSTART", "COMPLETED", "TRANSP"} & entry.keys()


@pytest.mark.parametrize(
    ("status", "event", "todo"),
    [
        ("open", "CONFIRMED", "NEEDS-ACTION"),
        ("doing", "CONFIRMED", "IN-PROCESS"),
        ("done", "CONFIRMED", "COMPLETED"),
        ("not-now", "TENTATIVE", "NEEDS-ACTION"),
        ("handed-over", "CANCELLED", "CANCELLED"),
        ("let-go", "CANCELLED", "CANCELLED"),
    ],
)
def test_each_status_is_told_in_the_words_of_calendars(status: str, event: str, todo: str) -> None:
    (one,) = read_entries(render(with_status(status)))
    assert one["STATUS"] == event
    assert one["SUMMARY"] == ("Done: Ask for an hour" if status == "done" else "Ask for an hour")
    (one,) = read_entries(render_tasks(with_status(status)))
    assert one["STATUS"] == todo
    assert one["SUMMARY"] == "Ask for an hour"


def test_a_task_that_is_done_says_since_when() -> None:
    (one,) = read_entries(render_tasks(with_status("done")))
    assert one["COMPLETED"].dt == dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
    assert one["PERCENT-COMPLETE"] == 100


def test_steps_without_a_day_are_not_in_it() -> None:
    words = Task("Some day", details=((BY_WHEN, "end of term"),))
    assert [one["SUMMARY"] for one in read_entries(render(plan(words, TASK, words)))] == ["Ask for an hour"]
    assert read_entries(render(plan(words))) == []


def test_a_private_step_is_private_there_too() -> None:
    (one,) = read_entries(render(plan(TASK._replace(entry=ENTRY._replace(private=True)))))
    assert one["CLASS"] == "PRIVATE"
    assert "CLASS" not in read_entries(render(plan(TASK)))[0]


def test_a_step_keeps_its_uid_whatever_becomes_of_it_and_shares_it_with_no_other() -> None:
    later = TASK._replace(
        step="Ask again",
        due=DAY + dt.timedelta(7),
        entry=ENTRY._replace(status="doing", changed=DAY, revision=18),
    )
    other = TASK._replace(entry=ENTRY._replace(key="test-2026-11-21-k3f9 a2"))
    (before,) = read_entries(render(plan(TASK)))
    after, another = read_entries(render(plan(later, other)))
    assert after["UID"] == before["UID"] != another["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (17, 18)
    assert before["DTSTAMP"].dt < after["DTSTAMP"].dt
    assert read_entries(render_tasks(plan(TASK)))[0]["UID"] == before["UID"]


@pytest.mark.parametrize("write", [render, render_tasks])
def test_its_stamp_is_when_it_was_saved_and_its_bytes_come_again(
    write: Callable[[Document], str],
) -> None:
    saved = dt.datetime(2026, 12, 1, 9, 30, 5, 120934, tzinfo=dt.UTC)
    done = TASK._replace(done=True, entry=ENTRY._replace(status="done", saved=saved))
    text = write(plan(done))
    (one,) = read_entries(text)
    assert one["DTSTAMP"].dt == saved.replace(microsecond=0)
    assert write(plan(done)) == text
    later = done._replace(entry=ENTRY._replace(status="done", saved=saved + dt.timedelta(seconds=1)))
    assert one["DTSTAMP"].dt < read_entries(write(plan(later)))[0]["DTSTAMP"].dt


@pytest.mark.parametrize("day", [dt.date.min, dt.date(999, 1, 1), dt.date.max])
@pytest.mark.parametrize("todo", [False, True])
def test_any_day_there_is_can_be_written(day: dt.date, *, todo: bool) -> None:
    (one,) = read_entries((render_tasks if todo else render)(plan(TASK._replace(due=day))))
    assert one["DUE" if todo else "DTSTART"].dt == day


@pytest.mark.thorough
@examples(BATCHES, quick=25)
@given(texts=st.lists(ANY_TEXT, min_size=BATCH, max_size=BATCH), todo=st.booleans())
@example(texts=list(HOSTILE)[: 6 * BATCH], todo=False)
def test_ten_thousand_texts_come_back_and_do_nothing(*, texts: list[str], todo: bool) -> None:
    steps = [tuple(texts[start : start + 4]) for start in range(0, len(texts), 4)]
    tasks = [
        Task(
            step,
            details=(("Who", who), ("Know", know), ("Notes", notes)),
            due=DAY,
            entry=ENTRY._replace(key=str(number)),
        )
        for number, (step, who, know, notes) in enumerate(steps)
    ]
    made = (render_tasks if todo else render)(plan(*tasks))
    assert acting(raw_text(made)) - {"\t"} == set()
    read = read_entries(made)
    assert len({str(one["UID"]) for one in read}) == len(tasks)
    for entry, (step, *rest) in zip(read, steps, strict=True):
        assert entry["SUMMARY"] == (one_line(make_visible(step)) or "—")
        who, know, notes = map(make_visible, rest)
        assert entry["DESCRIPTION"] == f"Who: {who}\nKnow: {know}\nNotes: {notes}\nWorksheet: Staff care"
    assert read_calendar(made).count("Worksheet: Staff care") == len(tasks)
