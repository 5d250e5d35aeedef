"""The walk as a state machine: where it stands, what a line does there, what is kept."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build import (
    TODAY,
    exported,
    hear,
    reopened,
    response_for,
    saved_and_read,
    section_text,
    sheet_text,
    things,
    walk_for,
    worksheet_from,
    worksheet_of,
)
from libwell.errors import CannotReadError
from libwell.rules.answers import problems
from libwell.rules.commands import HELP, read_command, unescaped
from libwell.rules.walk import Walk

SCALE = 'scale = { min = 0, max = 3, labels = ["not yet", "in place"] }'
MARKS = 'marks = [{ id = "well", text = "well" }, { id = "improve", text = "improve", offer = true }]'
KINDS = (
    'id = "words", kind = "text"',
    'id = "sure", kind = "yes-no", not_answers = ["dont-know"]',
    f'id = "place", kind = "choice", other = true, options = {things("branch", "van")}',
    f'id = "areas", kind = "choices", other = true, max = 3, options = {things("space", "signs", "done")}',
    'id = "hours", kind = "number", min = 0, max = 40, step = 0.5',
    'id = "day", kind = "date"',
    f'id = "calm", kind = "rating", {SCALE}, offer_at_most = 1',
    f"""id = "practice", kind = "rating", {SCALE}, items = {things("signs", "done")},
    not_answers = ["dont-know"]""",
    f"""id = "care", kind = "checklist", add_items = true, {MARKS},
    items = {things("breaks", "done", "remark")}""",
    'id = "names", kind = "list", max = 3',
    f"""id = "rota", kind = "table", rows = {things("mon", "tue")},
    columns = [{{ id = "who", ask = "Who?" }}, {{ id = "hours", ask = "Hours?", kind = "number" }}]""",
    """id = "people", kind = "table", max = 2,
    columns = [{ id = "name", ask = "Name?" }, { id = "tel", ask = "Tel?" }]""",
    """id = "goals", kind = "table", rows_from = "areas",
    columns = [{ id = "goal", ask = "Goal?", offer = true }]""",
    'id = "first-one", kind = "choice", options_from = "areas"',
    'id = "some", kind = "choices", other = true, options_from = "areas"',
    'id = "plan", kind = "plan"',
)
EVERYTHING = worksheet_of(*KINDS)
WITH_SHORT_WAY = worksheet_of(
    *(f"{keys}, core = true" if number % 3 == 0 else keys for number, keys in enumerate(KINDS)),
    head="private = false\nshort_minutes = 3",
)


def at(walk: Walk) -> str:
    """Where the walk stands: `prompt.key`, or `review`."""
    if walk.at_review:
        return "review"
    question = walk.turn()
    return ".".join((question.asked.prompt.id, *question.step.key))


def refusal(walk: Walk, line: str) -> str:
    """Type a line that can't be read here; nothing changes."""
    before, place = walk.response, at(walk)
    with pytest.raises(CannotReadError) as caught:
        walk.hear(line)
    assert walk.response == before
    assert at(walk) == place
    return caught.value.message


THREE = worksheet_of(
    'id = "sure", kind = "yes-no"', 'id = "words", kind = "text"', 'id = "place", kind = "text", long = false'
)


# --- the way --------------------------------------------------------------------------------------


def test_it_begins_at_the_first_question_and_counts() -> None:
    question = walk_for(THREE).turn()
    assert (question.number, question.total, question.is_first_step, question.going_on) == (1, 3, True, False)
    assert question.asked.prompt.id == "sure"


def test_it_goes_from_question_to_question_to_the_review() -> None:
    walk = walk_for(THREE)
    places = [at(walk)]
    for line in ("y", "one", "", "here"):
        walk.hear(line)
        places.append(at(walk))
    assert places == ["sure", "words", "words", "place", "review"]
    assert walk.hear("").act == "finish"
    assert walk.response.status == "complete"
    assert walk.response.completed == TODAY
    assert walk.response.at == ""


def test_enter_keeps_what_is_there_and_passes_by_what_is_not() -> None:
    walk = hear(walk_for(THREE, 'words = "kept"'), "", "", "")
    assert walk.response.answers == {
        "sure": {"not-answered": "skipped"},
        "words": "kept",
        "place": {"not-answered": "skipped"},
    }


@pytest.mark.parametrize(
    ("prompt", "answer", "lines", "left"),
    [
        ("sure", "true", ["-"], {"not-answered": "skipped"}),
        ("words", '"x"', ["-"], {"not-answered": "skipped"}),
        ("place", '"van"', ["-"], {"not-answered": "skipped"}),
        ("areas", '["space"]', ["-"], {"not-answered": "skipped"}),
        ("hours", "3", ["-"], {"not-answered": "skipped"}),
        ("day", "2026-12-01", ["-"], {"not-answered": "skipped"}),
        ("calm", "0", ["-"], {"not-answered": "skipped"}),
        ("practice", "{ signs = 1, done = 2 }", ["-"], {"not-answered": "skipped"}),
        ("practice", "{ signs = 1, done = 2 }", ["", "-"], {"done": 2}),
        ("care", '{ well = ["breaks", "done"] }', ["-"], {"not-answered": "skipped"}),
        ("care", '{ well = ["breaks", "done"] }', ["", "-"], {"well": ["done"]}),
        ("names", '["a", "b"]', ["-"], ["b"]),
        ("rota", '{ mon = { who = "Ana", hours = 2 } }', ["-"], {"mon": {"hours": 2}}),
        ("people", '[{ name = "Ana" }, { name = "Joy" }]', ["-"], [{"name": "Joy", "id": "row-2"}]),
    ],
)
def test_a_hyphen_empties_what_is_there(prompt: str, answer: str, lines: list[str], left: object) -> None:
    walk = hear(walk_for(EVERYTHING, f"{prompt} = {answer}", at=prompt), *lines[:-1])
    assert walk.hear(lines[-1]).said == ("Emptied.",)
    hear(walk, ":skip")
    assert walk.response.answers[prompt] == left


