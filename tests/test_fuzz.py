"""Ten thousand spoilt files: libwell reads them, or says in its own words why not.

A spoilt file is made from a sound one by a few changes that the file's number alone decides, so that each can
be made again: `python benchmarks/fuzz.py --only NUMBER` (which also goes through a hundred thousand).
"""

from __future__ import annotations

import datetime as dt
import json
import re
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import tomli
import tomli_w

from build import SHARED_ID, fixed_world, response_for, shared_for, worksheet_from
from libwell.errors import CannotReadError, FileRefusedError, LibwellError
from libwell.export.markdown import render as render_markdown
from libwell.flows.blank import blank_answers
from libwell.flows.checking import check
from libwell.flows.doctor import examine
from libwell.flows.fill import answers_mistakes
from libwell.flows.opened import Opened, find_response, open_all, parse_response, when
from libwell.model.response import Retired, Sharing
from libwell.model.shared import Withdrawal
from libwell.rules.documents import response_document, worksheet_document
from libwell.rules.learning import resources_document
from libwell.rules.paper import blank_document
from libwell.rules.privacy import private_prompts
from libwell.rules.records import response_data
from libwell.rules.support import support_lines
from libwell.rules.walk import Walk
from libwell.storage.definitions import FILE_LIMIT, read_definition
from libwell.storage.files import read_text
from libwell.storage.places import Places
from libwell.storage.resources import read_resources
from libwell.storage.responses import ResponseFolder, response_text
from libwell.storage.settings import parse_settings
from libwell.storage.shared import SharedFile, parse_shared, shared_text
from libwell.storage.toml import parse_toml
from libwell.storage.worksheets import Shelf, examine_text
from libwell.terminal.blocks import render as render_blocks

if TYPE_CHECKING:
    from collections.abc import Callable

    from libwell.model.response import Response
    from libwell.model.worksheet import Worksheet

IN_THE_TESTS, CHUNK = 10_000, 500
HERE = Path(__file__).parent
SHIPPED = HERE.parent / "worksheets"

