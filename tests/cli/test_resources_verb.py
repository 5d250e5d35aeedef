"""`libwell resources` and `learn_more`: shown, as JSON, with files of one's own, in walks and exports."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from build import section_text, sheet_text
from libwell.storage.places import shipped_worksheets
from walking import Walking, run, saved_files, squeezed

if TYPE_CHECKING:
    from pathlib import Path

OWN = """libwell = "resources/1"
intro = "What our library reads."

[[resources]]
id = "mental-health-first-aid"
title = "First aid, our way"
provider = "Our library"
kind = "training"
audience = ["staff"]
topics = ["first steps"]
about = "We meet in spring."
url = "https://example.org/ours"

[[resources]]
id = "quiet-hour"
title = "The quiet hour"
provider = "Our library"
kind = "guide"
audience = ["patrons"]
about = "One hour a week."
"""
SHEET = sheet_text(
    section_text(
        'id = "words", kind = "text", why = "Because."',
        'id = "more", kind = "yes-no"',
        keys='id = "first"\ntitle = "First"\nlearn_more = ["quiet-hour", "mental-health-first-aid"]',
    ),
    section_text('id = "last", kind = "yes-no"', keys='id = "second"\ntitle = "Second"'),
    name="reading",
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def with_own(data: Path, resources: str = OWN, worksheet: str = "") -> Path:
    """Put a file of resources, and a worksheet, in the person's own folder."""
    folder = data / "worksheets"
    folder.mkdir(parents=True)
    path = folder / "resources.toml"
    path.write_text(resources, encoding="utf-8")
    if worksheet:
        (folder / "reading.toml").write_text(worksheet, encoding="utf-8")
    return path


def listed(data: Path, *arguments: str, status: int = 0) -> dict[str, dict[str, Any]]:
    """The resources in JSON, by id."""
    done = run(data, "resources", "--json", *arguments)
    assert done.returncode == status
    document = json.loads(done.stdout)
    assert document["schema"] == "libwell.resources/1"
    return {one["id"]: one for one in document["resources"]}


# --- what is shown --------------------------------------------------------------------------------


def test_all_of_them_with_the_words_before(data: Path) -> None:
    done = run(data, "resources")
    assert (done.returncode, done.stderr) == (0, "")
    shown = squeezed(done.stdout)
    for one in listed(data).values():
        for key in ("title", "about", "provider", "url"):
            assert squeezed(one[key]) in shown
    assert "many people turn to the library" in " ".join(done.stdout.split())
    assert not data.exists()


def test_those_on_a_topic_or_with_an_id(data: Path) -> None:
    done = run(data, "resources", "Burnout")
    assert done.returncode == 0
    assert "From Burnout to Balance" in done.stdout
    assert "many people turn to the library" not in " ".join(done.stdout.split())
    assert all("burnout" in one["topics"] for one in listed(data, "burnout").values())
    assert set(listed(data, "988-lifeline")) == {"988-lifeline"}


@pytest.mark.thorough
def test_a_topic_of_several_words_needs_no_quotation_marks(data: Path) -> None:
    found = listed(data, "compassion", "fatigue")
    assert found == listed(data, "Compassion Fatigue") == listed(data, "compassion-fatigue")
    assert found
    assert all("compassion-fatigue" in one["topics"] for one in found.values())
    done = run(data, "resources", "compassion", "fatigue")
    assert all(f"Id: {name}" in done.stdout for name in found)
    assert "many people turn to the library" not in " ".join(done.stdout.split())


@pytest.mark.thorough
def test_those_for_an_audience(data: Path) -> None:
    everything = listed(data)
    for audience in ("staff", "patrons", "leaders"):
        found = listed(data, "--audience", audience)
        assert set(found) == {name for name, one in everything.items() if audience in one["audience"]}
        assert len(found) > 0
    assert set(listed(data, "stress", "--audience", "leaders")) < set(listed(data, "--audience", "leaders"))


def test_every_field_is_in_json(data: Path) -> None:
    with_own(data)
    assert listed(data)["mental-health-first-aid"] == {
        "id": "mental-health-first-aid",
        "title": "First aid, our way",
        "provider": "Our library",
        "kind": "training",
        "audience": ["staff"],
        "topics": ["first steps"],
        "about": "We meet in spring.",
        "country": "",
        "url": "https://example.org/ours",
        "looked_up": "",
        "without_voice": [],
    }
    lifeline = listed(data)["988-lifeline"]
    assert (lifeline["country"], lifeline["looked_up"]) == ("US", "2026-11-27")
    assert "Chat: https://988lifeline.org" in lifeline["without_voice"]
    shown = " ".join(run(data, "resources", "988-lifeline").stdout.split())
    assert "Without a voice: Chat: https://988lifeline.org / In American Sign Language" in shown
    assert "Last looked up: November 27, 2026" in shown


def test_an_unknown_topic_says_which_is_near(data: Path) -> None:
    done = run(data, "resources", "burnuot")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "There are no resources on burnuot. Did you mean burnout?\n"
    assert "Topics are: " in run(data, "resources", "xyzzy").stderr


