"""Scores: what comes out of which answers, what is said of it, and every mistake that can be in one."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from build import OPEN, examine, mistakes_in, response_for, section_text, sheet_text, things, worksheet_from
from libwell.model.numbers import plain
from libwell.rules.asked_now import asked
from libwell.rules.scoring import scores
from libwell.storage.definitions import definition_of, read_definition

if TYPE_CHECKING:
    from libwell.model.worksheet import Worksheet
    from libwell.rules.scoring import Scored

ENDS = 'scale = { min = 0, max = 3, labels = ["not yet", "thriving"] }, not_answers = ["dont-know"]'
RATINGS = section_text(
    'id = "open", kind = "yes-no"',
    f'id = "calm", kind = "rating", {ENDS}',
    f'id = "kind", kind = "rating", {ENDS}',
    f'id = "practice", kind = "rating", {ENDS}, items = {things("signs", "crowding", "light")}',
    f'id = "late", kind = "rating", {ENDS}, when = {{ prompt = "open", is = true }}',
)
PRACTICE = 'items = ["practice.signs", "practice.crowding", "practice.light"]'


def score_text(keys: str, name: str = "it", *, method: str = "mean") -> str:
    """A score; `keys` are those beside id, title and method."""
    return f'[[scores]]\nid = "{name}"\ntitle = "Safety"\nmethod = "{method}"\n{keys}\n'


def sheet_with(*scores: str, ratings: str = RATINGS) -> Worksheet:
    return worksheet_from(sheet_text(ratings, *scores))


def scored(worksheet: Worksheet, answers: str) -> Scored:
    (found,) = scores(worksheet, asked(worksheet, response_for(worksheet, answers)))
    return found


def value(keys: str, answers: str, *, method: str = "mean", ratings: str = RATINGS) -> Fraction | None:
    """The score that comes out."""
    return scored(sheet_with(score_text(keys, method=method), ratings=ratings), answers).value


# --- what comes out -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "more", "answers", "expected"),
    [
        ("mean", "", "{ signs = 3, crowding = 0, light = 3 }", 2),
        ("mean", "", "{ signs = 2, crowding = 2, light = 1 }", Fraction(5, 3)),
        ("sum", "", "{ signs = 2, crowding = 2, light = 1 }", 5),
        ("sum", "", "{ signs = 0, crowding = 0, light = 0 }", 0),
        ("mean", "", "{ signs = 0, crowding = 0, light = 0 }", 0),
        ("mean", 'reverse = ["practice.crowding"]', "{ signs = 3, crowding = 0, light = 3 }", 3),
        ("sum", 'reverse = ["practice.crowding"]', "{ signs = 3, crowding = 1, light = 3 }", 8),
        ("mean", "minimum_answered = 2", "{ signs = 3, crowding = 2 }", 2.5),
        ("mean", "minimum_answered = 1", "{ light = 0 }", 0),
        ("mean", "minimum_answered = 3", "{ signs = 3, crowding = 2, light = 1 }", 2),
    ],
)
def test_sums_and_means(method: str, more: str, answers: str, expected: Fraction | float) -> None:
    assert value(f"{PRACTICE}\n{more}", f"practice = {answers}", method=method) == expected


@pytest.mark.parametrize("method", ["sum", "mean"])
@pytest.mark.parametrize(
    "answers",
    [
        "",
        "practice = { signs = 3, crowding = 3 }",
        'practice = { signs = 3, crowding = 3, light = { not-answered = "dont-know" } }',
        'practice = { signs = 3, crowding = 3, light = { not-answered = "skipped" } }',
        'practice = { not-answered = "skipped" }',
        'practice = { not-answered = "prefer-not-to-say" }',
    ],
)
def test_what_is_not_answered_is_never_a_zero(method: str, answers: str) -> None:
    assert value(PRACTICE, answers, method=method) is None


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ('{ signs = 3, crowding = 2, light = { not-answered = "dont-know" } }', 2.5),
        ('{ signs = 3, crowding = 2, light = { not-answered = "skipped" } }', 2.5),
        ('{ signs = 3, crowding = 2, light = { not-answered = "prefer-not-to-say" } }', 2.5),
        ('{ signs = 3, crowding = { not-answered = "dont-know" } }', None),
        ('{ not-answered = "prefer-not-to-say" }', None),
        ('{ not-answered = "dont-know" }', None),
    ],
)
def test_a_mean_is_of_what_is_answered(answers: str, expected: float | None) -> None:
    assert value(f"{PRACTICE}\nminimum_answered = 2", f"practice = {answers}") == expected


def test_what_is_hidden_does_not_count() -> None:
    keys = 'items = ["calm", "kind", "late"]\nminimum_answered = 2'
    answers = "calm = 3\nkind = 0\nlate = 3"
    assert value(keys, f"open = true\n{answers}") == 2
    assert value(keys, f"open = false\n{answers}") == 1.5
    assert value('items = ["calm", "late"]', f"open = false\n{answers}") is None
    assert value('items = ["calm", "late"]', f"open = false\n{answers}", method="sum") is None


def test_of_a_score_whose_items_are_all_hidden_nothing_is_told() -> None:
    worksheet = sheet_with(score_text('items = ["late"]'))
    response = response_for(worksheet, "open = false\nlate = 3")
    assert scores(worksheet, asked(worksheet, response)) == ()
    assert scored(worksheet, "open = true\nlate = 3").value == 3


def test_bare_ratings_are_items_too() -> None:
    keys = 'items = ["calm", "practice.light", "kind"]\nreverse = ["kind"]'
    assert value(keys, "calm = 1\nkind = 0\npractice = { signs = 0, light = 2 }") == 2
    assert value(keys, "calm = 1\nkind = 0\npractice = { light = 2 }", method="sum") == 6
    assert value(keys, 'calm = { not-answered = "dont-know" }\nkind = 0\npractice = { light = 2 }') is None


def on(scale: str, *names: str) -> str:
    """Bare ratings on one scale."""
    return section_text(*(f'id = "{name}", kind = "rating", scale = {{ {scale} }}' for name in names))


@pytest.mark.parametrize(
    ("scale", "points", "turned"),
    [
        ('min = 1, max = 4, labels = ["a", "b"]', (1, 2, 4), (4, 3, 1)),
        ('min = 1, max = 5, labels = ["a", "b"]', (1, 3, 5), (5, 3, 1)),
        ('min = -2, max = 2, labels = ["a", "b"]', (-2, 0, 1), (2, 0, -1)),
        ('min = -3, max = 0, labels = ["a", "b"]', (-3, -1, 0), (0, -2, -3)),
        ('min = -5, max = -1, labels = ["a", "b"]', (-5, -4, -1), (-1, -2, -5)),
        ('min = 10, max = 60, labels = ["a", "b"]', (10, 25, 60), (60, 45, 10)),
        ('min = 0, max = 1, labels = ["a", "b"]', (0, 1), (1, 0)),
    ],
)
def test_a_reversed_item_is_turned_round_on_its_own_scale(
    scale: str, points: tuple[int, ...], turned: tuple[int, ...]
) -> None:
    ratings = on(scale, "a")
    for point, expected in zip(points, turned, strict=True):
        assert value('items = ["a"]', f"a = {point}", ratings=ratings) == point
        assert value('items = ["a"]\nreverse = ["a"]', f"a = {point}", ratings=ratings) == expected


# --- in words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "scale", "answers", "text"),
    [
        ("mean", "min = 0, max = 3", "a = 2\nb = 1", "1.5 of 3"),
        ("sum", "min = 0, max = 3", "a = 2\nb = 1", "3 of 6"),
        ("sum", "min = 0, max = 3", "a = 0\nb = 0", "0 of 6"),
        ("mean", "min = 1, max = 5", "a = 2\nb = 1", "1.5, on a scale from 1 to 5"),
        ("sum", "min = 1, max = 5", "a = 2\nb = 1", "3, on a scale from 2 to 10"),
        ("mean", "min = -2, max = 2", "a = -2\nb = 1", "-0.5, on a scale from -2 to 2"),
        ("mean", "min = -2, max = 2", "a = -1\nb = 1", "0, on a scale from -2 to 2"),
        ("sum", "min = -3, max = 0", "a = -3\nb = -1", "-4, on a scale from -6 to 0"),
        ("sum", "min = 0, max = 3", "a = 2", "no score yet: 1 of 2 answered, and it takes 2"),
        ("mean", "min = 0, max = 3", "", "no score yet: 0 of 2 answered, and it takes 2"),
    ],
)
def test_a_score_in_words(method: str, scale: str, answers: str, text: str) -> None:
    ratings = on(f'{scale}, labels = ["a", "b"]', "a", "b")
    worksheet = sheet_with(score_text('items = ["a", "b"]', method=method), ratings=ratings)
    assert scored(worksheet, answers).text == text


def test_a_score_says_what_it_was_made_of() -> None:
    worksheet = sheet_with(score_text('items = ["calm", "practice.signs"]\nminimum_answered = 1'))
    found = scored(worksheet, "calm = 2")
    assert (found.id, found.title, found.value, found.low, found.high) == (
        "it",
        "Safety",
        *map(Fraction, (2, 0, 3)),
    )
    assert (found.answered, found.needed, found.total) == (1, 1, 2)
    assert found.prompts == {"calm", "practice"}
    assert found.last == "practice"


def test_its_last_prompt_is_the_last_that_is_asked() -> None:
    worksheet = sheet_with(score_text('items = ["late", "calm"]\nminimum_answered = 1'))
    assert scored(worksheet, "open = true\ncalm = 1").last == "late"
    assert scored(worksheet, "open = false\ncalm = 1").last == "calm"


def test_over_different_scales_no_mean_is_beyond_its_range() -> None:
    ratings = on('min = 0, max = 3, labels = ["a", "b"]', "a") + on(
        'min = 1, max = 10, labels = ["a", "b"]', "b"
    ).replace('"first"', '"second"')
    worksheet = sheet_with(score_text('items = ["a", "b"]\nminimum_answered = 1'), ratings=ratings)
    found = scored(worksheet, "b = 10")
    assert (found.value, found.low, found.high) == tuple(map(Fraction, (10, 0, 10)))
    both = sheet_with(score_text('items = ["a", "b"]'), ratings=ratings)
    assert (scored(both, "").low, scored(both, "").high) == (Fraction(1, 2), Fraction(13, 2))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (2, "2"),
        (2.0, "2"),
        (2.25, "2.25"),
        (5 / 3, "1.67"),
        (4 / 3, "1.33"),
        (0.1 + 0.2, "0.3"),
        (10, "10"),
        (100.0, "100"),
        (-0.001, "0"),
        (-1.5, "-1.5"),
        (1.999, "2"),
    ],
)
def test_a_number_has_two_decimals_at_most(number: float, text: str) -> None:
    assert plain(number) == text


# --- bands ----------------------------------------------------------------------------------------

THREE = 'bands = [{ up_to = 1.0, say = "low" }, { up_to = 2.0, say = "middle" }, { say = "high" }]'


@pytest.mark.parametrize(
    ("signs", "crowding", "said"),
    [(0, 0, "low"), (1, 1, "low"), (1, 2, "middle"), (2, 2, "middle"), (2, 3, "high"), (3, 3, "high")],
)
def test_bands_are_inclusive(signs: int, crowding: int, said: str) -> None:
    worksheet = sheet_with(score_text(f'items = ["practice.signs", "practice.crowding"]\n{THREE}'))
    answers = f"practice = {{ signs = {signs}, crowding = {crowding} }}"
    assert scored(worksheet, answers).say == said


def say(up_to: str, answers: str) -> str:
    """What is said of a mean of three items with two bands."""
    bands = f'bands = [{{ up_to = {up_to}, say = "low" }}, {{ say = "high" }}]'
    return scored(sheet_with(score_text(f"{PRACTICE}\n{bands}")), answers).say


# A score is in a band if it is no higher, be it as it is or as it is told, with two decimals: four thirds
# read as 1.33, so they are in the band up to 1.33, and five thirds are in that up to 1.67 and to 1.6667.
@pytest.mark.parametrize(
    ("up_to", "points", "said"),
    [
        ("1.67", (2, 2, 1), "low"),
        ("1.6667", (2, 2, 1), "low"),
        ("1.66", (2, 2, 1), "high"),
        ("1.666", (2, 2, 1), "high"),
        ("1.33", (2, 2, 0), "low"),
        ("1.3334", (2, 2, 0), "low"),
        ("1.32", (2, 2, 0), "high"),
        ("2", (2, 2, 2), "low"),
        ("1.9999", (2, 2, 2), "high"),
        ("0.0", (0, 0, 0), "low"),
        ("0.3333333333333333", (1, 0, 0), "low"),
    ],
)
def test_a_border_between_two_decimals(up_to: str, points: tuple[int, int, int], said: str) -> None:
    signs, crowding, light = points
    assert say(up_to, f"practice = {{ signs = {signs}, crowding = {crowding}, light = {light} }}") == said


def test_a_border_that_a_float_does_not_hit() -> None:
    """Ten points of 3 in all are 0.3, and 0.1 + 0.2, which is a little more, reads as 0.3 too."""
    names = [f"q{number}" for number in range(10)]
    items = ", ".join(f'"{name}"' for name in names)
    bands = f'bands = [{{ up_to = {0.1 + 0.2!r}, say = "low" }}, {{ say = "high" }}]'
    ratings = on('min = 0, max = 3, labels = ["a", "b"]', *names)
    worksheet = sheet_with(score_text(f"items = [{items}]\n{bands}"), ratings=ratings)
    answers = "\n".join(f"{name} = {3 if name == 'q0' else 0}" for name in names)
    assert scored(worksheet, answers).say == "low"
    assert scored(worksheet, answers.replace("q1 = 0", "q1 = 1")).say == "high"


def test_without_bands_nothing_is_said_and_without_a_score_neither() -> None:
    assert scored(sheet_with(score_text('items = ["calm"]')), "calm = 1").say == ""
    assert scored(sheet_with(score_text(f'items = ["calm"]\n{THREE}')), "").say == ""


# --- examples -------------------------------------------------------------------------------------

GOOD = (
    "{ given = { practice = { signs = 3, crowding = 3, light = 0 } }, score = 2.0 }",
    "{ given = { practice = { signs = 3, crowding = 3, light = 0 } }, score = 2 }",
    "{ given = { practice = { signs = 2, crowding = 2, light = 1 } }, score = 1.67 }",
    "{ given = { practice = { signs = 2, crowding = 2, light = 1 } }, score = 1.6667 }",
    '{ given = { practice = { signs = 1, light = { not-answered = "dont-know" } } } }',
    '{ given = { practice = { not-answered = "prefer-not-to-say" } } }',
    "{ given = {} }",
    "{ given = { calm = 1, practice = { signs = 0, crowding = 0, light = 0 } }, score = 0 }",
)


@pytest.mark.parametrize("example", GOOD)
def test_an_example_that_comes_out(example: str) -> None:
    assert mistakes_in(sheet_text(RATINGS, score_text(f"{PRACTICE}\nexamples = [{example}]"))) == []


BAD_EXAMPLES = {
    "{ given = { practice = { signs = 3, crowding = 3, light = 0 } }, score = 1.5 }": (
        "score",
        "these answers give 2, and not 1.5. Mend the example, or what the score is made of.",
    ),
    "{ given = { practice = { signs = 2, crowding = 2, light = 1 } }, score = 1.66 }": (
        "score",
        "these answers give 1.67, and not 1.66. Mend",
    ),
    "{ given = { practice = { signs = 2, crowding = 2, light = 1 } } }": (
        "score",
        "these answers give 1.67, and not no score.",
    ),
    "{ given = { practice = { signs = 2, crowding = 2 } }, score = 2.0 }": (
        "score",
        "these answers give no score: Safety takes 3. Give more answers, or leave score out.",
    ),
    '{ given = { practice = { not-answered = "skipped" } }, score = 0 }': ("score", "give no score"),
    "{ given = { practice = { signs = 4, crowding = 2, light = 1 } }, score = 2 }": (
        "given.practice.signs",
        "this number is not on the scale.",
    ),
    "{ given = { practice = { sings = 1 } }, score = 2 }": ("given.practice.sings", "Did you mean signs?"),
    "{ given = { practise = { signs = 1 } }, score = 2 }": ("given.practise", "Did you mean practice?"),
    '{ given = { calm = { not-answered = "not-applicable" } } }': (
        "given.calm.not-answered",
        "not one of those allowed here.",
    ),
    '{ given = { calm = { not_answered = "skipped" } } }': (
        "given.calm.not_answered",
        "Did you mean not-answered?",
    ),
    '{ given = { calm = "1" } }': ("given.calm", "Write it without quotes."),
    "{ score = 2, givn = { practice = { signs = 2, crowding = 2, light = 2 } } }": (
        "givn",
        "Did you mean given?",
    ),
    "{ given = [1] }": ("given", "a table was expected."),
    '{ given = {}, score = "2" }': ("score", "a number was expected, without quotes."),
}


@pytest.mark.parametrize("example", BAD_EXAMPLES)
def test_an_example_that_does_not(example: str) -> None:
    text = sheet_text(RATINGS, score_text(f"{PRACTICE}\nexamples = [\n{GOOD[0]},\n{example},\n]"))
    key, said = BAD_EXAMPLES[example]
    (found,) = [one for one in mistakes_in(text) if one.key == f"scores[1].examples[2].{key}"]
    assert said in f"{found.message} {found.remedy}"
    assert text.splitlines()[found.line - 1] == f"{example},"


@pytest.mark.parametrize("score", ["1.12", "1.13", "1.125"])
def test_half_of_a_second_decimal_may_be_rounded_either_way(score: str) -> None:
    names = [f"q{number}" for number in range(8)]
    given = ", ".join(f"{name} = {2 if name == 'q0' else 1}" for name in names)
    items = ", ".join(f'"{name}"' for name in names)
    example = f"examples = [{{ given = {{ {given} }}, score = {score} }}]"
    ratings = on('min = 0, max = 3, labels = ["a", "b"]', *names)
    assert mistakes_in(sheet_text(ratings, score_text(f"items = [{items}]\n{example}"))) == []


TWO_SCALES = section_text(
    f'id = "agree", kind = "rating", items = {things("a", "b", "turned")}, '
    'scale = { min = 1, max = 5, labels = ["not at all", "wholly"] }',
    f'id = "often", kind = "rating", items = {things("c", "d")}, '
    'scale = { min = 0, max = 4, labels = ["never", "always"] }',
    'id = "once", kind = "yes-no"',
)
OF_TWO_SCALES = """
items = ["agree.a", "agree.b", "agree.turned", "often.c", "often.d"]
reverse = ["agree.turned"]
minimum_answered = 3
as = { min = 0, max = 100 }
"""


@pytest.mark.parametrize("method", ["mean", "sum"])
@pytest.mark.parametrize(
    ("agree", "often", "expected"),
    [
        ("a = 1, b = 1, turned = 5", "c = 0, d = 0", 0),
        ("a = 5, b = 5, turned = 1", "c = 4, d = 4", 100),
        ("a = 4, b = 5, turned = 2", "c = 4, d = 4", 90),  # 75, 100, 75, 100, 100
        ("a = 1, b = 1, turned = 5", "", 0),
        ("a = 5, b = 5, turned = 1", "", 100),
        ("a = 5", "c = 4, d = 2", Fraction(250, 3)),  # 100, 100, 50
        ("a = 5, b = 5", "", None),
    ],
)
def test_on_scales_that_begin_at_different_points_lowest_is_lowest(
    method: str, agree: str, often: str, expected: Fraction | None
) -> None:
    answers = f"agree = {{ {agree} }}\noften = {{ {often} }}"
    assert value(OF_TWO_SCALES, answers, method=method, ratings=TWO_SCALES) == expected


def test_a_mean_told_on_a_scale_takes_scales_of_any_width() -> None:
    keys = 'items = ["agree.a", "often.c", "once"]\nas = { min = 0, max = 100 }'
    answers = "agree.a = 3\noften.c = 4\nonce = false"
    assert value(keys, answers, ratings=TWO_SCALES) == 50
    found = mistakes_in(sheet_text(TWO_SCALES, score_text('items = ["agree.a", "often.c"]')))
    assert [mistake.message for mistake in found] == [
        "this takes the mean over different scales (0 to 4, 1 to 5).",
    ]


# --- mistakes -------------------------------------------------------------------------------------

GIVE_BACK = section_text(
    'id = "mirror", kind = "rating", scale = { min = 0, max = 1, labels = ["no", "yes"] }, '
    f'items = {things("one")}, give_back = [{{ title = "T", items = ["one"] }}]',
    keys='id = "mirrors"\ntitle = "Mirrors"',
)
MISTAKES = {
    'items = ["practice.sings"]': ("items[1]", "there is no item “sings” in practice. Did you mean signs?"),
    'items = ["practise.signs"]': (
        "items[1]",
        "practise is no prompt of this worksheet. Did you mean practice?",
    ),
    'items = ["calm", "open"]': (
        "items",
        "over different scales (0 to 1, 0 to 3). Add as = { min = 0, max = 100 }: it puts each on",
    ),
    'items = ["practice"]': ("items[1]", "practice has items. Name each: practice.signs"),
    'items = ["calm.signs"]': ("items[1]", "there is no item “signs” in calm."),
    'items = ["practice.signs.light"]': ("items[1]", "there is no item “signs.light” in practice."),
    'items = ["mirror.one"]': ("items[1]", "mirror is given back in words, so no score is made of it."),
    'items = ["mirror"]': ("items[1]", "mirror is given back in words, so no score is made of it."),
    'items = [""]': ("items[1]", "no prompt of this worksheet. Name what counts"),
    "items = []": ("", "give items, or scores, of which it is made."),
    'items = "calm"': ("items", "a list in [ ] was expected."),
    "items = [3]": ("items[1]", "a text in quotes was expected."),
    'items = ["calm", "kind", "calm"]': ("items[3]", "calm is named twice. Take one out."),
    'items = ["practice.signs"]\nreverse = ["practice.sign"]': (
        "reverse[1]",
        "practice.sign is none of the items. Did you mean practice.signs?",
    ),
    'items = ["calm", "kind"]\nminimum_answered = 3': (
        "minimum_answered",
        "there are only 2 items. Write 2 or less.",
    ),
    'items = ["calm"]\nminimum_answered = 2': ("minimum_answered", "there is only 1 item. Write 1 or less."),
    'items = ["calm", "kind"]\nminimum_answered = 0': ("minimum_answered", "at least 1 was expected."),
    'items = ["calm", "kind"]\nminimum_answered = 1.0': ("minimum_answered", "a whole number was expected."),
    'items = ["calm"]\nbands = [{ say = "a" }, { up_to = 1, say = "b" }]': (
        "bands[1]",
        "only the last band can do without up_to. Say up to which score.",
    ),
    'items = ["calm"]\nbands = [{ up_to = 2, say = "a" }, { up_to = 1.5, say = "b" }, { say = "c" }]': (
        "bands[2].up_to",
        "the bands go upwards, and this is not higher than the one before. Write more than 2.",
    ),
    'items = ["calm"]\nbands = [{ up_to = 1, say = "a" }, { up_to = 1.0, say = "b" }, { say = "c" }]': (
        "bands[2].up_to",
        "not higher than the one before. Write more than 1.",
    ),
    'items = ["calm"]\nbands = [{ up_to = 1, say = "a" }, { up_to = 2.5, say = "b" }]': (
        "bands[2].up_to",
        "scores up to 3 can come out, and above this nothing is said. Leave up_to out of the last band.",
    ),
    'items = ["calm"]\nbands = [{ up_to = 1, say = "" }, { say = "b" }]': (
        "bands[1].say",
        "this text is empty",
    ),
    'items = ["calm"]\nbands = [{ up_to = 1 }, { say = "b" }]': ("bands[1].say", "this key is missing."),
    'items = ["calm"]\nbands = [{ up_to = nan, say = "a" }, { say = "b" }]': (
        "bands[1].up_to",
        "a plain number was expected.",
    ),
    'items = ["calm"]\nbands = [{ upto = 1, say = "a" }, { say = "b" }]': (
        "bands[1].upto",
        "Did you mean up_to?",
    ),
    'items = ["calm"]\nband = [{ say = "b" }]': ("band", "Did you mean bands?"),
    'items = ["calm"]\nbands = { say = "b" }': (
        "bands",
        "Write the heading with two brackets: [[scores.bands]].",
    ),
}


@pytest.mark.parametrize("keys", MISTAKES)
def test_a_mistake_in_a_score(keys: str) -> None:
    text = sheet_text(RATINGS, GIVE_BACK, score_text(keys))
    (found,) = mistakes_in(text)
    key, said = MISTAKES[keys]
    assert found.key == f"scores[1].{key}".rstrip(".")
    assert said in f"{found.message} {found.remedy}"
    where = key.partition("[")[0].partition(".")[0]
    assert text.splitlines()[found.line - 1].startswith(where)


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        (
            'method = "mean"',
            'method = "median"',
            "scores[1].method",
            "One of: sum, mean, share, difference, product.",
        ),
        ('method = "mean"\n', "", "scores[1].method", "this key is missing."),
        ('title = "Safety"', 'title = " "', "scores[1].title", "this text is empty"),
        ('id = "it"', 'id = "It"', "scores[1].id", "an id is a small letter"),
        ('id = "it"', 'id = "other"', "scores[1].id", "is reserved"),
        ('id = "it"\n', "", "scores[1].id", "this key is missing."),
        ("[[scores]]", "[scores]", "scores", "Write the heading with two brackets: [[scores]]."),
    ],
)
def test_a_mistake_in_the_head_of_a_score(old: str, new: str, key: str, said: str) -> None:
    score = score_text('items = ["calm"]')
    (found,) = mistakes_in(sheet_text(RATINGS, score.replace(old, new)))
    assert found.key == key
    assert said in f"{found.message} {found.remedy}"
    assert found.line > 0


def test_each_score_has_an_id_of_its_own() -> None:
    score = score_text('items = ["calm"]')
    text = sheet_text(RATINGS, score, score)
    (found,) = mistakes_in(text)
    assert (found.key, found.message) == ("scores[2].id", "another score has the id it.")
    assert text.splitlines()[found.line - 1] == 'id = "it"'
    assert text.splitlines()[found.line - 2] == "[[scores]]"
    assert found.line > text.index("[[scores]]") // 80
    other = score_text('items = ["calm"]', name="practice")  # a prompt may be called as a score
    assert mistakes_in(sheet_text(RATINGS, score, other)) == []


def test_every_mistake_in_a_score_is_named_at_once() -> None:
    keys = (
        'items = ["calm", "calm", "practice.sings"]\nreverse = ["kind"]\nminimum_answered = 4\n'
        'bands = [{ say = "a" }, { up_to = 2, say = "b" }, { up_to = 2, say = "c" }]'
    )
    found = mistakes_in(sheet_text(RATINGS, score_text(keys), score_text('items = ["nothing"]')))
    assert [mistake.key for mistake in found] == [
        "scores[1].items[2]",
        "scores[1].items[3]",
        "scores[1].reverse[1]",
        "scores[1].minimum_answered",
        "scores[1].bands[1]",
        "scores[1].bands[3].up_to",
        "scores[2].id",
        "scores[2].items[1]",
    ]
    assert all(mistake.remedy and mistake.message.endswith(".") for mistake in found)


def test_what_could_not_be_read_is_no_mistake_of_the_score() -> None:
    """Nor are its examples, which nobody can work out then."""
    keys = (
        f"{PRACTICE}\nexamples = [{{ given = {{ calm = 9 }}, score = 3 }}, {{ given = {{ practice = 1 }} }}]"
    )
    ratings = RATINGS.replace('id = "practice", kind = "rating"', 'id = "practice", kind = "ratng"')
    assert ratings != RATINGS
    found = mistakes_in(sheet_text(ratings, score_text(keys)))
    assert [mistake.key for mistake in found] == ["sections[1].prompts[4].kind"]


def test_an_example_may_name_a_rating_that_could_not_be_read() -> None:
    keys = 'items = ["calm"]\nexamples = [{ given = { calm = 1, practice = { signs = 1 } }, score = 2 }]'
    ratings = RATINGS.replace('id = "practice", kind = "rating"', 'id = "practice", kind = "ratng"')
    found = mistakes_in(sheet_text(ratings, score_text(keys)))
    assert [mistake.key for mistake in found] == [
        "sections[1].prompts[4].kind",
        "scores[1].examples[1].score",
    ]


@pytest.mark.parametrize(
    ("keys", "wrong"),
    [
        (
            f'{PRACTICE}\nminimum_answered = "1"\nexamples = [{{ given = {{}}, score = 1 }}]',
            "minimum_answered",
        ),
        ('items = ["calm", 3]\nminimum_answered = 2\nbands = [{ up_to = 3, say = "a" }]', "items[2]"),
        ('items = ["calm"]\nbands = [{ up_to = true, say = "a" }, { say = "b" }]', "bands[1].up_to"),
        ('items = ["calm"]\nreverse = 1\nexamples = [{ given = { calm = 3 }, score = 0 }]', "reverse"),
        ('items = ["calm"]\nexamples = [{ given = { calm = 3 }, score = "3" }]', "examples[1].score"),
    ],
)
def test_what_could_not_be_read_in_a_score_is_said_once(keys: str, wrong: str) -> None:
    found = mistakes_in(sheet_text(RATINGS, score_text(keys)))
    assert [mistake.key for mistake in found] == [f"scores[1].{wrong}"]


def test_beside_what_could_not_be_read_addresses_are_judged_all_the_same() -> None:
    found = mistakes_in(sheet_text(RATINGS, score_text('items = ["clam", 3]\nreverse = ["kind"]')))
    assert sorted(mistake.key for mistake in found) == [
        "scores[1].items[1]",
        "scores[1].items[2]",
        "scores[1].reverse[1]",
    ]


@pytest.mark.thorough
def test_of_a_hostile_file_not_every_mistake_is_named() -> None:
    given = ", ".join(f"prctice-{number} = 1" for number in range(20_000))
    items = ", ".join(f'"practice.sgns-{number}"' for number in range(20_000))
    for keys in (
        f"items = [{items}]",
        f'items = ["calm"]\nreverse = [{items}]',
        f'items = ["calm"]\nexamples = [{{ given = {{ {given} }} }}]',
    ):
        assert len(mistakes_in(sheet_text(RATINGS, score_text(keys)))) == 100


def test_scores_of_a_worksheet_that_can_be_read_are_sound() -> None:
    examined = examine(sheet_text(RATINGS, score_text(f"{PRACTICE}\n{THREE}\nx-note = 1")))
    assert examined.is_sound


# --- definitions ----------------------------------------------------------------------------------


def test_a_definition_keeps_scores_without_their_examples() -> None:
    example = "examples = [{ given = { calm = 1 }, score = 1 }]"
    worksheet = sheet_with(score_text(f'items = ["calm"]\nreverse = []\n{THREE}\n{example}'))
    text = definition_of(worksheet).worksheet
    assert "examples" not in text
    (kept,) = read_definition(text).scores
    assert kept == worksheet.scores[0].model_copy(update={"examples": ()})


def test_a_response_is_scored_as_its_own_definition_says() -> None:
    worksheet = worksheet_from(sheet_text(RATINGS, score_text(f"{PRACTICE}\n{THREE}"), head=OPEN))
    response = response_for(worksheet, "practice = { signs = 3, crowding = 3, light = 3 }")
    kept = read_definition(response.definition.worksheet)
    (found,) = scores(kept, asked(kept, response))
    assert (found.value, found.say) == (Fraction(3), "high")


# --- limits -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("scores_of_rows", "is_refused"), [(20, False), (21, True)])
def test_scores_are_made_of_so_many_parts_at_most(scores_of_rows: int, *, is_refused: bool) -> None:
    rows = things(*(f"r{number}" for number in range(1000)))
    table = f'id = "t", kind = "table", rows = {rows}, columns = [{{ id = "c", ask = "?", kind = "yes-no" }}]'
    keys = 'items = ["t.*.c"]\neach_row = true'
    many = [score_text(keys, f"s{number}", method="sum") for number in range(scores_of_rows)]
    found = mistakes_in(sheet_text(section_text(table), *many))
    assert [mistake.key for mistake in found] == (["scores"] if is_refused else [])