KINDS = (HERE / "cli" / "kinds.toml").read_text(encoding="utf-8")
LOOKING = """
libwell = "worksheet/1"
id = "looking"
version = "1.0"
title = "What looks at what"
level = "me"
sources = [{ title = "A guide", year = 2020, url = "https://example.org", role = "further" }]

[[sections]]
id = "above"
title = "Above"
private = false
level = "team"

[[sections.prompts]]
id = "areas"
kind = "choices"
ask = "Which areas?"
other = true
min = 1
max = 3
exclusive = ["none"]
options = [
  { id = "desk", text = "Desk", offer = true, suggest = "Ask for a stool" },
  { id = "none", text = "None" },
]

[[sections.prompts]]
id = "first"
kind = "choice"
ask = "Which first?"
options_from = "areas"

[[sections.prompts]]
id = "calm"
kind = "rating"
ask = "How calm?"
scale = { min = 0, max = 4, labels = ["not", "very"] }
offer_at_most = 1

[[sections.prompts]]
id = "again"
kind = "number"
ask = "How often?"
min = 0
max = 10
step = 0.5
bands = [2, 5]
private = true

[[sections.prompts]]
id = "order"
kind = "ranking"
ask = "In which order?"
options_from = "areas"
top = 2

[[sections.prompts]]
id = "marks"
kind = "checklist"
ask = "What is there?"
add_items = true
items = [{ id = "tea", text = "Tea" }]

[[sections]]
id = "below"
title = "Below"

[sections.when]
all = [{ prompt = "areas", includes = "desk" }, { not = { prompt = "again", answered = true } }]

[[sections.prompts]]
id = "each"
kind = "table"
ask = "How is each?"
rows_from = "areas"
when = { any = [{ prompt = "calm", at_most = 3 }, { prompt = "calm", answered = false }] }
columns = [{ id = "how", ask = "How?", offer = true }, { id = "yes", ask = "Yes?", kind = "yes-no" }]

[[sections.prompts]]
id = "why"
kind = "text"
ask = "Why?"
when = { prompt = "marks", marked = "tea", with = "yes" }
max_length = 500

[[sections]]
id = "plan-section"
title = "Plan"
prompts = [{ id = "plan", kind = "plan", ask = "What next?", collect = ["areas.desk", "each.how"] }]
"""
MEASURED = """
libwell = "worksheet/1"
id = "measured"
version = "1.0"
title = "What is counted"
private = false
sources = [{ title = "A scale", role = "instrument", key = "Its manual", licence = "CC BY 4.0" }]
scales = [{ id = "often", min = 0, max = 2, labels = ["hardly", "now and then", "often"] }]

[[option_sets]]
id = "met"
options = [
  { id = "yes", text = "yes", points = 1 },
  { id = "no", text = "no", points = 0 },
  { id = "na", text = "na" },
]

[[sections]]
id = "counted"
title = "Counted"

[[sections.prompts]]
id = "audit"
kind = "table"
ask = "What is there?"
rows = [{ id = "ramp", text = "Ramp", suggest = "Ask for one" }, { id = "bell", text = "Bell" }]
add_rows = true
total = { column = "points", at_most = 100 }
columns = [
  { id = "met", ask = "Met?", kind = "choice", options = "met" },
  { id = "now", ask = "Now?", kind = "rating", scale = "often" },
  { id = "points", ask = "Points", kind = "number", min = 0, max = 100, step = 5, unit = "p", bands = [9] },
  { id = "fix", ask = "How?", offer = true, when = { column = "met", is = ["no", "na"] } },
  { id = "owner", ask = "Who?", becomes = "who" },
  { id = "due", ask = "When?", kind = "date", becomes = "due" },
]

[[sections.prompts]]
id = "rated"
kind = "rating"
ask = "How often?"
scale = "often"
add_items = true
items = [{ id = "calm", text = "Calm" }]

[[sections.prompts]]
id = "order"
kind = "ranking"
ask = "What first?"
top = 2
recall = ["audit.met", "rated.calm"]
options = [{ id = "a", text = "A" }, { id = "b", text = "B", offer = true }]

[[sections]]
id = "after"
title = "After"

[[sections.prompts]]
id = "low"
kind = "table"
ask = "What of these?"
rows_from = "rated"
rated_at_most = 1
columns = [{ id = "how", ask = "How?" }]

[[sections.prompts]]
id = "more"
kind = "text"
ask = "What else?"
when = { score = "share", at_most = 50 }

[[sections.prompts]]
id = "safe"
kind = "yes-no"
ask = "Are you well?"
support = "now"

[[sections.prompts]]
id = "plan"
kind = "plan"
ask = "What next?"

[[scores]]
id = "share"
title = "Share"
method = "share"
items = ["audit.*.met", "audit.ramp.now"]
bands = [{ up_to = 50, say = "Begin." }, { say = "Go on." }]
examples = [{ given = { audit = { ramp = { met = "yes" } } }, score = 100 }]

[[scores]]
id = "gap"
title = "Gap"
method = "product"
items = ["audit.*.now", "audit.*.points"]
each_row = true
offer_at_least = 10

[[scores]]
id = "calm"
title = "Calm"
method = "sum"
items = ["rated.calm"]
reverse = ["rated.calm"]
as = { min = 0, max = 100 }

[[scores]]
id = "both"
title = "Both"
method = "difference"
scores = ["share", "calm"]
"""
COUNTED = """
rated = { calm = 1, ":own" = [{ other = "Noise", id = "other-1", point = 0 }] }
order = ["b", "a"]
low = { calm = { how = "So" }, other-1 = { how = "Thus" } }
more = "Nothing"
safe = true
[audit]
ramp = { met = "no", now = 2, points = 40, fix = "Build one", owner = "Ana", due = 2027-03-01 }
row-1 = { row = "Gate", met = "yes", now = 1, points = 60 }
"""
INCLUDING = """
libwell = "worksheet/1"
id = "including"
version = "1.0"
title = "What includes"

[[sections]]
id = "own"
title = "Own"
prompts = [{ id = "y", kind = "yes-no", ask = "Is it?" }]

[[sections]]
include = "kinds#given"
prefix = "k-"
private = true
when = { prompt = "y", is = true }

[[sections]]
include = "staff-care"
title = "Care"
"""
ANSWERS = """
libwell = "answers/1"
worksheet = "kinds"

[person]
name = "Ana"
team = "Branch 4"

[answers]
words = "One line\\nand another"
roster = true
branch = { other = "Bookmobile" }
rooms = ["hall", { other = "quiet room" }]
shifts = 3
review-day = 2026-12-01
feel = { desk = 2, stacks = { not-answered = "dont-know" } }
support = { well = ["breaks"], improve = ["training", { other = "a stool" }] }
wishes = ["tea", "time"]
days = { monday = { mood = "grey", busy = false, change = "Open later" } }
agencies = [{ name = "Food bank", kind = "near", people = 4, by = 2026-12-24 }]

[[actions]]
step = "Ask for a break on the roster"
who = "Ana and Joy"
due = 2027-03-01
level = "team"
from = "support.breaks"

[[actions]]
step = "Open later"
due = "end of term"
private = true
"""


