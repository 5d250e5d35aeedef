"""Which of one person's files count: always what the tally keeps of them, in whatever order they came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from build import SHARED_ID, worksheet_of
from libwell.model.shared import Withdrawal
from libwell.rules.sharing import stand_ins
from libwell.rules.team.received import Received, not_counted
from libwell.rules.team.tally import gather
from team_build import copy_of

if TYPE_CHECKING:
    from libwell.rules.team.contributions import Copy

SHEET = worksheet_of('id = "it", kind = "yes-no"')
ANSWERS = ("it = true", "it = false")
FILES: list[Copy | Withdrawal] = [
    *(copy_of(SHEET, answer, revision=revision) for answer in ANSWERS for revision in (1, 2)),
    *(Withdrawal(shared_id=f"{SHARED_ID[:-4]}aaaa", revision=revision) for revision in (1, 2)),
]


def received(name: str, number: int) -> Received:
    one = FILES[number]
    if isinstance(one, Withdrawal):
        return Received(name, one.revision, "")
    return Received(name, one.shared.revision, stand_ins(one.shared)[1])


@given(st.lists(st.integers(0, len(FILES) - 1), min_size=1, max_size=6))
def test_what_is_not_named_is_what_the_tally_keeps(numbers: list[int]) -> None:
    files = [received(str(place), number) for place, number in enumerate(numbers)]
    told = dict(not_counted(files))
    (kept,) = gather(FILES[number] for number in numbers).entries.values()
    counts = [one for one in files if told.get(one.name, "differs") == "differs"]
    assert kept.revision in {one.revision for one in counts}
    assert (kept.contribution.copy if kept.contribution else "") in {one.copy for one in counts}
    assert len(counts) == 1 or {*told.values()} >= {"differs"}
