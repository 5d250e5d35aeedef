"""The page's rules held to libwell's own: random worksheets and answers, of which both say the same."""

from __future__ import annotations

import json
import re
from collections import Counter
from importlib.resources import files
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import tomli
import tomli_w

import random_files
from build import OPEN, TODAY, around, response_for, worksheet_from, worksheet_of
from forms import at_work, engine, given_on, plain
from libwell import load_worksheet
from libwell.export.form.page import SCRIPTS
from libwell.flows.section_ends import SectionEnds
from libwell.kinds.own_entries import highest_row
from libwell.model.response import Action
from libwell.rules.answers import missing, problems
from libwell.rules.asked_now import asked, highest_number, looks_at, while_answering
from libwell.rules.form import form_data
from libwell.rules.privacy import personal_scores, private_prompts
from libwell.rules.profile import profile_lines
from libwell.rules.recalling import recalled
from libwell.rules.scoring import scores
from libwell.rules.walk import Walk
from random_sheets import bent, enriched
from test_fuzz import KINDS, LOOKING, SHIPPED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, Page

    from libwell.model.base import Offer, Pick
    from libwell.model.response import Response
    from libwell.model.worksheet import Worksheet
    from libwell.rules.asked_now import Asked
    from libwell.rules.scoring import Scored

Data = dict[str, Any]

CHUNKS, WORKSHEETS, RESPONSES = 10, 60, 3
"""Chunks of so many random worksheets, each with so many responses."""
NEEDED = "This one needs an answer before you finish; “prefer not to say” is one."
NAMES = """
KINDS, withDays, asked, onTheWay, highestNumber, offersAt, fits, lacking, scores, scoreLines,
sectionEnd, recalled
"""
TOLD = """
(cases) => {
  const engine = ENGINE;
  const listed = (set) => [...set].sort();
  const number = (value) => (value === undefined ? null : value.map(String));
  const pickData = ({ level = null, point = null, ...pick }) => ({
    ...pick, level, point, marks: listed(pick.marks),
  });
  const offerData = (offer) => ({
    who: "", due: null, know: "", notes: "", ...offer, marks: listed(offer.marks ?? []),
  });
  const scoreData = (one) => ({
    ...one, value: number(one.value), low: undefined, high: undefined, prompts: listed(one.prompts),
    rows: one.rows.map((row) => ({ ...row, value: number(row.value) })),
  });
  const oneData = (form, response, everything) => (one) => {
    const { prompt, value, around } = one;
    const kind = engine.KINDS[prompt.kind];
    const has = value !== undefined;
    return {
      id: prompt.id, section: one.section.id, value: value ?? null, entry: one.entry ?? null,
      picks: around.picks.map(pickData),
      highest: engine.highestNumber(form, response, prompt.id),
      brief: has ? kind.brief(prompt, value, around) : "",
      left: has ? kind.withoutWords(prompt, value) ?? null : null,
      recalled: engine.recalled(prompt, everything),
    };
  };
  /** The ids of the prompts whose answers do not fit, also of those hidden now. */
  const wrongIn = (form, response, everything) => {
    const around = new Map(everything.map((one) => [one.prompt.id, one.around]));
    const isWrong = (prompt, entry) =>
      entry !== undefined && !engine.fits(prompt, entry, around.get(prompt.id) ?? { picks: [] });
    const prompts = form.sections.flatMap((section) => section.prompts);
    return prompts.filter((one) => isWrong(one, response.answers[one.id])).map((one) => one.id);
  };
  const told = (form, response) => {
    const everything = engine.asked(form, response);
    const plans = everything.filter((one) => one.prompt.kind === "plan");
    const found = engine.scores(form, everything);
    return {
      asked: everything.map(oneData(form, response, everything)),
      way: engine.onTheWay(form, { ...response, short: true }, everything).map((one) => one.prompt.id),
      offers: plans.map((one) => engine.offersAt(form, everything, one.prompt).map(offerData)),
      wrong: listed(wrongIn(form, response, everything)),
      lacking: engine.lacking(form, response).map((one) => [one.prompt.id, one.message, one.path]),
      scores: found.map(scoreData),
      lines: engine.scoreLines(found),
      ends: form.sections.map((section) => engine.sectionEnd(form, section, everything)),
    };
  };
  const found = cases.map(({ form, responses }) =>
    responses.map((response) => {
      const answers = engine.withDays(response.answers);
      return told(form, { ...response, answers, actions: engine.withDays(response.actions) });
    }));
  return JSON.stringify(found);
}
"""


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    yield page
    page.close()