CONFIG = """
libwell = "config/1"
country = "US"
team = "Branch 4"
worksheets = ["~/shared", "/srv/worksheets"]

[[support]]
name = "Ana"
role = "a colleague"
reach = "the desk, extension 7"
hours = "weekdays"
sees = "nobody"
"""


@cache
def load_part(name: str) -> Worksheet:
    return worksheet_from(KINDS) if name == "kinds" else Shelf([(SHIPPED, "libwell")]).load(name)


@cache
def seeds() -> tuple[tuple[str, str], ...]:
    """Sound files, by what they are; the small ones several times, as they are as good and quicker."""
    looking = examine_text(LOOKING, file="looking", load=load_part).worksheet
    assert looking is not None
    data = tomli.loads(ANSWERS)
    given = tomli_w.dumps({**data["answers"], "actions": data["actions"]})
    old = Retired(ask="Before?", kind="list", answer=["1"], private=False)
    response = response_for(worksheet_from(KINDS), given, retired={"old": old})
    answers = 'areas = ["desk", { other = "cellar", id = "other-1" }]\ncalm = 1\nwhy = "So"\n'
    answers += "marks = { yes = ['tea'] }\neach = { desk = { how = 'well' }, other-1 = { yes = true } }\n"
    measured = worksheet_from(MEASURED)
    sharing = Sharing(shared_id=SHARED_ID, revision=2, pseudonym="Amber Heron")
    small = response_for(looking, answers, at="each.desk.how", last_own={"areas": 1}, shared=sharing)
    shipped = [
        ("resources" if path.stem == "resources" else "worksheet", path.read_text(encoding="utf-8"))
        for path in sorted(SHIPPED.glob("*.toml"))
    ]
    often = [
        ("worksheet", KINDS),
        ("worksheet", LOOKING),
        ("worksheet", MEASURED),
        ("response", response_text(response)),
        ("response", response_text(response_for(measured, COUNTED, last_own={"rated": 1, "audit": 1}))),
        ("shared", shared_text(shared_for(measured, COUNTED.replace("safe = true", "")))),
        ("response", response_text(small)),
        ("shared", shared_text(shared_for(worksheet_from(KINDS), given, person={"team": "Four"}))),
        ("shared", shared_text(shared_for(looking, answers))),
        ("withdrawal", shared_text(Withdrawal(shared_id=SHARED_ID, revision=2))),
        ("answers", ANSWERS),
        ("config", CONFIG),
    ]
    return (*shipped, ("worksheet", INCLUDING), *often * 4)


# --- spoiling -------------------------------------------------------------------------------------

TOKEN = re.compile(r'"{3}[\s\S]*?"{3}|"(?:[^"\\\n]|\\.)*"|[\w.+-]+|\s+|.')
NASTY = (
    *(
        '"',
        "'",
        '"""',
        "'''",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "=",
        ",",
        ".",
        "#",
        "\\",
        "\n",
        "\r",
        "\r\n",
        "\0",
    ),
    *(
        "\ufeff",
        "\u202e",
        "\x1b[2J",
        "\x7f",
        "\u2028",
        "nan",
        "-inf",
        "1e999",
        "0x" + "f" * 40,
        "1_0",
        "-0",
        "0.0",
    ),
    *(
        "9" * 400,
        "9" * 5000,
        "1979-05-27T07:32:00Z",
        "0001-01-01",
        "9999-12-31",
        "07:32:00",
        "2026-02-30",
        "true",
    ),
    *(
        "a" * 2000,
        "a." * 100,
        "[" * 500,
        "{a=" * 200,
        '"' + "k" * 300 + '" = 1\n',
        "[a.b.c.d]\n",
        "[[sections]]\n",
    ),
    *(
        'libwell = "response/2"\n',
        "other-1",
        "not-answered",
        "row-1",
        "other",
        "__class__",
        "id",
        "x-a",
        '""',
    ),
)
VALUES: tuple[Callable[[Random], Any], ...] = (
    lambda _: True,
    lambda random: random.choice([0, -1, 1, 2**31, 2**63 - 1, -(2**63), 10**30, 10**4000]),
    lambda random: random.choice([0.5, -0.0, 1e300, 1e-20, float("inf"), float("nan")]),
    lambda random: random.choice(
        ["", " ", "x", "other", "a\n\nb", "\x1b[0m", "\u202e", "other-1", "kinds#given"]
    ),
    lambda random: random.choice(
        ["desk", "tea", "hall", "areas", "plan", "words", "not-answered", "row-1", "a1"]
    ),
    lambda _: "y" * 100_001,
    lambda random: [[], {}, [[]], [{}], {"": {}}][random.randrange(5)],
    lambda random: {"not-answered": random.choice(["skipped", "dont-know", "no", 1, []])},
    lambda random: {
        "other": random.choice(["mine", "", 1, [], {}]),
        "id": random.choice(["other-1", "x", 1, "other-0"]),
    },
    lambda random: {"id": "row-1", random.choice(["name", "how", "zz"]): random.choice([1, "x", True, {}])},
    lambda _: dt.date(2026, 11, 21),
    lambda random: random.choice([dt.date.min, dt.date.max]),
    lambda _: dt.datetime(2026, 11, 21, 18, tzinfo=dt.UTC),
    lambda random: random.choice([dt.datetime.min, dt.datetime.max, dt.datetime(2026, 11, 21)]),  # noqa: DTZ001, DTZ901
    lambda _: dt.time(12, 0),
    lambda random: nested(random.choice([5, 60, 70, 300])),
    lambda random: ["x"] * random.choice([1, 1000]),
    lambda random: {
        random.choice(["all", "any"]): [{"prompt": "areas", "answered": True}],
        "not": {"prompt": "calm"},
    },
)


