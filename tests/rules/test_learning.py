"""Reading on: choosing among resources, saying one in a line, and as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

from build import section_text, sheet_text, worksheet_from
from libwell.errors import NotFoundError
from libwell.model.document import References
from libwell.model.resources import Resource
from libwell.rules.learning import (
    choose_resources,
    leading_nowhere,
    resources_document,
    to_read_on,
    with_resources,
)
from libwell.rules.works import resource_line, source_blocks
from libwell.terminal.blocks import render

if TYPE_CHECKING:
    from libwell.model.resources import Audience

    For = Audience | Literal[""]


def resource(name: str, *topics: str, audience: tuple[str, ...] = ("staff",), **keys: str) -> Resource:
    given = {"title": name.capitalize(), "provider": "A library", "kind": "book-list", "about": "About it."}
    return Resource.model_validate({"id": name, "topics": topics, "audience": audience, **given, **keys})


SOME = (
    resource("rest", "burnout", "Work Load"),
    resource("lead", "burnout", "trust", audience=("leaders",)),
    resource("talk", "trust", audience=("staff", "patrons")),
)


def chosen(topic: str = "", audience: For = "") -> list[str]:
    found = choose_resources(SOME, topic, audience=audience)
    return [one.id for one in found]


@pytest.mark.parametrize(
    ("topic", "audience", "names"),
    [
        ("", "", ["rest", "lead", "talk"]),
        ("burnout", "", ["rest", "lead"]),
        ("BurnOut", "", ["rest", "lead"]),
        (" burnout ", "", ["rest", "lead"]),
        ("work load", "", ["rest"]),
        ("work-load", "", ["rest"]),
        ("Work  Load", "", ["rest"]),
        ("talk", "", ["talk"]),
        ("trust", "leaders", ["lead"]),
        ("", "patrons", ["talk"]),
        ("", "staff", ["rest", "talk"]),
    ],
)
def test_resources_are_chosen_by_topic_or_id_and_audience(
    topic: str, audience: For, names: list[str]
) -> None:
    assert chosen(topic, audience) == names


@pytest.mark.parametrize(
    ("topic", "audience", "message", "remedy"),
    [
        ("burnot", "", "There are no resources on burnot.", "Did you mean burnout?"),
        ("tlak", "", "There are no resources on tlak.", "Did you mean talk?"),
        ("zzz", "", "There are no resources on zzz.", "Topics are: Work Load, burnout, trust."),
        ("burnout", "patrons", "There are no resources on burnout for patrons.", "Leave --audience out."),
    ],
)
def test_where_there_are_none_it_says_what_there_is(
    topic: str, audience: For, message: str, remedy: str
) -> None:
    with pytest.raises(NotFoundError) as caught:
        chosen(topic, audience)
    assert (caught.value.message, caught.value.remedy) == (message, remedy)


def test_where_there_are_no_resources_at_all() -> None:
    assert choose_resources((), "", audience="") == ()
    with pytest.raises(NotFoundError, match=r"There are no resources at hand\."):
        choose_resources((), "burnout", audience="")


def test_a_resource_in_one_line() -> None:
    assert resource_line(SOME[0]) == "Rest (book list, A library)."
    with_address = resource("rest", url="https://example.org/rest")
    assert resource_line(with_address) == "Rest (book list, A library). https://example.org/rest"


def test_resources_to_read() -> None:
    full = resource("rest", "one", "two", country="US", url="https://example.org", kind="task-force")
    text = render(resources_document((full, SOME[1]), "First\nline.\n\nSecond."))
    assert text == (
        "Resources\n\n  First line.\n\n  Second.\n\n\n"
        "Rest\n\n  About it.\n\n"
        "  What: task force, A library\n  For: staff\n  Topics: one, two\n  Country: US\n"
        "  Address: https://example.org\n  Id: rest\n\n\n"
        "Lead\n\n  About it.\n\n  What: book list, A library\n  For: leaders\n  Topics: burnout, trust\n"
        "  Id: lead\n"
    )
    assert render(resources_document((), "")) == "Resources\n"


NAMING = worksheet_from(
    sheet_text(
        section_text(
            'id = "a", kind = "text"', keys='id = "one"\ntitle = "1"\nlearn_more = ["talk", "rest"]'
        ),
        section_text('id = "b", kind = "text"', keys='id = "two"\ntitle = "2"\nlearn_more = ["rest"]'),
        section_text('id = "c", kind = "text"', keys='id = "three"\ntitle = "3"'),
    )
)


def test_a_worksheet_takes_what_its_sections_name_in_their_order() -> None:
    complete = with_resources(NAMING, SOME)
    assert [one.id for one in complete.resources] == ["talk", "rest"]
    assert [[one.id for one in to_read_on(section, complete)] for section in complete.sections] == [
        ["talk", "rest"],
        ["rest"],
        [],
    ]
    assert with_resources(complete, ()) == complete
    assert list(leading_nowhere(complete, SOME)) == []


def test_what_is_not_at_hand_leads_nowhere() -> None:
    complete = with_resources(NAMING, SOME[:1])
    (found,) = leading_nowhere(complete, SOME[:1])
    assert (found.key, found.message) == ("sections[1].learn_more[1]", "there is no resource talk.")
    assert [one.id for one in to_read_on(complete.sections[0], complete)] == ["rest"]


def test_a_documents_reading_on_ends_with_them() -> None:
    text = worksheet_from(
        sheet_text(
            section_text('id = "a", kind = "text"'),
            '[[sources]]\ntitle = "A book"\n[[sources]]\ntitle = "More"\nrole = "further"\n',
        )
    ).model_copy(update={"resources": SOME[:1]})
    shown = [block for block in source_blocks(text) if isinstance(block, References)]
    lines = [[item.text for item in block.items] for block in shown]
    assert lines == [["A book."], ["More.", "Rest (book list, A library)."]]
