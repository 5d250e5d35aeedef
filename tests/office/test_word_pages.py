"""Word files in a real LibreOffice: each becomes pages, on which all of its words stand in their order."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from build import shared_for
from libwell import load_worksheet
from libwell.storage.shared import shared_text
from readers import READERS
from walking import run

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[2]
LACKING = "needs LibreOffice: apt-get install libreoffice-writer"
LETTER = (612, 792)
FOOT = re.compile(r"^\s*\d+ ?/ ?\d+\s*$", re.MULTILINE)
# Each document, and how many pages it may take.
MOST_PAGES = {
    "staff-care": 4,
    "policy-review": 4,
    "blank-staff-care": 8,
    "blank-policy-review": 9,
    "team-report": 8,
    "team-plan": 4,
}
SHARED = """
supports = { well = ["check-ins"], improve = ["check-ins", { other = "A kettle" }] }
[[actions]]
step = "Ask for an hour"
due = 2027-03-01
"""


@pytest.fixture(scope="session")
def office() -> str:
    """The machine's own LibreOffice. Where there is none, tests are skipped, or fail if OFFICE=required."""
    found = shutil.which("soffice")
    if not found and os.environ.get("OFFICE") == "required":
        pytest.fail(LACKING)
    if not found:
        pytest.skip(LACKING)
    return found


@pytest.fixture(scope="session")
def made(office: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every document as a Word file, and as LibreOffice prints it."""
    folder = tmp_path_factory.mktemp("office")
    for path in written(folder):
        assert path.is_file()
    # A profile of its own: two at once don't share one.
    command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    files = sorted(map(str, folder.glob("*.docx")))
    subprocess.run([*command, "--outdir", str(folder), *files], check=True, capture_output=True, timeout=300)
    return folder


def written(folder: Path) -> Iterator[Path]:
    """Write an export of each example, an empty worksheet, and what a team's report and plan say."""
    data, exports = folder / "data", folder / "exports"
    run(data, "fill", *(str(ROOT / "examples" / f"{name}.toml") for name in ("staff-care", "policy-review")))
    run(data, "export", "--all", "--private", "--format", "docx", "--output", str(exports))
    for path in exports.glob("*.docx"):
        yield path.rename(folder / f"{path.stem.partition('-2')[0]}.docx")
    for name in ("staff-care", "policy-review"):
        blank = folder / f"blank-{name}.docx"
        run(data, "blank", name, "--output", str(blank))
        yield blank
    together = folder / "together"
    together.mkdir()
    worksheet = load_worksheet(ROOT / "worksheets" / "staff-care.toml")
    for number in range(10):
        one = shared_for(worksheet, SHARED, number=number)
        (together / f"{number}.toml").write_text(shared_text(one), encoding="utf-8")
    for name in ("report", "plan"):
        path = folder / f"team-{name}.docx"
        run(data, "team", name, str(together), "--output", str(path))
        yield path


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("name", MOST_PAGES)
def test_a_word_file_prints_whole_on_few_pages(made: Path, name: str) -> None:
    sheets = PdfReader(made / f"{name}.pdf").pages
    assert 1 <= len(sheets) <= MOST_PAGES[name]
    sizes = {(round(float(one.mediabox.width)), round(float(one.mediabox.height))) for one in sheets}
    assert sizes <= {LETTER, LETTER[::-1]}
    assert (LETTER[::-1] in sizes) == (name == "blank-policy-review")
    printed = squeezed("".join(FOOT.sub("", one.extract_text()) for one in sheets)).replace("•", "")
    for line in READERS["docx"]((made / f"{name}.docx").read_bytes()).splitlines():
        words = [squeezed(word) for word in line.split() if word.isascii()]
        assert all(word in printed for word in words), line


@pytest.mark.parametrize("name", MOST_PAGES)
def test_no_heading_stands_alone_at_the_foot_of_a_page(made: Path, name: str) -> None:
    from docx import Document

    headings = {
        squeezed(one.text)
        for one in Document(str(made / f"{name}.docx")).paragraphs
        if one.style and one.style.name.startswith("Heading")
    }
    for number, sheet in enumerate(PdfReader(made / f"{name}.pdf").pages, 1):
        said = squeezed(FOOT.sub("", sheet.extract_text()))
        assert said, number
        assert not [one for one in headings if said.endswith(one)], number