def nested(depth: int) -> Any:
    value: Any = "deep"
    for level in range(depth):
        value = {"not": value} if level % 2 else [value]
    return value


@dataclass
class Spoiler:
    """Changes a sound file, each time in another way, as its chance decides."""

    random: Random

    def spoil(self, text: str) -> bytes:
        """Give the bytes of a file with a few things wrong in it."""
        values = self.random.random() < 0.7
        if values:
            text = self.change_values(text)
        for _ in range(self.random.choice([0, 0, 0, 1, 2] if values else [1, 1, 2, 3, 4])):
            text = self.random.choice([self.cut, self.repeat, self.swap, self.put_in, self.move_lines])(text)
        data = text.encode("utf-8", "surrogatepass")
        return self.flip(data) if self.random.random() < 0.1 else data

    def change_values(self, text: str) -> str:
        """Change values, keys and entries of the tables, so that the file is still TOML."""
        data = tomli.loads(text)
        if "definition" in data and self.random.random() < 0.3:
            data["definition"]["worksheet"] = self.change_values(data["definition"]["worksheet"])
        else:
            for _ in range(self.random.choice([1, 1, 2, 3])):
                self._change_one(data)
        try:
            return tomli_w.dumps(data)
        except (TypeError, ValueError, AttributeError, RecursionError):
            return text

    def _change_one(self, data: Any) -> None:
        holders = [holder for holder in walk_through(data) if holder]
        if not holders:
            return
        holder = self.random.choice(holders)
        key = self.random.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        match self.random.randrange(8):
            case 0:
                del holder[key]
            case 1 if isinstance(holder, list):
                holder.insert(key, holder[key])
            case 2 if isinstance(holder, dict):
                new = self.random.choice(
                    ["", "id", "when", "private", "zz", "k" * 200, "\x1b]0;", "other", *holder]
                )
                holder[new] = holder.pop(key)
            case 3:
                other = self.random.choice(holders)
                holder[key] = json_copy(other)
            case _:
                holder[key] = self.random.choice(VALUES)(self.random)

    def cut(self, text: str) -> str:
        start = self._place(text)
        return text[:start] + text[start + self._length() :]

    def repeat(self, text: str) -> str:
        start = self._place(text)
        part = text[start : start + self._length()]
        return text[:start] + part * self.random.choice([2, 2, 3, 50]) + text[start + len(part) :]

    def swap(self, text: str) -> str:
        tokens = TOKEN.findall(text)
        if len(tokens) > 1:
            one, other = self.random.randrange(len(tokens)), self.random.randrange(len(tokens))
            tokens[one], tokens[other] = tokens[other], tokens[one]
        return "".join(tokens)

    def put_in(self, text: str) -> str:
        tokens = TOKEN.findall(text) or [""]
        place = self.random.randrange(len(tokens))
        nasty = self.random.choice(NASTY)
        tokens[place] = nasty if self.random.random() < 0.5 else tokens[place] + nasty
        return "".join(tokens)

    def move_lines(self, text: str) -> str:
        lines = text.split("\n")
        start = self.random.randrange(len(lines))
        moved = lines[start : start + self.random.randrange(1, 6)]
        del lines[start : start + len(moved)]
        place = self.random.randrange(len(lines) + 1)
        lines[place:place] = moved
        return "\n".join(lines)

    def flip(self, data: bytes) -> bytes:
        changed = bytearray(data)
        for _ in range(self.random.randrange(1, 5)):
            if changed:
                changed[self.random.randrange(len(changed))] ^= 1 << self.random.randrange(8)
        return bytes(changed)

    def _place(self, text: str) -> int:
        return self.random.randrange(len(text) + 1)

    def _length(self) -> int:
        return int(self.random.paretovariate(0.6))