@pytest.mark.parametrize(
    ("place", "answer"),
    [
        ("words", 'words = "x"'),
        ("hours", "hours = 3"),
        ("practice", "practice = { signs = 1, done = 2 }"),
        ("practice.done", "practice = { signs = 1, done = 2 }"),
        ("rota.mon.who", 'rota = { mon = { who = "Ana", hours = 2 } }'),
    ],
)
def test_a_hyphen_empties_and_stays_and_then_there_is_nothing_to_take_out(place: str, answer: str) -> None:
    walk = hear(walk_for(EVERYTHING, answer, at=place), "-")
    assert at(walk) == place
    assert walk.turn().step.answer == ""
    before = walk.response
    assert walk.hear("-").said == ("There is nothing to take out.",)
    assert (walk.response, at(walk)) == (before, place)


@pytest.mark.parametrize("place", ["areas.+", "care.+", "names.+", "people.+.name", "plan.+"])
def test_there_is_nothing_to_take_out_where_something_can_be_added(place: str) -> None:
    walk = walk_for(EVERYTHING, at=place)
    assert walk.hear("-").said == ("There is nothing to take out.",)
    assert at(walk) == place


def test_a_hyphen_takes_an_own_entry_out_that_has_no_mark_yet() -> None:
    walk = hear(walk_for(EVERYTHING, at="care.+"), "Quiet room")
    assert at(walk) == "care.other-1"
    assert walk.hear("-").said == ("Emptied.",)
    assert (at(walk), walk.response.answers) == ("care.+", {})


def test_a_hyphen_takes_a_not_answer_away() -> None:
    walk = hear(walk_for(EVERYTHING, at="sure"), ":idk", ":back")
    assert walk.hear("-").said == ("Emptied.",)
    assert walk.response.answers == {}


def test_an_item_may_be_called_done_or_remark() -> None:
    walk = walk_for(EVERYTHING, at="care")
    hear(walk, "")
    assert [at(hear(walk, "w")) for _ in range(3)] == ["care.done", "care.remark", "care.+"]
    assert walk.response.answers["care"] == {"well": ["breaks", "done", "remark"]}
    walk = hear(walk_for(EVERYTHING, at="practice"), "")
    assert [at(hear(walk, "1")) for _ in range(2)] == ["practice.done", "care"]


# --- :back, :skip, :go, :clear --------------------------------------------------------------------


def test_back_goes_one_step_back_and_stops_at_the_first() -> None:
    walk = walk_for(EVERYTHING, 'names = ["a"]', at="people.+.name")
    places = []
    for _ in range(8):
        walk.hear(":back")
        places.append(at(walk))
    assert places == [
        *("rota.tue.hours", "rota.tue.who", "rota.mon.hours", "rota.mon.who"),
        *("names.+", "names.1", "care.+", "care.remark"),
    ]
    first = hear(walk_for(THREE))
    assert first.hear(":back").said == ("This is the first question.",)
    assert at(first) == "sure"


def test_back_from_the_review_is_the_last_step() -> None:
    walk = hear(walk_for(THREE), "", "", "")
    assert at(hear(walk, ":back")) == "place"


def test_back_does_not_lose_what_was_typed() -> None:
    walk = hear(walk_for(THREE), "y", "one", ":back", ":skip")
    assert walk.response.answers == {"sure": True, "words": "one"}
    assert walk.turn().step.answer == "one"


def test_skip_goes_on_to_the_next_question_and_leaves_the_answer() -> None:
    walk = hear(walk_for(EVERYTHING, at="rota"), "Ana", ":skip")
    assert at(walk) == "people.+.name"
    assert walk.response.answers == {"rota": {"mon": {"who": "Ana"}}}
    assert at(hear(walk, ":skip")) == "goals"
    assert walk.response.answers["people"] == {"not-answered": "skipped"}


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ("2", "words"),
        (" 3 ", "place"),
        ("place", "place"),
        ("first", "sure"),
        ("01", "sure"),
        ("  words  ", "words"),
    ],
)
def test_go_by_number_or_id(where: str, place: str) -> None:
    assert at(hear(walk_for(THREE), f":go {where}")) == place


@pytest.mark.parametrize(
    "where", ["0", "4", "-1", "1.5", "wordz", "", "99999999999999", "words place", "review"]
)
def test_go_to_nowhere_says_what_can_be_typed(where: str) -> None:
    assert (
        refusal(walk_for(THREE), f":go {where}")
        == "Type :go with a number from 1 to 3, or with an id. :list shows them."
    )


def test_going_does_not_skip_what_lies_between() -> None:
    assert hear(walk_for(THREE), ":go 3").response.answers == {}


PARTS = worksheet_from(
    sheet_text(
        section_text('id = "a", kind = "text"', 'id = "b", kind = "yes-no"', 'id = "c", kind = "text"'),
        section_text('id = "d", kind = "yes-no"', keys='id = "second"\ntitle = "Second"'),
        section_text(
            f'id = "e", kind = "rating", {SCALE}, items = {things("signs", "light")}',
            'id = "f", kind = "yes-no"',
            'id = "g", kind = "text", when = { prompt = "f", is = true }',
            keys='id = "third"\ntitle = "Third"',
        ),
    )
)
SKIPPED = {"not-answered": "skipped"}


@pytest.mark.parametrize("line", [":skip part", ":SKIP Part", ":ski  part "])
def test_skip_part_goes_behind_the_section_and_leaves_what_is_there(line: str) -> None:
    walk = hear(walk_for(PARTS, 'c = "kept"'), line)
    assert at(walk) == "d"
    assert walk.response.answers == {"a": SKIPPED, "b": SKIPPED, "c": "kept"}


def test_skip_part_passes_by_only_what_comes_behind() -> None:
    walk = hear(walk_for(PARTS), ":go b", ":skip part")
    assert at(walk) == "d"
    assert walk.response.answers == {"b": SKIPPED, "c": SKIPPED}
    assert at(hear(walk_for(PARTS), ":go d", ":skip part")) == "e"