def told_by_page(page: Page, cases: list[tuple[Worksheet, list[Response]]]) -> list[list[Data]]:
    """What the page's rules say of these responses to worksheets."""
    sent = [
        {"form": form_of(sheet), "responses": [state_of(response) for response in responses]}
        for sheet, responses in cases
    ]
    found: list[list[Data]] = json.loads(page.evaluate(TOLD.replace("ENGINE", engine(NAMES)), sent))
    return found


def form_of(worksheet: Worksheet) -> Data:
    """A worksheet as its page has it."""
    definition = response_for(worksheet).definition
    return {**form_data(worksheet, definition, version="0", support=()), "definition": None}


def state_of(response: Response) -> Data:
    """A response as the page holds it."""
    return {
        "answers": plain(response.answers),
        "actions": plain(_tables(response.actions)),
        "last_own": response.last_own,
        "last_action": response.last_action,
        "short": False,
    }


# --- the same by libwell itself ---------------------------------------------------------------------


def told_by_libwell(worksheet: Worksheet, response: Response) -> Data:
    """What libwell's own rules say of a response, as TOLD has it."""
    everything, found = asked(worksheet, response), scores(worksheet, asked(worksheet, response))
    ends, own = SectionEnds(worksheet, draws=False), personal_scores(worksheet)
    now = around()
    plans = [one for one in everything if one.prompt.holds_actions]
    shown = [one for one in found if one.answered or one.is_there]
    short = Walk(worksheet, response.model_copy(update={"short": True, "at": ":review"}), TODAY)
    return {
        "asked": [_one(one, worksheet, response, everything) for one in everything],
        "way": [one.prompt.id for one in short.asked()],
        "offers": [
            [*map(_offer, while_answering(one, everything, worksheet, response, now=now).around.offers)]
            for one in plans
        ],
        "lacking": [*_lacking(everything)],
        "scores": [_score(one, own) for one in found],
        "lines": [*profile_lines(shown, draws=False, said_now=own)],
        "ends": [[[*lines] for lines in ends.tell(section, everything)] for section in worksheet.sections],
    }


def _one(one: Asked, worksheet: Worksheet, response: Response, everything: tuple[Asked, ...]) -> Data:
    prompt, value = one.prompt, one.value
    highest = highest_number(worksheet, response.last_own, response.answers, prompt.id)
    found = recalled(prompt, everything, private_prompts(worksheet))
    return {
        "id": prompt.id,
        "section": one.section.id,
        "value": _plain(value),
        "entry": _plain(one.entry),
        "picks": [*map(_pick, one.around.picks)],
        "highest": max(highest, highest_row(response.answers.get(prompt.id))),
        "brief": "" if value is None else prompt.brief(value, one.around),
        "left": plain(prompt.without_words(value)),
        "recalled": [
            {
                "number": earlier.number,
                "question": earlier.question,
                "ask": earlier.ask,
                "part": earlier.part,
                "lines": [*earlier.lines],
                "is_private": earlier.is_private,
            }
            for earlier in found
        ],
    }


def _plain(value: Any) -> Any:
    """A value as the page has it; of a plan its actions as tables."""
    is_plan = isinstance(value, list) and any(isinstance(one, Action) for one in value)
    return plain(_tables(value) if is_plan else value)


def _tables(actions: Sequence[Action]) -> list[Data]:
    return [one.model_dump(by_alias=True, exclude_unset=True) for one in actions]


def _pick(pick: Pick) -> Data:
    return {name: getattr(pick, name) for name in pick.__slots__} | {"marks": sorted(pick.marks)}


def _offer(offer: Offer) -> Data:
    given = {name: getattr(offer, name) for name in offer.__slots__}
    return given | {"marks": sorted(offer.marks), "due": plain(offer.due)}


def _score(one: Scored, own: frozenset[str]) -> Data:
    def number(value: Any) -> list[str] | None:
        return None if value is None else [str(value.numerator), str(value.denominator)]

    rows = [
        {
            "id": row.id,
            "title": row.title,
            "value": number(row.value),
            "text": row.text,
            "say": row.say,
            "answered": row.answered,
        }
        for row in one.rows
    ]
    names = ("id", "title", "head", "text", "say", "answered", "is_there", "is_percent", "is_gap", "each_row")
    told = {name: getattr(one, name) for name in (*names, "last")}
    personal = one.id in own
    return told | {
        "value": number(one.value),
        "prompts": sorted(one.prompts),
        "rows": rows,
        "personal": personal,
    }


def _lacking(everything: tuple[Asked, ...]) -> Iterator[list[Any]]:
    """What is missing, as sentences; only in answers of which nothing is wrong."""
    needed = {one.prompt.id for one in everything if one.prompt.required and not one.is_answered}
    for mistake in missing(everything):
        _, name, *path = mistake.path
        said = f"{mistake.message[0].upper()}{mistake.message[1:]}"
        yield [name, NEEDED if name in needed else said, path]