def walk_through(value: Any) -> list[Any]:
    """Every table and list in a value."""
    found, waiting = [], [value]
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict | list):
            found.append(here)
            waiting += here.values() if isinstance(here, dict) else here
    return found


def json_copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: json_copy(part) for key, part in value.items()}
    return [json_copy(part) for part in value] if isinstance(value, list) else value


def in_order(value: Any) -> Any:
    """A value with the keys of its tables sorted; what is no table or list as Python writes it."""
    if isinstance(value, dict):
        return [(key, in_order(value[key])) for key in sorted(value)]
    return list(map(in_order, value)) if isinstance(value, list) else repr(value)


# --- reading what was spoilt ----------------------------------------------------------------------


LIBRARY_WORDS = re.compile(
    r"Input should|should have|validation error|(?i:pydantic|tomli|errors\.)|Traceback"
)


class OneShelf(Shelf):
    """A shelf with one worksheet, read once."""

    def __init__(self) -> None:
        super().__init__([])
        self._only = worksheet_from(KINDS)

    def load(self, name: str) -> Worksheet:
        if name != "kinds":
            raise LibwellError(f"There is no worksheet {name}.")
        return self._only

    def all_with_id(self, name: str) -> tuple[Worksheet, ...]:
        return (self._only,) if name == "kinds" else ()


@cache
def shelf() -> OneShelf:
    return OneShelf()


def read(kind: str, text: str) -> None:
    """Do all that libwell does with a file of this kind. Raises LibwellError."""
    if kind == "worksheet":
        examined = examine_text(text, file="spoilt.toml", load=load_part)
        if examined.is_sound and examined.worksheet is not None:
            use_worksheet(examined.worksheet)
        for mistake in examined.mistakes:
            check_words(mistake.text("spoilt.toml"))
    elif kind == "response":
        use_response(parse_response(text, Path("spoilt.toml")))
    elif kind in ("shared", "withdrawal"):
        use_shared(parse_shared(text, Path("spoilt.toml"), shelf()))
    elif kind == "resources":
        found = read_resources(text, file="spoilt.toml")
        document = resources_document(found.resources, found.intro)
        render_blocks(document)
        render_markdown(document)
        for line in support_lines((), "", found.resources):
            check_words(line)
    elif kind == "config":
        settings = parse_settings(text, file="spoilt.toml")
        support_lines(settings.support, settings.country, ())
    else:
        for mistake in answers_mistakes(text, file="spoilt.toml", shelf=shelf(), world=fixed_world()):
            check_words(mistake.text("spoilt.toml"))


def check_words(message: str) -> None:
    """See that a message is libwell's own, and not that of a library."""
    assert not LIBRARY_WORDS.search(message), message[:500]


def use_worksheet(worksheet: Worksheet) -> None:
    private_prompts(worksheet)
    for document in (
        worksheet_document(worksheet, facilitator=True),
        blank_document(worksheet, facilitator=True),
    ):
        render_blocks(document)
        render_markdown(document)
    tomli.loads(blank_answers(worksheet))
    response = response_for(worksheet)
    assert read_definition(response.definition.worksheet) == as_kept(worksheet)
    walk_on(Walk(worksheet, response, dt.date(2026, 11, 21)))


def as_kept(worksheet: Worksheet) -> Worksheet:
    """Leave out what is for the author and not kept in responses: worked examples, what has a name."""
    scores = tuple(score.model_copy(update={"examples": ()}) for score in worksheet.scores)
    return worksheet.model_copy(update={"scores": scores, "scales": (), "option_sets": ()})


