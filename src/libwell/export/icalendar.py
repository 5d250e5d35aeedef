"""The steps of a Document that have a day, as an iCalendar file (RFC 5545) for any calendar.

The same step has the same UID for ever, so that reading a file twice changes nothing, and reading it again
after the plan changed moves what is there. Nothing of the day, the machine or the program's version gets in.
It must not open a file or print.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from icalendar import Calendar, Event, Todo, vText

from libwell.model.characters import make_visible, one_line
from libwell.model.document import BY_WHEN, WORKSHEET, CalendarEntry, Task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from icalendar import Component

    from libwell.model.document import Document

_EMPTY = "—"
_END = "END:VCALENDAR\r\n"
_NAMESPACE = UUID("1f0c8a52-6d3e-5b8e-9a41-7c2b6e90d4f3")
_GIVEN_UP = {"handed-over": "CANCELLED", "let-go": "CANCELLED"}
_EVENT_STATUS = {"not-now": "TENTATIVE", **_GIVEN_UP}
_LEAD = {"done": "Done: "}
_TODO_STATUS = {"doing": "IN-PROCESS", "done": "COMPLETED", **_GIVEN_UP}


class _Text(vText):
    """Text that comes back as it is: icalendar by itself makes a line break of a backslash and an N."""

    def to_ical(self) -> bytes:
        """Escape as RFC 5545 says in 3.3.11."""
        text = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return text.replace("\n", "\\n").encode()


def render(document: Document) -> str:
    """Write an all-day event for each dated step. A document without any is a calendar with nothing in it."""
    return "".join(whole([events(document)]))


def render_tasks(document: Document) -> str:
    """As `render`, but for each dated step a task that is due on that day."""
    return "".join(whole([tasks(document)]))


def events(document: Document) -> str:
    """Write the events alone."""
    return _entries(document, _event)


def tasks(document: Document) -> str:
    """Write the tasks alone."""
    return _entries(document, _todo)


def whole(parts: Iterable[str], columns: tuple[str, ...] = ()) -> Iterator[str]:
    """The pieces of a calendar with the events or tasks in `parts`."""
    del columns
    calendar = Calendar()
    calendar.add("prodid", "-//libwell//libwell//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    yield calendar.to_ical().decode().removesuffix(_END)
    yield from parts
    yield _END


def _entries(document: Document, make: Callable[[Task, dt.date, CalendarEntry, str], Component]) -> str:
    made = []
    for block in document.blocks:
        match block:
            case Task(due=dt.date() as day, entry=CalendarEntry() as entry):
                made.append(make(block, day, entry, document.title).to_ical().decode())
    return "".join(made)


def _event(task: Task, day: dt.date, entry: CalendarEntry, title: str) -> Component:
    """An all-day event; without an end it lasts that one day. Nobody is busy by it."""
    event = _described(Event(), task, entry, title, lead=_LEAD.get(entry.status, ""))
    event.add("dtstart", day)
    event.add("transp", "TRANSPARENT")
    event.add("status", _EVENT_STATUS.get(entry.status, "CONFIRMED"))
    return event


def _todo(task: Task, day: dt.date, entry: CalendarEntry, title: str) -> Component:
    todo = _described(Todo(), task, entry, title, lead="")
    todo.add("due", day)
    todo.add("status", _TODO_STATUS.get(entry.status, "NEEDS-ACTION"))
    if entry.status == "done":
        todo.add("completed", _at_midnight(entry.changed))
        todo.add("percent-complete", 100)
    return todo


def _described(component: Component, task: Task, entry: CalendarEntry, title: str, *, lead: str) -> Component:
    """Say which step it is, what else is known of it, and from which worksheet it comes."""
    details = dict(task.details)
    details.setdefault(WORKSHEET, one_line(title))
    known = [f"{label}: {make_visible(text)}" for label, text in details.items() if label != BY_WHEN]
    component.add("uid", str(uuid5(_NAMESPACE, entry.key)))
    component.add("dtstamp", entry.saved or _at_midnight(entry.changed))
    component.add("sequence", entry.revision)
    component.add("summary", _Text(f"{lead}{one_line(make_visible(task.step)) or _EMPTY}"))
    component.add("description", _Text("\n".join(known)))
    if entry.private:
        component.add("class", "PRIVATE")
    return component


def _at_midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)