def test_skip_part_works_in_the_middle_of_a_text_and_of_items() -> None:
    walk = hear(walk_for(PARTS), "one line", ":skip part")
    assert (at(walk), walk.response.answers["a"]) == ("d", "one line")
    walk = hear(walk_for(PARTS, at="e.signs"), "2", ":skip part")
    assert at(walk) == "review"
    assert walk.response.answers == {"e": {"signs": 2}, "f": SKIPPED}


def test_skip_part_of_the_last_section_is_the_review() -> None:
    walk = hear(walk_for(PARTS), ":go e", ":skip part")
    assert at(walk) == "review"
    assert walk.response.answers == {"e": SKIPPED, "f": SKIPPED}
    assert at(hear(walk, "")) == "a"  # which has not come up yet


def test_skip_part_passes_by_what_is_asked_now_and_nothing_that_is_hidden() -> None:
    walk = hear(walk_for(PARTS, "f = true", at="f"), ":skip part")
    assert walk.response.answers == {"f": True, "g": SKIPPED}
    walk = hear(walk_for(PARTS, "f = false", at="f"), ":skip part")
    assert walk.response.answers == {"f": False}


def test_skip_part_from_the_review_passes_by_the_part_and_comes_back() -> None:
    walk = hear(walk_for(PARTS, at="f"), ":skip part", ":go a", ":skip part")
    assert at(walk) == "review"
    assert walk.response.answers == {"a": SKIPPED, "b": SKIPPED, "c": SKIPPED, "f": SKIPPED}
    assert at(hear(walk, "")) == "d"
    assert at(hear(walk, ":skip part")) == "e"  # has not come up yet either
    assert at(hear(walk, ":skip part")) == "review"
    assert (
        refusal(walk, ":skip part")
        == "At the review, type a number to change that answer, or Enter to go on."
    )


@pytest.mark.parametrize("line", [":skip all", ":skip parts", ":skip 2", ":skip the part"])
def test_skip_knows_no_other_word(line: str) -> None:
    said = refusal(walk_for(PARTS), line)
    assert said == "Type :skip for this question, or :skip part for the rest of this part."


def test_skip_row_goes_on_with_the_next_row_and_behind_the_last_with_the_next_question() -> None:
    walk = walk_for(EVERYTHING, 'rota = { mon = { who = "Ana" } }', at="rota.mon.who")
    assert at(hear(walk, ":skip row")) == "rota.tue.who"
    assert at(hear(walk, "Joy", ":skip row")) == "people.+.name"
    assert walk.response.answers == {"rota": {"mon": {"who": "Ana"}, "tue": {"who": "Joy"}}}
    assert at(hear(walk, "Ana", ":Skip Row")) == "people.+.name"


@pytest.mark.parametrize("place", ["sure", "words", "care.breaks", "names.+"])
def test_skip_row_is_for_tables(place: str) -> None:
    said = refusal(walk_for(EVERYTHING, at=place), ":skip row")
    assert said == ":skip row is for tables. Type :skip for this question."


def test_clear_empties_the_whole_question_and_asks_it_again() -> None:
    walk = walk_for(
        EVERYTHING, 'rota = { mon = { who = "Ana", hours = 1 }, tue = { who = "Joy" } }', at="rota.tue.who"
    )
    assert walk.hear(":clear").said == ("Emptied.",)
    assert "rota" not in walk.response.answers
    assert at(walk) == "rota.mon.who"


def test_clear_takes_a_not_answer_away() -> None:
    for prompt in ("sure", "practice", "care", "plan"):
        walk = walk_for(EVERYTHING, f'{prompt} = {{ not-answered = "prefer-not-to-say" }}', at=prompt)
        hear(walk, ":clear")
        assert walk.response.answers == {}


@pytest.mark.parametrize("part", ["who", "due", "know"])
def test_clear_in_a_line_of_a_step_does_not_take_the_plan_away(part: str) -> None:
    walk = walk_for(EVERYTHING, '[[actions]]\nstep = "x"\n[[actions]]\nstep = "y"', at=f"plan.a1.{part}")
    said = "Type - to empty this line. :clear would take out every step of your plan."
    assert refusal(walk, ":clear") == said
    assert [action.step for action in walk.response.actions] == ["x", "y"]


def test_clear_takes_every_action_out() -> None:
    walk = hear(walk_for(EVERYTHING, '[[actions]]\nstep = "x"\n[[actions]]\nstep = "y"', at="plan"), ":clear")
    assert walk.response.actions == ()
    assert walk.response.last_action == 2


# --- commands -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["list", "help", "why", "support", "hide", "pause", "editor"])
def test_commands_that_show_something_change_nothing(name: str) -> None:
    walk = walk_for(THREE, at="words")
    before = walk.response
    assert walk.hear(f":{name}").act == name
    assert walk.response == before
    assert at(walk) == "words"


def test_every_word_of_the_help_is_known() -> None:
    for typed, _ in HELP[2:-1]:
        command = read_command(typed)
        assert command is not None
        said = f":{command.name} {command.argument}".rstrip()
        assert typed == ("?" if command.name == "again" else said)


@pytest.mark.parametrize("line", [":q", ":quit", ":exit", ":stop", ":Quit ", " :pause"])
def test_several_words_stop(line: str) -> None:
    for place in ("words", "sure", "care.+"):
        assert walk_for(EVERYTHING, at=place).hear(line).act == "pause"


@pytest.mark.parametrize(("line", "act"), [("?", "again"), (":?", "again"), (" ? ", "again"), (":h", "help")])
def test_short_commands_that_show_something(line: str, act: str) -> None:
    for place in ("words", "sure", "care.+", "plan.+"):
        walk = walk_for(EVERYTHING, at=place)
        before = walk.response
        assert walk.hear(line).act == act
        assert walk.response == before