def use_response(saved: Opened) -> None:
    for private in (False, True):
        excerpt = saved.excerpt(private=private)
        document = response_document(excerpt)
        render_markdown(document)
        render_blocks(document)
        json.dumps(response_data(excerpt), default=str, allow_nan=False)
    assert saved.progress
    when(saved.response, fixed_world())
    check_again(saved.response)
    walk_on(Walk(saved.worksheet, saved.response, dt.date(2026, 11, 21)))


def use_shared(found: SharedFile | Withdrawal) -> None:
    """See that what was read can be written, and read again as what it was, nothing dropped any more."""
    text = shared_text(found if isinstance(found, Withdrawal) else found.shared)
    try:
        again = parse_shared(text, Path("again.toml"), shelf())
    except LibwellError as error:
        raise AssertionError("what libwell read of a copy it refuses to read again") from error
    assert shared_text(again if isinstance(again, Withdrawal) else again.shared) == text
    if isinstance(found, SharedFile) and isinstance(again, SharedFile):
        assert again.dropped == 0
        assert not private_prompts(found.worksheet) & found.shared.answers.keys()
        for one in found.asked:
            if one.value is not None:
                one.prompt.brief(one.value, one.around)
                one.prompt.without_words(one.value)


def check_again(response: Response) -> None:
    """See that what is saved can be read, and is what it was (told by its text, as nan is not itself)."""
    text = response_text(response)
    try:
        again = parse_response(text, Path("saved.toml"))
    except LibwellError as error:
        raise AssertionError("what libwell saved it refuses to read") from error
    assert response_text(again.response) == text


def walk_on(walk: Walk) -> None:
    """Walk on with a few lines typed, and back once; what comes of it can be saved and read again."""
    if walk.at_review and walk.asked():
        walk.go("1")
    for line in ("1", "y", "some words", "2026-12-01", "1wi", ":back", "-", ":skip", "", ""):
        if not walk.at_review:
            walk.turn()
            try:
                walk.hear(line)
            except CannotReadError:
                walk.hear(":skip")
    check_again(walk.response)


def look_around(folder: Path) -> None:
    """Do what looks at every file in a folder."""
    spoilt_shelf, responses = Shelf([(folder, "spoilt")]), ResponseFolder(folder)
    spoilt_shelf.headers()
    open_all(responses)
    with suppress(LibwellError):  # where none can be read, it says what is wrong with the latest
        find_response("latest", responses)
    list(examine(Places(folder.parent, ((folder, "spoilt"),)), spoilt_shelf, responses))


def spoilt(number: int) -> tuple[str, bytes]:
    """The file with this number: what it was, and its bytes."""
    random = Random(number)
    kind, text = random.choice(seeds())
    return kind, Spoiler(random).spoil(text)


def try_one(number: int, folder: Path) -> bool:
    """Read the file with this number. Returns whether it could be used.

    Raises whatever is not libwell's own error.
    """
    kind, data = spoilt(number)
    try:
        if number % 10:
            text = data.decode("utf-8", "replace")
            read(kind, text)
        else:
            path = folder / f"{number}.toml"
            path.write_bytes(data)
            list(check([path], shelf=shelf(), world=fixed_world()))
            read(kind, read_text(path, limit=FILE_LIMIT))
    except LibwellError as error:
        check_words(str(error))
        return False
    return True


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("start", range(0, IN_THE_TESTS, CHUNK))
def test_a_spoilt_file_is_read_or_refused_in_our_own_words(start: int, tmp_path: Path) -> None:
    for number in range(start, start + CHUNK):
        try:
            try_one(number, tmp_path)
        except Exception as error:
            error.add_note(f"file {number}: python benchmarks/fuzz.py --only {number}")
            raise
    look_around(tmp_path)


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("start", range(0, IN_THE_TESTS, CHUNK))
def test_the_quick_reader_of_toml_reads_as_the_thorough_one(start: int) -> None:
    """Where a table's heading comes late it may stand in another place, so that the order is left out."""
    for number in range(start, start + CHUNK):
        text = spoilt(number)[1].decode("utf-8", "replace")
        with suppress(FileRefusedError):
            found = parse_toml(text, file="spoilt.toml")
            assert in_order(found) == in_order(tomli.loads(text)), f"file {number}"


@pytest.mark.thorough
def test_the_sound_files_are_sound() -> None:
    for kind, text in seeds():
        read(kind, text)
        examined = examine_text(text, file="sound", load=load_part) if kind == "worksheet" else None
        assert examined is None or [mistake for mistake in examined.mistakes if not mistake.hint] == []
