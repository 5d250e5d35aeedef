"""What no worksheet does with numbers: each guardrail, and a worksheet that breaks it."""

from __future__ import annotations

import pytest

from build import OPEN, examine, response_for, section_text, sheet_text, worksheet_from
from libwell.export.markdown import render
from libwell.model.response import Person
from libwell.rules.asked_now import asked
from libwell.rules.documents import response_document
from libwell.rules.privacy import for_audience, leaving
from libwell.rules.records import response_data
from libwell.rules.scoring import scores

SCALE = 'scale = { min = 0, max = 3, labels = ["no", "yes"] }'
TIRED = f'id = "tired", kind = "rating", {SCALE}'
COLUMN = '{ id = "now", ask = "Now?", kind = "yes-no" }'
TABLE = f'id = "rows", kind = "table", columns = [{COLUMN}], rows = [{{ id = "a", text = "A" }}]'
BANDS = 'bands = [{ up_to = 1, say = "Low." }, { say = "High." }]'
BY_ROW = 'items = ["rows.*.now"]\nmethod = "sum"\neach_row = true'
LOOKING = 'id = "more", kind = "text", when = { score = "it", at_least = 2 }'
INSTRUMENT = (
    '[[sources]]\ntitle = "A scale"\nrole = "instrument"\nkey = "Its manual."\nlicence = "CC BY 4.0"\n'
)
FOR_ONE = "a score of private answers, or of level me, is for the person alone; "


def score(keys: str = 'items = ["tired"]\nmethod = "mean"', more: str = "") -> str:
    return f'[[scores]]\nid = "it"\ntitle = "It"\n{keys}\n{more}\n'


def mistakes(*parts: str, head: str = OPEN) -> list[str]:
    return [
        one.text("w").partition(": ")[2]
        for one in examine(sheet_text(*parts, head=head)).mistakes
        if not one.hint
    ]


@pytest.mark.parametrize("key", ["private = true", 'level = "me"'])
@pytest.mark.parametrize(
    ("prompts", "scored", "place", "said"),
    [
        ((TIRED,), score(more=BANDS), "scores[1].bands", "it has no bands."),
        (
            (TABLE,),
            score(BY_ROW, "offer_at_least = 2"),
            "scores[1].offer_at_least",
            "nothing is offered by it.",
        ),
        (
            (TABLE,),
            score(BY_ROW, "offer_at_most = 2"),
            "scores[1].offer_at_most",
            "nothing is offered by it.",
        ),
        ((TIRED, LOOKING), score(), "sections[1].prompts[2].when.score", "no condition looks at it."),
    ],
    ids=["bands", "offer at least", "offer at most", "condition"],
)
def test_a_score_for_the_person_alone_decides_nothing(
    key: str, prompts: tuple[str, ...], scored: str, place: str, said: str
) -> None:
    first = f"{prompts[0]}, {key}"
    (found,) = mistakes(section_text(first, *prompts[1:]), scored)
    assert found.startswith(f"{place}: {FOR_ONE}{said} ")
    assert mistakes(section_text(*prompts), scored) == []


def test_a_published_instrument_says_its_own_bands() -> None:
    private = section_text(f"{TIRED}, private = true")
    assert mistakes(private, score(more=BANDS), INSTRUMENT) == []
    for key in ("key", "licence"):
        without = "\n".join(line for line in INSTRUMENT.splitlines() if not line.startswith(key))
        found = mistakes(private, score(more=BANDS), f"{without}\n")
        assert "sources[1]: an instrument needs its `key` and its `licence`." in found


@pytest.mark.parametrize("word", ["burnout", "Burnout", "depression", "severe", "at risk"])
def test_bands_use_no_clinical_words(word: str) -> None:
    bands = BANDS.replace("High.", f"This is {word}.")
    (found,) = mistakes(section_text(TIRED), score(more=bands))
    assert found == (
        f"scores[1].bands[2].say: libwell says no diagnosis, and “{word}” is a clinical word. "
        "Say it in words of the work."
    )


def test_what_is_there_already_stays_readable_and_says_nothing() -> None:
    private = sheet_text(section_text(f"{TIRED}, private = true"), score(more=BANDS), head=OPEN)
    worksheet = examine(private).worksheet
    assert worksheet is not None
    (one,) = scores(worksheet, asked(worksheet, response_for(worksheet, "tired = 3")))
    assert (one.text, one.say) == ("3 of 3", "")


