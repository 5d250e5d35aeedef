"""From one file on a stick to the report of ten colleagues' copies, and one of them taken back."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import tomli_w

from build import response_for
from forms import draft_of
from libwell import load_worksheet
from libwell.model.response import Person
from random_files import answers
from walking import run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from libwell.model.response import Response

ROOT = Path(__file__).parents[2]
SHEET = load_worksheet(ROOT / "worksheets" / "staff-care.toml")
COPY, WITHDRAWAL = "COPY-FOR-MY-TEAM.txt", "WITHDRAWAL-FOR-MY-TEAM.txt"
# As copies come from mail: under one name, under another ending, with other line breaks.
NAMES = (COPY, *(f"COPY-FOR-MY-TEAM ({number}).txt" for number in range(1, 6)), "from-ana.toml.txt", "b.toml")
CRLF = 3
TEAM = "Branch 4"


def colleague(number: int) -> Response:
    """What one of ten gave, in words and marks of their own."""
    given = answers(Random(number), SHEET.model_dump(by_alias=True, exclude_unset=True))
    given["answers"]["supports"] = {"well": ["praise"], "improve": ["check-ins", {"other": f"Own {number}"}]}
    text = tomli_w.dumps({**given["answers"], "actions": given["actions"]})
    return response_for(SHEET, text, person=Person(team=TEAM))


def saved(tab: Page, button: str) -> str:
    """The text of the file that a button of the page saves."""
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name=button).first.click()
    return waiting.value.path().read_text("utf-8")


def copy_of(chromium: Browser, page: Path, response: Response, *, withdrawn: bool = False) -> list[str]:
    """What somebody hands in who opens a page, takes what they gave from a draft, and saves the copy."""
    tab = chromium.new_page()
    tab.set_default_timeout(10_000)
    tab.goto(page.as_uri())
    buffer = draft_of(response, SHEET).encode()
    tab.locator("input[type=file]").first.set_input_files(
        {"name": "DRAFT-private.json", "mimeType": "application/json", "buffer": buffer}
    )
    tab.get_by_text("The draft is on the page.").first.wait_for()
    tab.get_by_role("button", name="Show what would leave").click()
    texts = [saved(tab, f"Save {COPY}")]
    if withdrawn:
        tab.get_by_text("Take back the copy I saved").click()
        texts.append(saved(tab, f"Save {WITHDRAWAL}"))
    tab.close(run_before_unload=False)
    return texts


def counted(folder: Path, copies: Path) -> dict[str, Any]:
    done = run(folder, "team", "report", str(copies), "--format", "json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_ten_colleagues_one_file_one_report(chromium: Browser, tmp_path: Path) -> None:
    page, desk, mail, shared = (tmp_path / name for name in ("form.html", "desk", "mail", "shared"))
    made = run(desk, "form", "staff-care", "--team", TEAM, "--output", str(page))
    assert made.returncode == 0, made.stderr
    assert run(desk, "check", str(page)).returncode == 0
    mail.mkdir()
    shared.mkdir()
    everybody = [colleague(number) for number in range(10)]
    for number, response in enumerate(everybody):
        (text,) = copy_of(chromium, page, response)
        name = NAMES[number] if number < len(NAMES) else f"copy {number}.txt"
        (mail / name).write_text(text, encoding="utf-8", newline="\r\n" if number == CRLF else "\n")
        given = {"answers": response.answers, "worksheet": SHEET.id, "person": {"team": TEAM}}
        actions = [one.model_dump(by_alias=True, exclude_unset=True) for one in response.actions]
        own, file = tmp_path / f"own-{number}", tmp_path / f"answers-{number}.toml"
        file.write_text(tomli_w.dumps({**given, "actions": actions}), encoding="utf-8")
        assert run(own, "fill", "--draft", str(file)).returncode == 0
        wanted = run(own, "share", "latest", "--yes", "--output", f"{shared}/{number}.toml")
        assert wanted.returncode == 0, wanted.stderr
    status = run(desk, "team", "status", str(mail), "--expected", "10")
    assert status.returncode == 0
    assert "10 of 10" in status.stdout + status.stderr
    assert counted(desk, mail) == counted(tmp_path / "other", shared)
    plan = run(desk, "team", "plan", str(mail))
    assert plan.returncode == 0
    assert "ten-minute check-in" in plan.stdout


def test_a_copy_that_is_taken_back_counts_no_more(chromium: Browser, tmp_path: Path) -> None:
    page, mail = tmp_path / "form.html", tmp_path / "mail"
    assert run(tmp_path, "form", "staff-care", "--output", str(page)).returncode == 0
    mail.mkdir()
    for number, text in enumerate(copy_of(chromium, page, colleague(1), withdrawn=True)):
        (mail / f"{number}.txt").write_text(text, encoding="utf-8")
    status = run(tmp_path, "team", "status", str(mail))
    assert status.returncode == 0
    assert "1 person took back what they shared" in status.stderr