def wrong_in(worksheet: Worksheet, response: Response) -> set[str]:
    """The ids of prompts whose answers do not fit, be they asked now or hidden."""
    found = (mistake.path for mistake in problems(worksheet, response))
    return {str(path[1]) for path in found if path[0] == "answers"}


def below(worksheet: Worksheet, wrong: set[str]) -> set[str]:
    """The ids of prompts whose rows or options come of a wrong answer: libwell says less of these."""
    return {prompt.id for _, prompt in worksheet.prompts() if prompt.source in wrong} - wrong


def hangs_on(everything: tuple[Asked, ...], wrong: set[str]) -> set[str]:
    """The ids of these prompts, and of those that look at one of them."""
    found = {*wrong}
    for one in everything:
        looked_at = {one.prompt.source, *looks_at(one.section.when, {}), *looks_at(one.prompt.when, {})}
        if looked_at & found:
            found.add(one.prompt.id)
    return found


def assert_same(page_says: Data, worksheet: Worksheet, response: Response) -> Data:
    """Hold what the page says to what libwell says; the first difference tells the rest of the story."""
    everything, ours = asked(worksheet, response), told_by_libwell(worksheet, response)
    wrong = wrong_in(worksheet, response)
    assert {*page_says.pop("wrong")} - below(worksheet, wrong) == wrong, response.answers
    left_out = hangs_on(everything, wrong)
    lacking = [one for one in page_says.pop("lacking") if one[0] not in left_out]
    assert lacking == [one for one in ours.pop("lacking") if one[0] not in left_out], response.answers
    for theirs, one in zip(page_says["asked"], ours["asked"], strict=False):
        assert theirs == one, response.answers.get(one["id"])
    for key, value in ours.items():
        assert page_says[key] == value, (key, response.answers)
    return ours


def as_response(worksheet: Worksheet, given: Data) -> Response:
    return response_for(worksheet, tomli_w.dumps({**given["answers"], "actions": given["actions"]}))


# --- tests --------------------------------------------------------------------------------------------


def module(name: str) -> str:
    """A module of the script, without comments."""
    text = files("libwell.export.form").joinpath(f"{name}.js").read_text(encoding="utf-8")
    return re.sub(r"^ *(//|/\*\*).*", "", text, flags=re.MULTILINE)


def declared_in(text: str) -> list[str]:
    """The names that a module gives to all others."""
    return re.findall(r"^(?:async )?(?:function\*?|const|let|class) +(\w+)", text, re.MULTILINE)


def test_no_name_is_given_twice_in_the_scope_that_all_modules_share() -> None:
    declared = Counter(name for script in SCRIPTS for name in declared_in(module(script)))
    assert [name for name, times in declared.items() if times > 1] == []


@pytest.mark.parametrize("script", [name for name, needed_for in SCRIPTS.items() if needed_for])
def test_what_stands_in_some_pages_is_called_only_in_these(script: str) -> None:
    needed_for = {*SCRIPTS[script].split()}
    for other in SCRIPTS:
        own = re.findall(r"(?:const|let) (\w+)|^ +(\w+)\(.*{$", module(other), re.MULTILINE)
        names = {*declared_in(module(script))} - {name for pair in own for name in pair}
        for needs, text in called_from(other):
            calls = re.findall(r"(?<![.\w])(\w+)\(", re.sub(GUARDED, "", text))
            assert (needs and needs <= needed_for) or not names & {*calls}, other


GUARDED = r"\.(?:length|recall) \? .*"
"""What a page does only where its worksheet has scores, or recalls something."""


def called_from(script: str) -> Iterator[tuple[set[str], str]]:
    """The parts of a module, each with the kinds and keys in whose pages it is run (none: in all)."""
    shared, *controls = re.split(r"^(?=CONTROLS\b)", module(script), flags=re.MULTILINE)
    yield {*SCRIPTS[script].split()}, shared
    for text in controls:
        yield {*re.findall(r"^CONTROLS(?:\.|\[\")([\w-]+)", text)}, text


@pytest.mark.parametrize("kind", random_files.ANSWERED)
def test_a_page_with_one_kind_of_question_has_all_that_it_needs(chromium: Browser, kind: str) -> None:
    given: list[int] = []
    for seed in range(100):
        rng = Random(seed)
        sheet = enriched(rng, random_files.worksheet(rng, "any"))
        alone = only(kind, sheet)
        if len(given) == 3 or not alone:
            continue
        answers = random_files.answers(rng, alone)["answers"]
        worksheet = worksheet_from(tomli_w.dumps(alone))
        response = response_for(worksheet, tomli_w.dumps(answers))
        with at_work(chromium, worksheet, answers=response.answers) as page:
            assert given_on(page)["answers"] == response.answers
        given.append(seed)
    assert len(given) == 3