def test_short_not_answers() -> None:
    walk = hear(walk_for(EVERYTHING, at="sure"), ":idk")
    assert walk.response.answers == {"sure": {"not-answered": "dont-know"}}
    assert refusal(walk_for(EVERYTHING, at="sure"), ":n/a") == refusal(walk_for(EVERYTHING, at="sure"), ":na")


@pytest.mark.parametrize("line", [":clear my desk", ":back please", ":quit it", "? what"])
def test_a_command_that_takes_nothing_stands_alone(line: str) -> None:
    walk = walk_for(THREE, 'words = "kept"', at="words")
    if line.startswith("?"):
        assert hear(walk, line).response.answers["words"] == "kept\n? what"
    else:
        assert "stands alone on its line." in refusal(walk, line)


STOPS = ("quit", "Exit", "q", " stop ")
NO_WORDS = ("sure", "hours", "day", "calm", "practice", "practice.done", "care", "care.breaks", "first-one")


@pytest.mark.parametrize("place", NO_WORDS)
def test_plain_words_stop_or_help_where_they_are_no_answer(place: str) -> None:
    for line, act in (*((stop, "pause") for stop in STOPS), ("help", "help")):
        walk = walk_for(EVERYTHING, 'areas = ["space", "signs"]', at=place)
        before = walk.response
        assert walk.hear(line).act == act
        assert walk.response == before
        with pytest.raises(CannotReadError):
            walk.hear(line, pasted=True)


def test_plain_words_stop_or_help_at_the_review_when_they_are_typed() -> None:
    walk = hear(walk_for(THREE), ":skip part")
    assert [walk.hear(line).act for line in ("quit", "help")] == ["pause", "help"]
    with pytest.raises(CannotReadError):
        walk.hear("quit", pasted=True)


@pytest.mark.parametrize(
    "place",
    ["words", "place", "areas.+", "care.+", "names.+", "rota.mon.who", "people.+.name", "some", "plan.+"],
)
def test_plain_words_are_kept_where_they_can_be_an_answer_and_how_to_stop_is_said(place: str) -> None:
    for line in ("quit", "help"):
        walk = walk_for(EVERYTHING, 'areas = ["space", "signs"]', at=place)
        heard = walk.hear(line)
        assert heard.act == ""
        assert heard.said[-1] == "Kept as your words. To stop, type :pause; :help shows what else there is."
        assert f"'{line}'" in str([walk.response.answers, walk.response.actions])


def test_parts_of_a_step_are_words_too() -> None:
    for part, text in (("who", "help"), ("due", "stop"), ("know", "q")):
        walk = walk_for(EVERYTHING, '[[actions]]\nstep = "x"', at=f"plan.a1.{part}")
        assert walk.hear(text).said[-1].startswith("Kept as your words.")
        assert getattr(walk.response.actions[0], part) == text


QUIET = worksheet_of(
    f'id = "one", kind = "choice", options = {things("quiet", "stop-signs", "helpers")}',
    f'id = "two", kind = "choice", options = {things("helpers", "helplines")}',
    f'id = "marks", kind = "checklist", marks = {things("quit", "exit")}, items = {things("desk", "van")}',
)


def test_options_and_marks_that_begin_with_a_plain_word_go_first() -> None:
    for line, picked in (("q", "quiet"), ("stop", "stop-signs"), ("help", "helpers")):
        assert hear(walk_for(QUIET), line).response.answers == {"one": picked}
    assert refusal(walk_for(QUIET, at="two"), "help").startswith("That could be “Helpers” or “Helplines”.")
    walk = hear(walk_for(QUIET, at="marks.desk"), "quit")
    assert walk.response.answers == {"marks": {"quit": ["desk"]}}


@pytest.mark.parametrize(
    "prompt", ["sure", "place", "areas", "hours", "day", "calm", "practice", "care", "goals"]
)
def test_the_editor_is_for_answers_in_ones_own_words(prompt: str) -> None:
    assert (
        refusal(walk_for(EVERYTHING, at=prompt), ":editor") == "The editor is for answers in your own words."
    )


@pytest.mark.parametrize("place", ["words", "names.+", "care.+", "rota.mon.who", "plan.+", "areas.+"])
def test_the_editor_opens_on_words(place: str) -> None:
    assert walk_for(EVERYTHING, at=place).hear(":editor").act == "editor"


@pytest.mark.parametrize("line", [":x", ":skipp", ":go-on", ":d", ":smile:", ":é"])
def test_an_unknown_command_is_no_answer(line: str) -> None:
    assert f"There is no {line}." in refusal(walk_for(THREE, at="words"), line)


@pytest.mark.parametrize(
    ("line", "place"), [(":Back", "sure"), (":bac", "sure"), (":ski", "place"), (":GO 3", "place")]
)
def test_a_command_may_be_shortened_and_written_large(line: str, place: str) -> None:
    assert at(hear(walk_for(THREE, at="words"), line)) == place


def test_an_unknown_command_suggests_the_nearest() -> None:
    assert "Did you mean" in refusal(walk_for(THREE), ":skipp")


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("::", ":"),
        ("::back", ":back"),
        (":::x", "::x"),
        (":)", ":)"),
        (":-) fine", ":-) fine"),
        (": a", ": a"),
        (":5", ":5"),
        ("a :back", "a :back"),
        ("??", "??"),
        ("-- x", "-- x"),
        ("- x", "- x"),
    ],
)
def test_what_is_no_command_is_an_answer(line: str, text: str) -> None:
    walk = hear(walk_for(THREE, at="place"), line)
    assert walk.response.answers["place"] == text


def test_two_colons_begin_a_line_with_a_colon() -> None:
    assert unescaped("::x") == ":x"
    assert unescaped(":x") == ":x"


@pytest.mark.parametrize(
    "text", [":back", ":pause", "-", "::x", ":nothing", "one\n:back\n\ntwo", "   ", "\n\n"]
)
def test_a_paste_is_never_a_command(text: str) -> None:
    for prompt in ("words", "place"):
        walk = walk_for(THREE, at=prompt)
        heard = walk.hear(text, pasted=True)
        assert heard.act == ""
        assert walk.response.answers[prompt] == text