def test_such_a_score_leaves_in_no_export_even_with_what_is_private() -> None:
    worksheet = worksheet_from(sheet_text(section_text(f'{TIRED}, level = "me"'), score(), head=OPEN))
    response = response_for(worksheet, "tired = 3")
    assert for_audience(response, worksheet, private=False).scores == ()
    own = for_audience(response, worksheet, private=True)
    assert [one.text for one in own.scores] == ["3 of 3"]
    assert leaving(own).scores == ()


# --- hints ------------------------------------------------------------------------------------------


def hints(*parts: str) -> list[str]:
    found = examine(sheet_text(*parts, head=OPEN)).mistakes
    return [one.text("w").partition(": ")[2].partition(": ")[2] for one in found if one.hint]


def test_scores_for_the_person_alone_get_one_hint() -> None:
    said = (
        "made of private answers, or of level me, so that only the person sees it: it. "
        "Make a score of the work, and not of a person."
    )
    private = section_text(f"{TIRED}, private = true")
    assert any(said in hint for hint in hints(private, score()))
    assert not any(said in hint for hint in hints(private, score(), INSTRUMENT))
    assert not any(said in hint for hint in hints(section_text(TIRED), score()))


@pytest.mark.parametrize(
    ("ask", "more", "is_hinted"),
    [
        ("Name of the person?", "", True),
        ("Who?", "", True),
        ("Who follows up?", 'becomes = "who"', False),
        ("Which room?", "", False),
    ],
)
def test_a_rated_table_with_a_column_for_names_gets_a_hint(ask: str, more: str, *, is_hinted: bool) -> None:
    text = f'{{ id = "t", ask = "{ask}"{", " if more else ""}{more} }}'
    rated = f'{{ id = "r", ask = "How?", kind = "rating", {SCALE} }}'
    said = "rows that are rated are things, and this seems to ask for people's names."
    table = f'id = "rows", kind = "table", columns = [{text}, {{}}]'
    assert any(said in hint for hint in hints(section_text(table.replace("{}", rated)))) == is_hinted
    plain = '{ id = "r", ask = "How?" }'
    assert not any(said in hint for hint in hints(section_text(table.replace("{}", plain))))


# --- what asks about harming oneself ----------------------------------------------------------------

HARM = 'id = "harm", kind = "yes-no", ask = "Have you thought of hurting yourself?"'


def test_what_asks_about_harming_oneself_names_whom_to_turn_to() -> None:
    (found,) = mistakes(section_text(HARM))
    assert found == (
        'sections[1].prompts[1].ask: this asks about harming oneself. Write support = "now": whom to turn to '
        "is shown at once, and the answer never leaves."
    )
    assert mistakes(section_text(f'{HARM}, support = "now"')) == []
    (open_,) = mistakes(section_text(f'{HARM}, support = "now", private = false'))
    assert 'with support = "now" the answer is private: leave private out.' in open_


def test_its_answer_and_what_came_of_it_never_leave() -> None:
    plan = 'id = "plan", kind = "plan"'
    worksheet = worksheet_from(sheet_text(section_text(f'{HARM}, support = "now"', plan), head=OPEN))
    response = response_for(worksheet, 'harm = true\n[[actions]]\nid = "a1"\nstep = "Call"\nfrom = "harm"')
    own = for_audience(response, worksheet, private=True)
    assert [one.prompt.id for one in own.asked] == ["harm", "plan"]
    left = leaving(own)
    assert ([one.prompt.id for one in left.asked], left.actions, left.withheld) == (["plan"], (), 0)
    seen = for_audience(response, worksheet, private=False)
    assert ([one.prompt.id for one in seen.asked], seen.actions, seen.withheld) == (["plan"], (), 0)


# --- no number beside a name ------------------------------------------------------------------------


@pytest.mark.parametrize(("answers", "name"), [("tired = 2", ""), ("", "Ana")])
def test_no_score_stands_beside_a_name(answers: str, name: str) -> None:
    worksheet = worksheet_from(sheet_text(section_text(TIRED, 'id = "b", kind = "text"'), score(), head=OPEN))
    person = Person(name="Ana", team="Branch 4")
    response = response_for(worksheet, answers).model_copy(update={"person": person})
    excerpt = for_audience(response, worksheet, private=False)
    assert response_data(excerpt)["person"]["name"] == name
    written = render(response_document(excerpt))
    assert ("Ana" in written) == bool(name)
    assert "Branch 4" in written