def only(kind: str, sheet: Data) -> Data:
    """The worksheet with one kind of question and nothing that hangs on another; empty where it has none."""
    sections = []
    for section in sheet["sections"]:
        kept = [one for one in section["prompts"] if one["kind"] == kind and not {*one} & HANGING]
        if kept:
            sections.append({key: part for key, part in section.items() if key != "when"} | {"prompts": kept})
    gone = ("scores", "scales", "option_sets", "short_minutes")
    is_whole = sections and not any(
        isinstance(one.get(key), str) for one in _asking(sections) for key in NAMED
    )
    return (
        {key: part for key, part in sheet.items() if key not in gone} | {"sections": sections}
        if is_whole
        else {}
    )


HANGING = {"when", "recall", "options_from", "rows_from"}
NAMED = ("scale", "options")


def _asking(sections: list[Data]) -> Iterator[Data]:
    for section in sections:
        for one in section["prompts"]:
            yield one
            yield from one.get("columns", ())


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_random_worksheets_and_answers_are_judged_alike(page: Page, chunk: int) -> None:
    cases = [random_case(seed) for seed in range(chunk * WORKSHEETS, (chunk + 1) * WORKSHEETS)]
    seen = Counter[str]()
    for (sheet, responses), told in zip(cases, told_by_page(page, cases), strict=True):
        for response, says in zip(responses, told, strict=True):
            seen += Counter(_things_in(assert_same(says, sheet, response)))
    assert all(seen[what] > 5 for what in ("offers", "scores", "ends", "recalled", "picks", "brief")), seen


def random_case(seed: int) -> tuple[Worksheet, list[Response]]:
    """A random worksheet and random responses to it, the last with answers that do not fit."""
    rng = Random(seed)
    sheet = enriched(rng, random_files.worksheet(rng, "any"))
    worksheet = worksheet_from(tomli_w.dumps(sheet))
    given = [random_files.answers(rng, sheet) for _ in range(RESPONSES)]
    for one in given[1:]:
        one["answers"] = bent(rng, sheet, one["answers"], breaks=one is given[-1])
    return worksheet, [as_response(worksheet, one) for one in given]


def _things_in(told: Data) -> Iterator[str]:
    """What there was to be compared."""
    yield from ("offers" for some in told["offers"] if some)
    yield from ("scores" for one in told["scores"] if one["is_there"])
    yield from ("ends" for lines in told["ends"] if lines)
    yield from (key for one in told["asked"] for key in ("recalled", "picks", "brief") if one[key])


def test_a_score_is_in_the_band_that_it_reads_as(page: Page) -> None:
    items, prompts = ("a", "b", "c"), [f'id = "{name}", kind = "yes-no"' for name in "abc"]
    bands = '[{ up_to = 0.33, say = "Few." }, { up_to = 0.67, say = "Some." }, { say = "All." }]'
    score = f'id = "mean", title = "Mean", method = "mean", items = {[*items]}, bands = {bands}'
    worksheet = worksheet_of(*prompts, head=f"{OPEN}\nscores = [{{ {score} }}]")
    given = ["\n".join(f"{name} = {str(name < last).lower()}" for name in items) for last in "abcd"]
    responses = [response_for(worksheet, text) for text in given]
    [told] = told_by_page(page, [(worksheet, responses)])
    said = [assert_same(says, worksheet, one) for one, says in zip(responses, told, strict=True)]
    assert [one["scores"][0]["say"] for one in said] == ["Few.", "Few.", "Some.", "All."]


@pytest.mark.parametrize("text", [KINDS, LOOKING], ids=["kinds", "looking"])
def test_every_kind_of_question_is_judged_alike(page: Page, text: str) -> None:
    assert_alike(page, worksheet_from(text), tomli.loads(text))


@pytest.mark.parametrize("name", [path.stem for path in SHIPPED.glob("*.toml") if path.stem != "resources"])
def test_shipped_worksheets_are_judged_alike(page: Page, name: str) -> None:
    worksheet = load_worksheet(SHIPPED / f"{name}.toml")
    assert_alike(page, worksheet, worksheet.model_dump(mode="json", by_alias=True, exclude_defaults=True))


def assert_alike(page: Page, worksheet: Worksheet, sheet: Data) -> None:
    rng = Random(0)
    given = [random_files.answers(rng, sheet) for _ in range(30)]
    responses = [response_for(worksheet), *(as_response(worksheet, one) for one in given)]
    [told] = told_by_page(page, [(worksheet, responses)])
    for response, says in zip(responses, told, strict=True):
        assert_same(says, worksheet, response)