@pytest.mark.parametrize(
    "place", ["words", "place", "sure", "names.+", "plan.+", "areas.+", "care", "care.done", "people.+.name"]
)
def test_a_paste_of_nothing_is_enter(place: str) -> None:
    pasted, entered = walk_for(EVERYTHING, at=place), hear(walk_for(EVERYTHING, at=place), "")
    pasted.hear("", pasted=True)
    assert (pasted.response, at(pasted)) == (entered.response, at(entered))


# --- text -----------------------------------------------------------------------------------------


def test_lines_are_added_up_to_an_empty_one() -> None:
    walk = hear(walk_for(THREE, at="words"), "one", "  two", "-", "::3")
    assert walk.turn().going_on
    assert walk.response.answers["words"] == "one\n  two\n-\n:3"
    assert at(hear(walk, "")) == "place"


def typed_at_once(walk: Walk, *lines: str) -> list[str]:
    """Type lines so fast that at each empty one but the last more has come already. Give what is said."""
    said: list[str] = []
    for number, line in enumerate(lines, 1):
        said += walk.hear(line, followed=line == "" and number < len(lines)).said
    return said


def test_what_comes_at_once_is_one_answer_with_its_paragraphs() -> None:
    walk = walk_for(THREE, at="words")
    said = typed_at_once(walk, "one", "two", "", "three", "", "", "four", "")
    assert walk.response.answers == {"words": "one\ntwo\n\nthree\n\n\nfour"}
    assert said == ["Taken as one answer, 3 paragraphs. :back to mend."]
    assert at(walk) == "place"


def test_a_command_that_comes_at_once_behind_an_empty_line_ends_the_answer() -> None:
    walk = walk_for(THREE, at="words")
    typed_at_once(walk, "one", "", ":skip")
    assert walk.response.answers == {"words": "one", "place": SKIPPED}
    assert at(walk) == "review"


def test_empty_lines_at_the_end_leave_nothing_behind() -> None:
    walk = walk_for(THREE, at="words")
    assert typed_at_once(walk, "one", "", "", "") == ["Kept."]
    assert (walk.response.answers, at(walk)) == ({"words": "one"}, "place")


def test_an_empty_line_where_nothing_was_typed_skips_whatever_comes_behind() -> None:
    walk = walk_for(THREE, at="words")
    walk.hear("", followed=True)
    assert (walk.response.answers, at(walk)) == ({"words": SKIPPED}, "place")


def test_a_line_is_added_to_what_is_there() -> None:
    walk = hear(walk_for(THREE, 'words = "one"', at="words"), "two", "")
    assert walk.response.answers["words"] == "one\ntwo"


def test_commands_work_between_the_lines() -> None:
    walk = hear(walk_for(THREE, at="words"), "one", ":go sure")
    assert at(walk) == "sure"
    walk = hear(walk_for(THREE, at="words"), "one", ":clear", "two", "")
    assert walk.response.answers["words"] == "two"


def test_a_paste_and_typed_lines_make_one_text() -> None:
    walk = walk_for(THREE, at="words")
    walk.hear("one\n\ntwo", pasted=True)
    hear(walk, "three", "")
    assert walk.response.answers["words"] == "one\n\ntwo\nthree"


def test_a_whole_text_replaces_what_is_there_and_goes_on() -> None:
    walk = walk_for(THREE, 'words = "one"', at="words")
    walk.hear(":back\n- all new", whole=True)
    assert walk.response.answers["words"] == ":back\n- all new"
    assert at(walk) == "place"


def test_a_whole_text_replaces_one_entry() -> None:
    walk = walk_for(EVERYTHING, 'names = ["a", "b"]', at="names.1")
    walk.hear("A", whole=True)
    assert walk.response.answers["names"] == ["A", "b"]


def test_a_text_that_is_too_long_changes_nothing() -> None:
    walk = walk_for(THREE, f'words = "{"x" * 99_990}"', at="words")
    assert "At most 100,000 characters" in refusal(walk, "y" * 10)


# --- not-answers ----------------------------------------------------------------------------------


@pytest.mark.parametrize("prompt", [keys.split('"')[1] for keys in KINDS])
def test_prefer_not_is_a_full_answer_to_every_question(prompt: str) -> None:
    walk = walk_for(EVERYTHING, at=prompt)
    hear(walk, ":prefer-not")
    assert walk.response.answers == {prompt: {"not-answered": "prefer-not-to-say"}}
    assert problems(EVERYTHING, walk.response) == []
    assert not at(walk).startswith(prompt)


def test_other_not_answers_only_where_the_question_takes_them() -> None:
    walk = hear(walk_for(EVERYTHING, at="sure"), ":dont-know")
    assert walk.response.answers["sure"] == {"not-answered": "dont-know"}
    said = "This question does not take :{}. :skip and :prefer-not always work."
    assert refusal(walk_for(EVERYTHING, at="sure"), ":not-applicable") == said.format("not-applicable")
    assert refusal(walk_for(EVERYTHING, at="words"), ":dont-know") == said.format("dont-know")


def test_with_items_a_not_answer_is_the_items() -> None:
    walk = hear(walk_for(EVERYTHING, at="practice"), "", "2", ":dont-know")
    assert walk.response.answers["practice"] == {"signs": 2, "done": {"not-answered": "dont-know"}}
    assert at(hear(walk, ":back")) == "practice.done"
    assert walk.turn().step.answer == "don't know"
    assert hear(walk, "0").response.answers["practice"] == {"signs": 2, "done": 0}


