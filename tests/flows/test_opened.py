"""A response that is opened: what follows from it is worked out once, and a change has its revision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from build import NOW, fixed_world, hear, response_for, things, walk_for, worksheet_of
from counting import counted
from libwell.errors import LockedError
from libwell.flows.opened import hold, read_response
from libwell.rules.asked_now import asked
from libwell.rules.privacy import for_audience
from libwell.rules.records import response_data
from libwell.storage.responses import ResponseFolder

if TYPE_CHECKING:
    from pathlib import Path

SHEET = worksheet_of('id = "words", kind = "text"', 'id = "sure", kind = "yes-no"')


def saved(folder: ResponseFolder) -> Path:
    return folder.create(lambda _: response_for(SHEET, 'words = "w"'), lambda: "k3f9").path


def test_an_item_that_is_not_answered_has_no_value_and_says_why() -> None:
    scale = 'scale = { min = 0, max = 3, labels = ["low", "high"] }, not_answers = ["dont-know"]'
    sheet = worksheet_of(f'id = "practice", kind = "rating", items = {things("calm", "signs")}, {scale}')
    response = response_for(sheet, 'practice = { calm = 2, signs = { not-answered = "dont-know" } }')
    (answer,) = response_data(for_audience(response, sheet, private=True))["answers"]
    assert answer["value"] == [
        {"id": "calm", "value": 2},
        {"id": "signs", "value": None, "not_answered": "dont-know"},
    ]


def test_what_is_asked_is_worked_out_once(tmp_path: Path) -> None:
    path = saved(ResponseFolder(tmp_path))
    with counted(asked) as counts:
        opened = read_response(path)
        for private in (True, False):
            assert len(opened.excerpt(private=private).asked) == 2
        assert opened.progress == "1 of 2"
    assert counts["asked"] == 1


def test_a_walk_works_it_out_once_for_the_same_answers() -> None:
    with counted(asked) as counts:
        walk = walk_for(SHEET, 'words = "w"')
        hear(walk, ":back", "", ":list", ":go 1", ":go 2")
        assert walk.turn().number == 2
        assert counts["asked"] == 1
        hear(walk, "y")
    assert counts["asked"] == 2


def test_a_change_is_saved_with_its_revision_and_no_change_is_not(tmp_path: Path) -> None:
    folder = ResponseFolder(tmp_path)
    path = saved(folder)
    before = path.read_bytes()
    with hold(path, folder, fixed_world()) as held:
        held.save(held.opened.response)
        assert path.read_bytes() == before
        held.save(held.opened.response.model_copy(update={"answers": {"sure": True}}))
        assert held.opened.progress == "1 of 2"
        with pytest.raises(LockedError), hold(path, folder, fixed_world()):
            pass
    after = read_response(path).response
    assert (after.revision, after.updated, after.answers) == (1, NOW, {"sure": True})