def test_an_unknown_audience_is_used_wrongly(data: Path) -> None:
    done = run(data, "resources", "--audience", "everyone")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "--audience takes staff, patrons or leaders.\n"


# --- files of one's own ---------------------------------------------------------------------------


@pytest.mark.thorough
def test_ones_own_come_first_and_hide_built_in_ones(data: Path) -> None:
    built_in = listed(data)
    with_own(data)
    everything = listed(data)
    assert list(everything)[:2] == ["mental-health-first-aid", "quiet-hour"]
    assert set(everything) == {*built_in, "quiet-hour"}
    done = run(data, "resources")
    assert "First aid, our way" in done.stdout
    assert built_in["mental-health-first-aid"]["title"] not in done.stdout
    assert "What our library reads." in done.stdout
    assert "first steps" in run(data, "resources", "first steps").stdout


@pytest.mark.parametrize("text", ["libwell = [", OWN.replace('"guide"', '"gide"'), OWN * 2])
def test_a_broken_file_is_named_and_the_rest_is_shown(data: Path, text: str) -> None:
    path = with_own(data, text)
    done = run(data, "resources")
    assert done.returncode == 3
    assert done.stderr.startswith(f"{path}:")
    assert "From Burnout to Balance" in done.stdout
    assert "quiet hour" not in done.stdout
    assert len(listed(data, status=3)) == 27
    assert run(data, "resources", "burnout").returncode == 3


def test_with_a_broken_file_built_in_worksheets_are_shown_and_started(data: Path) -> None:
    with_own(data, "libwell = [")
    assert run(data, "show", "staff-care").returncode == 0
    with Walking(data, "start", "staff-care") as walk:
        assert "How much strength do you have today?" in walk.shown
        walk.type(":pause")
        assert walk.status == 0


def test_check_names_what_is_wrong_in_a_file_of_resources(tmp_path: Path, data: Path) -> None:
    path = tmp_path / "resources.toml"
    path.write_text(OWN.replace('"guide"', '"gide"').replace('["patrons"]', '["all"]'), encoding="utf-8")
    done = run(data, "check", str(path))
    assert done.returncode == 4
    first, second, *_ = done.stdout.splitlines()
    assert first.startswith(f"{path}:18: resources[2].kind: this word is not known here.")
    assert second.startswith(f"{path}:19: resources[2].audience[1]: this word is not known here.")
    path.write_text(OWN, encoding="utf-8")
    assert run(data, "check", str(path)).returncode == 0
    assert run(data, "check", str(shipped_worksheets() / "resources.toml")).returncode == 0


def test_check_names_what_leads_nowhere(data: Path) -> None:
    with_own(data, worksheet=SHEET.replace('"quiet-hour"', '"quite-hour"'))
    path = data / "worksheets" / "reading.toml"
    done = run(data, "check", str(path))
    assert done.returncode == 4
    assert "learn_more[1]: there is no resource quite-hour. Did you mean quiet-hour?" in done.stdout
    line = int(done.stdout.partition(f"{path}:")[2].partition(":")[0])
    assert path.read_text(encoding="utf-8").splitlines()[line - 1].startswith("learn_more")


# --- in a walk and in an export -------------------------------------------------------------------


def test_why_says_where_to_read_on(data: Path) -> None:
    with_own(data, worksheet=SHEET)
    with Walking(data, "start", "reading") as walk:
        shown = " ".join(walk.type(":why").split())
        assert (
            "Because. To read on: - The quiet hour (guide, Our library). "
            "- First aid, our way (training, Our library). https://example.org/ours"
        ) in shown
        walk.type(":skip", ":skip")
        assert "To read on" not in walk.type(":why")


@pytest.mark.thorough
def test_a_response_exports_the_same_wherever_it_is(tmp_path: Path, data: Path) -> None:
    with_own(data, worksheet=SHEET)
    answers = tmp_path / "answers.toml"
    answers.write_text('worksheet = "reading"\n[answers]\nwords = "So it is."\n', encoding="utf-8")
    run(data, "fill", str(answers), "--draft")
    (path,) = saved_files(data)
    exported = run(data, "export", str(path))
    assert "- The quiet hour (guide, Our library)." in exported.stdout
    assert "https://example.org/ours" in exported.stdout.replace("\\", "")
    for name, resources in {
        "none": 'libwell = "resources/1"\n',
        "others": OWN.replace("The quiet hour", "Another hour").replace("First aid", "Second aid"),
        "broken": "libwell = [",
    }.items():
        elsewhere = tmp_path / name
        with_own(elsewhere, resources, SHEET.replace('"quiet-hour", ', ""))
        there = run(elsewhere, "export", str(path))
        assert (there.stdout, there.stderr, there.returncode) == (exported.stdout, "", 0)
    definition = path.read_text(encoding="utf-8").partition("[definition]")[2]
    assert definition.count("[[resources]]") == 2