@pytest.mark.parametrize(
    ("prompt", "answer"),
    [
        ("words", '"x"'),
        ("rota", '{ mon = { who = "Ana" } }'),
        ("people", '[{ name = "Ana" }]'),
        ("care", '{ well = ["breaks"] }'),
        ("names", '["a"]'),
        ("areas", '["space"]'),
    ],
)
def test_a_not_answer_does_not_wipe_out_what_was_written(prompt: str, answer: str) -> None:
    walk = walk_for(EVERYTHING, f"{prompt} = {answer}", at=prompt)
    assert ":clear empties it first" in refusal(walk, ":prefer-not")
    hear(walk, ":clear", ":prefer-not")
    assert walk.response.answers[prompt] == {"not-answered": "prefer-not-to-say"}


def test_a_not_answer_does_not_wipe_out_the_plan() -> None:
    walk = walk_for(EVERYTHING, '[[actions]]\nstep = "x"', at="plan")
    assert ":clear empties it first" in refusal(walk, ":prefer-not")


def test_one_pick_is_replaced_by_a_not_answer_and_the_other_way_round() -> None:
    walk = hear(walk_for(EVERYTHING, "sure = true", at="sure"), ":prefer-not", ":back", "n")
    assert walk.response.answers["sure"] is False


# --- the review -----------------------------------------------------------------------------------


@pytest.mark.parametrize("line", [":why", ":editor", ":skip", ":clear", ":dont-know", ":prefer-not"])
def test_at_the_review_there_is_no_question_to_answer(line: str) -> None:
    walk = walk_for(THREE, at=":review")
    assert refusal(walk, line) == "At the review, type a number to change that answer, or Enter to go on."


@pytest.mark.parametrize("line", ["x", "y", "0", "4", "-"])
def test_at_the_review_other_lines_are_no_answer(line: str) -> None:
    refusal(walk_for(THREE, at=":review"), line)


@pytest.mark.parametrize("line", [":list", ":help", ":support", ":hide", ":pause"])
def test_at_the_review_commands_that_show_something_work(line: str) -> None:
    assert walk_for(THREE, at=":review").hear(line).act == line[1:]


@pytest.mark.parametrize("line", ["2", ":go 2", ":go words"])
def test_from_the_review_one_answer_is_changed_and_the_review_comes_back(line: str) -> None:
    walk = hear(walk_for(THREE, 'sure = true\nwords = "x"\nplace = "y"', at=":review"), line)
    assert at(walk) == "words"
    assert at(hear(walk, "more", "")) == "review"
    assert at(hear(walk, "1", ":go 3", "here")) == "review"
    assert at(hear(walk, "1", ":skip")) == "review"


def test_what_was_never_reached_comes_up_before_finishing() -> None:
    walk = hear(walk_for(THREE, at=":review"), ":go 3", "here")
    assert walk.hear("").said == ("This question has not come up yet.",)
    assert at(walk) == "sure"
    assert at(hear(walk, "y")) == "words"  # and not the whole review in between
    assert at(hear(walk, ":skip")) == "review"
    assert walk.hear("").act == "finish"


def test_only_what_never_came_up_is_asked_between_two_reviews() -> None:
    walk = hear(walk_for(THREE, 'words = "x"', at=":review"), "")
    assert at(walk) == "sure"
    assert at(hear(walk, "y")) == "place"
    assert at(hear(walk, "here")) == "review"
    assert at(hear(walk, "1", "n")) == "review"


def test_a_required_answer_is_asked_for_again_and_prefer_not_is_one() -> None:
    worksheet = worksheet_of('id = "words", kind = "text", required = true')
    walk = hear(walk_for(worksheet), "")
    for _ in range(2):
        assert walk.hear("").said == ("This one needs an answer before you finish; :prefer-not is one.",)
        assert at(hear(walk, ":skip")) == "review"
    hear(walk, "", ":prefer-not")
    assert walk.hear("").act == "finish"


def test_required_holds_only_while_the_prompt_is_asked() -> None:
    worksheet = worksheet_of(
        'id = "sure", kind = "yes-no"',
        'id = "why", kind = "text", required = true, when = { prompt = "sure", is = true }',
    )
    assert hear(walk_for(worksheet), "n").hear("").act == "finish"
    assert at(hear(walk_for(worksheet), "y", ":skip", "")) == "why"


# --- conditions -----------------------------------------------------------------------------------

HIDING = worksheet_of(
    'id = "sure", kind = "yes-no"',
    'id = "why", kind = "text", long = false, when = { prompt = "sure", is = true }',
    'id = "else", kind = "text", long = false, when = { not = { prompt = "sure", is = true } }',
    'id = "last", kind = "yes-no"',
)


def test_what_appears_is_asked_and_counted() -> None:
    walk = hear(walk_for(HIDING), "y")
    assert (at(walk), walk.turn().number, walk.turn().total) == ("why", 2, 3)
    assert at(hear(walk, "because")) == "last"
    walk = hear(walk, ":go sure", "n")
    assert (at(walk), walk.turn().total) == ("else", 3)


def test_what_vanishes_cannot_be_gone_to() -> None:
    refusal(hear(walk_for(HIDING), "n"), ":go why")


def test_from_the_review_what_appears_comes_up_before_finishing() -> None:
    walk = hear(walk_for(HIDING), "n", "x", "y", "1", "y")
    assert at(walk) == "review"
    assert walk.hear("").said == ("This question has not come up yet.",)
    assert at(walk) == "why"
    hear(walk, "because")
    assert walk.hear("").act == "finish"
    assert walk.response.answers == {"sure": True, "else": "x", "last": True, "why": "because"}


def test_a_whole_section_appears_and_vanishes() -> None:
    when = 'id = "second"\ntitle = "Second"\nwhen = { prompt = "sure", is = true }'
    second = section_text('id = "why", kind = "text"', 'id = "how", kind = "text"', keys=when)
    walk = walk_for(worksheet_from(sheet_text(section_text('id = "sure", kind = "yes-no"'), second)))
    assert at(hear(walk, "n")) == "review"
    assert at(hear(walk, ":back", "y")) == "why"
    assert at(hear(walk, "", "")) == "review"


