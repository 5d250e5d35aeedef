"""Whether a page is as libwell made it: the smallest change is found, and no file is too much for `check`."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import rcssmin
import rjsmin
import tomli_w

from build import shelf_in, worksheet_from, worksheet_text
from forms import page_of
from libwell.errors import FileRefusedError
from libwell.flows import form as flow
from libwell.flows.form import page_mistakes
from libwell.rules.support import ADD_OWN, SUPPORT
from libwell.storage.form_pages import BEGINS, CHANGED, ENDS, is_page
from libwell.storage.places import SHIPPED, shipped_worksheets
from libwell.storage.worksheets import Shelf
from random_files import worksheet
from tiers import Tier

if TYPE_CHECKING:
    from types import ModuleType

    from libwell.errors import Mistake
    from libwell.model.worksheet import Worksheet

PATH = Path("page.html")
SHELF = Shelf([(shipped_worksheets(), SHIPPED)])
CANARY = "canary-7f3a"


SUPPORT_HERE = ("A <b>", "B & \u2028C", ADD_OWN)


def found(page: str, shelf: Shelf = SHELF, support: tuple[str, ...] = SUPPORT) -> tuple[Mistake, ...]:
    try:
        return page_mistakes(page, PATH, shelf, support=support)
    except FileRefusedError as error:
        return error.mistakes


def often(number: int) -> int:
    """How often to try: ten times as often in the thorough tier."""
    return number * 10 if Tier.is_thorough else number


@pytest.fixture(scope="module")
def staff_care() -> str:
    return page_of(SHELF.load("staff-care"), team="Branch 4", library="Lake & Hill", quiet=True)


@pytest.mark.parametrize("name", [header.id for header in SHELF.headers()[0]])
def test_every_shipped_worksheet_is_as_it_was_made(name: str) -> None:
    page = page_of(SHELF.load(name), team="Branch \u202e4\udcff", support=SUPPORT_HERE)
    assert found(page, support=SUPPORT_HERE) == ()


def test_others_to_turn_to_are_a_hint(staff_care: str) -> None:
    (hint,) = found(staff_care, support=("A helpline: 123",))
    assert hint.hint
    assert "whom one can turn to" in hint.message


def any_worksheet(number: int) -> Worksheet:
    return worksheet_from(tomli_w.dumps(worksheet(random.Random(number), f"any-{number}")))


def test_so_is_any_worksheet() -> None:
    for number in range(often(12)):
        (hint,) = found(page_of(any_worksheet(number)))
        assert hint.hint
        assert "no worksheet of this id is at hand" in hint.message


def test_other_questions_under_a_known_id_are_a_hint(tmp_path: Path) -> None:
    mine, theirs = (worksheet_text(f'id = "it", kind = "{kind}"') for kind in ("yes-no", "text"))
    shelf = shelf_in(tmp_path, mine)
    assert found(page_of(worksheet_from(mine)), shelf) == ()
    (hint,) = found(page_of(worksheet_from(theirs)), shelf)
    assert (hint.hint, "not those of the worksheet of this id" in hint.message) == (True, True)


# --- what was changed -----------------------------------------------------------------------------


def test_one_character_changed_is_found_wherever_it_stands(staff_care: str) -> None:
    rng, parts = random.Random(1), []
    for begins, ends in (
        ("<style>", "</style>"),
        ('<div id="paper"', "</main>"),
        (BEGINS, ENDS),
        ("<script>", "</html>"),
    ):
        start = staff_care.index(begins)
        parts += [rng.randrange(start, staff_care.index(ends, start)) for _ in range(often(15))]
    given = range(staff_care.index('"team":'), staff_care.index('"not_answers":'))  # the maker's
    parts = [place for place in parts if place not in given]
    for place in (0, *parts, len(staff_care) - 1):
        other = "x" if staff_care[place] != "x" else "y"
        changed = staff_care[:place] + other + staff_care[place + 1 :]
        assert not all(one.hint for one in found(changed)), place
        assert not all(one.hint for one in found(staff_care[:place] + staff_care[place + 1 :])), place
        assert not all(one.hint for one in found(staff_care[:place] + " " + staff_care[place:])), place


def test_line_ends_and_what_stands_behind_count_too(staff_care: str) -> None:
    for changed in (
        staff_care.replace("\n", "\r\n"),
        f"{staff_care}\n",
        f"{staff_care}<script>1</script>",
        staff_care.replace("default-src 'none'", "default-src *"),
        staff_care.replace('"Branch 4"', '"Branch 4","team":"Branch 5"'),
    ):
        assert changed != staff_care
        assert found(changed) == (CHANGED,)


def test_the_data_of_another_page_is_none_of_it(staff_care: str) -> None:
    other = page_of(SHELF.load("policy-review"))
    data = other.partition(BEGINS)[2].partition(ENDS)[0]
    head, _, rest = staff_care.partition(BEGINS)
    assert found(head + BEGINS + data + ENDS + rest.partition(ENDS)[2]) == (CHANGED,)
    two = staff_care.replace("</body>", f"{BEGINS}{data}{ENDS}\n</body>")
    assert found(two) == (CHANGED,)


@pytest.mark.parametrize("maker", [flow, rjsmin, rcssmin], ids=lambda one: one.__name__)
def test_another_version_is_told(staff_care: str, monkeypatch: pytest.MonkeyPatch, maker: ModuleType) -> None:
    monkeypatch.setattr(maker, "__version__", "99.0")
    (mistake,) = found(staff_care)
    assert not mistake.hint
    assert "another version of libwell" in mistake.message
    assert "Make it anew" in mistake.remedy


# --- what is hostile ------------------------------------------------------------------------------

HOSTILE_DATA = (
    "",
    "null",
    "[]",
    "{}",
    "[" * 1_000_000,
    '{"a":' * 100_000,
    "[0," * 1_000_000,
    "9" * 1_000_000,
    '"' + CANARY * 100_000,
    '{"libwell":"0","quiet":1,"team":2,"library":3,"support":4,"definition":5}',
    f'{{"libwell":"{CANARY}","quiet":false,"team":"","library":"","support":[],"definition":{{}}}}',
    '{"support":[' + ",".join(['"x"'] * 400_000) + "]}",
)


@pytest.mark.parametrize("data", HOSTILE_DATA, ids=range(len(HOSTILE_DATA)))
def test_hostile_data_is_a_mistake_at_once_and_never_quoted(data: str) -> None:
    began = time.process_time()
    mistakes = found(f"<!DOCTYPE html>\n{BEGINS}{data}{ENDS}\n")
    assert time.process_time() - began < 2
    assert len(mistakes) == 1
    assert not mistakes[0].hint
    assert CANARY not in mistakes[0].text("page.html")


@pytest.mark.parametrize(
    "definition",
    [
        "",
        CANARY,
        f'libwell = "worksheet/1"\nid = "{CANARY}"',
        "a.b.c = 1\n" * 100_000,
        "[" * 100_000,
        f"x = '{CANARY * 200_000}'",
    ],
    ids=range(6),
)
def test_a_definition_that_is_none_is_a_change(definition: str, staff_care: str) -> None:
    data = staff_care.partition(BEGINS)[2].partition(ENDS)[0]
    held = json.loads(data)
    held["definition"]["worksheet"] = definition
    began = time.process_time()
    assert found(staff_care.replace(data, json.dumps(held).replace("<", "\\u003c"))) == (CHANGED,)
    assert time.process_time() - began < 5


def test_random_and_cut_files_are_mistakes(staff_care: str) -> None:
    rng = random.Random(2)
    for _ in range(often(30)):
        noise = "".join(map(chr, rng.choices(range(1, 0x250), k=200)))
        place, end = rng.randrange(len(staff_care)), rng.randrange(len(staff_care))
        for text in (
            f"<{noise}",
            staff_care[:end],
            staff_care[:place] + noise + staff_care[place:],
            staff_care[place:],
        ):
            assert not all(one.hint for one in found(text))


def test_a_page_is_known_by_its_name_or_its_first_sign() -> None:
    assert is_page("", Path("a.HTM"))
    assert is_page("\n <!DOCTYPE html>", Path("standard input"))
    assert not is_page('libwell = "worksheet/1"', Path("a.toml"))