def test_rows_and_options_without_picks_have_nothing_to_answer() -> None:
    for prompt in ("goals", "first-one"):
        walk = walk_for(EVERYTHING, at=prompt)
        assert walk.turn().step.hint == "There is nothing to answer here yet. Enter goes on."
        for line in ("1", "x", "-"):
            assert refusal(walk, line) == "There is nothing to answer here yet. Enter goes on."
        assert at(hear(walk, "")) != prompt


# --- the place ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ([], "words"),
        (["one"], "words"),
        (["one", ""], "sure"),
        ([":go practice", "", "1"], "practice.done"),
        ([":go care", "", "w"], "care.done"),
        ([":go care", "1w", "Quiet room"], "care.other-1"),
        ([":go names", "a"], "names.+"),
        ([":go areas", "1", "Mine"], "areas.+"),
        ([":go rota", "Ana", "2"], "rota.tue.who"),
        ([":go people", "Ana"], "people.row-1.tel"),
        ([":go plan", "Rest"], "plan.a1.who"),
        ([":go plan", ":skip"], "review"),
        ([":go hours", ":back"], "areas.+"),
    ],
)
def test_it_is_taken_up_where_it_was_left(lines: list[str], place: str) -> None:
    walk = hear(walk_for(EVERYTHING), *lines)
    assert at(walk) == place
    assert at(reopened(walk)) == place


@pytest.mark.parametrize(
    ("left", "place"),
    [
        ("nothing", "place"),
        ("words.nothing", "words"),
        ("place.a.b.c", "place"),
        ("", "place"),
        ("...", "place"),
        (":review", "review"),
    ],
)
def test_a_place_that_is_not_there_any_more(left: str, place: str) -> None:
    assert at(walk_for(THREE, 'sure = true\nwords = "x"', at=left)) == place


def test_a_place_that_is_hidden_now() -> None:
    assert at(walk_for(HIDING, "sure = false", at="why")) == "else"


def test_with_every_answer_given_an_unknown_place_is_the_first() -> None:
    assert at(walk_for(THREE, 'sure = true\nwords = "x"\nplace = "y"', at="nothing")) == "sure"


# --- the plan -------------------------------------------------------------------------------------

PLANNING = worksheet_of(
    f"""id = "care", kind = "checklist", {MARKS}, items = [
    {{ id = "breaks", text = "Breaks", suggest = "Ask for breaks", level = "organisation" }},
    {{ id = "tea", text = "Tea", level = "me" }}, {{ id = "walks", text = "Walks", level = "me" }}]""",
    'id = "plan", kind = "plan"',
)
MARKED = 'care = { improve = ["breaks", "tea", "walks"] }'


def test_each_pick_is_asked_step_who_when_and_how_we_will_know() -> None:
    walk = walk_for(PLANNING, MARKED, at="plan")
    lines = ["1,2", "", "Ana", "in 2 weeks", "On the roster", "Make tea", "", "", "", ""]
    places = [at(hear(walk, line)) for line in lines]
    assert places == [
        *("plan.a1.step", "plan.a1.who", "plan.a1.due", "plan.a1.know"),
        *("plan.a2.step", "plan.a2.who", "plan.a2.due", "plan.a2.know"),
        "plan.+",
        "review",
    ]
    first, second = walk.response.actions
    assert (first.step, first.who, first.due, first.know, first.level, first.from_) == (
        *("Ask for breaks", "Ana", dt.date(2026, 12, 5), "On the roster", "organisation"),
        "care.breaks",
    )
    assert (second.step, second.who, second.due, second.level) == ("Make tea", "", None, "me")
    assert first.changed == TODAY


def test_the_suggestion_stands_at_the_step() -> None:
    walk = hear(walk_for(PLANNING, MARKED, at="plan"), "1")
    assert walk.turn().step.answer == "Ask for breaks"


def test_own_actions_are_asked_their_level_too() -> None:
    walk = walk_for(PLANNING, at="plan")
    places = [at(hear(walk, line)) for line in ("Rest", "", "soon", "", "1", "Walk", ":skip")]
    assert places == [
        "plan.a1.who",
        "plan.a1.due",
        "plan.a1.know",
        "plan.a1.level",
        "plan.+",
        "plan.a2.who",
        "review",
    ]
    assert [(action.step, action.level, action.due) for action in walk.response.actions] == [
        ("Rest", "me", "soon"),
        ("Walk", "team", None),
    ]


def test_an_action_whose_step_is_emptied_is_taken_out() -> None:
    walk = hear(walk_for(PLANNING, MARKED, at="plan"), "1,2", "-")
    assert [action.from_ for action in walk.response.actions] == ["care.tea"]
    assert at(walk) == "plan.a2.step"


def test_only_a_changed_action_is_dated_anew() -> None:
    action = '[[actions]]\nstep = "x"\nchanged = 2026-01-01\nmine = 1\n'
    walk = hear(walk_for(PLANNING, action * 2, at="plan.a2.who"), "Ana")
    first, second = walk.response.actions
    assert (first.changed, first.model_extra) == (dt.date(2026, 1, 1), {"mine": 1})
    assert (second.changed, second.who) == (TODAY, "Ana")


def test_actions_take_the_place_of_a_not_answer() -> None:
    walk = walk_for(PLANNING, 'plan = { not-answered = "skipped" }', at="plan.+")
    assert hear(walk, "Rest").response.answers == {}


def remarks(walk: Walk, *lines: str) -> int:
    """How often the remark on load comes while these lines are typed."""
    return sum(at(hear(walk, line)) == "plan.:remark" for line in lines)


# If all rests on the person alone while they marked things for the team or the organisation, one line says
# so, once, and offers one of those; wanting only a personal step is fine.
def test_one_line_says_once_that_all_rests_on_the_person_alone() -> None:
    walk = walk_for(PLANNING, MARKED, at="plan")
    assert remarks(walk, "2", "", "", "", "", "") == 1
    assert walk.turn().step.label.endswith("Would you like to add: Ask for breaks")
    assert at(hear(walk, "")) == "review"
    assert remarks(walk, ":go plan", *[""] * 6) == 0
    assert [action.from_ for action in walk.response.actions] == ["care.tea"]


@pytest.mark.parametrize("line", ["n", ":skip", ":go care", ":back"])
def test_the_remark_comes_once_however_it_is_left(line: str) -> None:
    walk = walk_for(PLANNING, MARKED, at="plan")
    assert remarks(walk, "2", "", "", "", "", "") == 1
    hear(walk, line)
    assert remarks(walk, ":go plan", *[""] * 6) == 0


def test_the_remark_adds_the_step_it_offers() -> None:
    walk = hear(walk_for(PLANNING, MARKED, at="plan"), "2", "", "", "", "", "")
    assert at(hear(walk, "y")) == "plan.a2.step"
    assert walk.response.actions[1].from_ == "care.breaks"
    assert remarks(walk, *[""] * 6) == 0


@pytest.mark.parametrize("picks", ["1", "1,2", "1-3"])
def test_no_remark_while_something_rests_on_others(picks: str) -> None:
    walk = walk_for(PLANNING, MARKED, at="plan")
    assert remarks(walk, picks, *[""] * 14) == 0


def test_no_remark_where_nothing_was_marked_for_others() -> None:
    walk = walk_for(PLANNING, 'care = { improve = ["tea"], well = ["breaks"] }', at="plan")
    assert remarks(walk, "1", *[""] * 6) == 0


# --- a complete response --------------------------------------------------------------------------

COMPLETE = {"status": "complete", "completed": dt.date(2026, 1, 1)}


def test_a_complete_response_opens_at_the_review() -> None:
    walk = walk_for(THREE, 'sure = true\nwords = "x"\nplace = "y"', **COMPLETE)
    assert walk.at_review


def test_looking_at_a_complete_response_leaves_it_complete() -> None:
    walk = hear(
        walk_for(THREE, 'sure = true\nwords = "x"\nplace = "y"', **COMPLETE), ":go 2", "", ":back", ":list"
    )
    assert walk.response.status == "complete"
    assert walk.response.completed == dt.date(2026, 1, 1)


def test_changing_a_complete_response_makes_it_a_draft_until_it_is_finished_again() -> None:
    walk = hear(walk_for(THREE, 'sure = true\nwords = "x"\nplace = "y"', **COMPLETE), "1", "n")
    assert walk.response.status == "draft"
    assert walk.at_review
    assert walk.hear("").act == "finish"
    assert (walk.response.status, walk.response.completed) == ("complete", TODAY)


# --- any lines ------------------------------------------------------------------------------------

LINES = (
    *(
        "",
        "",
        "",
        "1",
        "2",
        "1,2",
        "1-3",
        "3",
        "0",
        "y",
        "n",
        "w",
        "wi",
        "1w 2i",
        "-",
        "-",
        "::x",
        "--1",
        "2.5",
    ),
    *("own words", "Quiet", "2026-12-01", "next Friday", "me", "\t", "é", "'''", '"""', "\\", " ", "x" * 300),
    *(
        ":back",
        ":skip",
        ":clear",
        ":dont-know",
        ":prefer-not",
        ":list",
        ":why",
        ":editor",
        ":pause",
        ":nothing",
    ),
    *(f":go {keys.split(chr(34))[1]}" for keys in KINDS),
)
ENTRIES = st.tuples(st.sampled_from(LINES), st.sampled_from([False] * 9 + [True]))


def place_of(walk: Walk) -> object:
    return None if walk.at_review else (at(walk), walk.turn().number)


@pytest.mark.thorough
@settings(max_examples=40)
@given(entries=st.lists(ENTRIES, min_size=10, max_size=50), short=st.booleans())
def test_whatever_is_typed_can_be_saved_opened_and_gone_on_with(
    *, entries: list[tuple[str, bool]], short: bool
) -> None:
    walk = walk_for(WITH_SHORT_WAY, short=short)
    for line, pasted in entries:
        before = walk.response
        try:
            walk.hear(line, pasted=pasted and not walk.at_review)
        except CannotReadError:
            assert walk.response == before
            continue
        assert saved_and_read(walk.response) == walk.response
        if walk.response.status == "draft":
            assert place_of(reopened(walk)) == place_of(walk)
    assert problems(WITH_SHORT_WAY, walk.response) == []
    assert exported(WITH_SHORT_WAY, walk.response, private=True)


def test_a_worksheet_without_prompts_is_at_the_review() -> None:
    assert Walk(worksheet_of(), response_for(worksheet_of()), TODAY).at_review


# --- what is said back ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "answer", "line", "said"),
    [
        ("sure", "", ":skip", "Skipped."),
        ("sure", "", "", "Skipped."),
        ("sure", "sure = true", ":skip", "Skipped; what is there stays."),
        ("sure", "", ":prefer-not", "Kept: prefer not to say."),
        ("sure", "", ":dont-know", "Kept: don't know."),
        ("practice.done", "", ":dont-know", "Kept: don't know."),
        ("practice.done", "", ":prefer-not", "Kept: prefer not to say."),
        ("practice.done", "", "2", "2 of 3."),
        ("practice.done", "", "3", "3 of 3, in place."),
        ("calm", "", "0", "0 of 3, not yet."),
        ("rota.mon.who", "", ":skip row", "Past the rest of this row."),
        ("sure", "", ":skip part", "15 questions skipped."),
        ("some", 'plan = { not-answered = "skipped" }', ":skip part", "1 question skipped."),
    ],
)
def test_each_skip_rating_and_not_answer_is_said_back(place: str, answer: str, line: str, said: str) -> None:
    assert walk_for(EVERYTHING, answer, at=place).hear(line).said == (said,)


def test_a_part_in_which_all_is_answered_is_passed() -> None:
    assert walk_for(THREE, 'sure = true\nwords = "x"\nplace = "y"').hear(":skip part").said == (
        "Past this part.",
    )
