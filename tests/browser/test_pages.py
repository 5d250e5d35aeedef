"""Pages in a real Chromium: nothing is in anybody's way, nothing acts or is loaded, all of it prints."""

from __future__ import annotations

import io
import re
import unicodedata
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import tomli
import tomli_w
from pypdf import PdfReader

from browsers import findings, is_too_wide
from build import shared_for
from hostile import HOSTILE
from libwell import load_worksheet
from libwell.export.html import render
from libwell.kinds.rating import RatingPrompt
from libwell.model.document import (
    Bar,
    Bars,
    Block,
    Course,
    Courses,
    Distribution,
    Distributions,
    Document,
    Facts,
    Heading,
    Listing,
    Marks,
    Paragraph,
    Ratings,
    Reference,
    References,
    Sides,
    Table,
    Task,
)
from libwell.storage.shared import shared_text
from walking import run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
NAMES = ("staff-care", "policy-review", "community-connections", "trauma-informed-practice")
TEAMS = ("team report", "team plan")
PAGES = (*NAMES, *(f"blank {name}" for name in NAMES), *TEAMS)
VIEWS: Mapping[str, Any] = {
    "light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "narrow": {"viewport": {"width": 320, "height": 900}, "color_scheme": "light"},
}
PAPERS = {"Letter": (612, 792), "A4": (595, 842)}
# Each heading, with the line below it where something more belongs to it.
HEADS = """[...document.querySelectorAll("h2, h3, h4, h5, h6, .aside:has(+ :is(dl, table, ul))")]
.map(one => one.innerText)"""
RUN_OVER = """[...document.querySelectorAll("th, td")].filter(one => one.scrollHeight > one.offsetHeight + 1)
.map(one => one.innerText)"""


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Exports with all that is private, empty worksheets, and what a team shared, by name."""
    folder = tmp_path_factory.mktemp("pages")
    scored = folder / "scored.toml"
    scored.write_text(rated("trauma-informed-practice"), encoding="utf-8")
    run(folder, "fill", *map(str, sorted((ROOT / "examples").glob("*.toml"))))
    run(folder, "fill", "--draft", str(scored))
    done = run(folder, "export", "--all", "--private", "--format", "html", "--output", str(folder))
    assert done.returncode == 0, done.stderr
    exports = {path.stem.partition("-2")[0]: path.read_text("utf-8") for path in folder.glob("*.html")}
    blanks = {f"blank {name}": run(folder, "blank", name, "--format", "html").stdout for name in exports}
    assert len(exports) == 4
    return exports | blanks | shared(folder)


def shared(folder: Path) -> dict[str, str]:
    """A report and a plan of what eleven people in two teams shared."""
    marks = """
        supports = { well = ["check-ins"], improve = ["check-ins", { other = "A kettle" }] }
        [[actions]]
        step = "Ask for an hour"
        due = 2027-03-01
        [[actions]]
        step = "Ask for one hour"
    """
    together = folder / "together"
    together.mkdir()
    for start, name in ((0, "staff-care"), (11, "trauma-informed-practice")):
        worksheet = load_worksheet(ROOT / "worksheets" / f"{name}.toml")
        for number in range(11):
            answers = marks
            if name != "staff-care":
                answers = tomli_w.dumps(tomli.loads(rated(name, first=number))["answers"])
            team = {"team": f"Branch {number % 2}"}
            one = shared_for(worksheet, answers, number=start + number, person=team)
            (together / f"{name}-{number}.toml").write_text(shared_text(one), encoding="utf-8")
    options = {"team report": ("--by", "team"), "team plan": ()}
    made = {
        name: run(folder, *name.split(), str(together), "--format", "html", *options[name]) for name in TEAMS
    }
    assert all(done.returncode == 0 for done in made.values()), made
    return {name: done.stdout for name, done in made.items()}


def rated(name: str, *, first: int = 0) -> str:
    """Answers that rate everything in a worksheet, one thing left open."""
    worksheet = load_worksheet(ROOT / "worksheets" / f"{name}.toml")
    ratings = [prompt for _, prompt in worksheet.prompts() if isinstance(prompt, RatingPrompt)]
    answers: dict[str, dict[str, Any]] = {
        prompt.id: {item.id: number % 4 for number, item in enumerate(prompt.items, first)}
        for prompt in ratings
    }
    answers[ratings[0].id][ratings[0].items[0].id] = {"not-answered": "dont-know"}
    return tomli_w.dumps({"worksheet": name, "answers": answers})


@contextmanager
def opened(chromium: Browser, folder: Path, page: str, view: str = "light") -> Iterator[Page]:
    """A page from a file, as a person opens it. It may not ask, complain, or want anything but itself."""
    path = folder / "page.html"
    path.write_text(page, encoding="utf-8")
    context = chromium.new_context(**VIEWS[view])
    tab, heard = context.new_page(), []
    tab.on("console", lambda message: heard.append(message.text))
    tab.on("pageerror", lambda error: heard.append(str(error)))
    tab.on("request", lambda request: heard.append(request.url))
    tab.on("dialog", lambda dialog: heard.append(dialog.message))
    tab.goto(path.as_uri(), wait_until="networkidle")
    yield tab
    context.close()
    assert heard == [path.as_uri()]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_in_anybodys_way(
    chromium: Browser, pages: dict[str, str], tmp_path: Path, name: str, view: str
) -> None:
    with opened(chromium, tmp_path, pages[name], view) as tab:
        assert findings(tab) == {}
        assert not is_too_wide(tab)


def test_axe_and_the_listener_would_tell(chromium: Browser, tmp_path: Path) -> None:
    bad = '<!DOCTYPE html><title>T</title><p style="color: #ccc">pale</p><img src="missing.png">'
    with pytest.raises(AssertionError, match=r"missing\.png"), opened(chromium, tmp_path, bad) as tab:
        assert {"violations color-contrast", "violations image-alt"} <= set(findings(tab))


def test_hostile_text_does_nothing_and_fits(chromium: Browser, tmp_path: Path) -> None:
    texts = tuple(text[:2000] for text in HOSTILE)
    blocks: tuple[Block, ...] = (
        *(Heading(3, text) for text in texts),
        *(Paragraph(text, tone="answer") for text in texts),
        *(Task(text, details=((text, text),)) for text in texts),
        Facts(tuple(zip(texts, texts, strict=True))),
        Listing(texts, title=texts[0]),
        References(tuple(Reference(text, text, text) for text in texts)),
        Marks((Listing(texts, title=texts[0]), Listing(texts, title=texts[1]))),
        *(Table((text, "B"), ((text, "2"),), row_heads=True) for text in texts),
        Bars(tuple(Bar(text, 1, 0, 3, text) for text in texts)),
        Ratings(tuple(Bar(text, 1, 0, 3, text) for text in texts)),
        Courses((texts[0][:20], "b"), tuple(Course(text, (text, "2"), (0, 1), text) for text in texts)),
        Distributions(tuple(Distribution(text, ((text[:20], 1), ("2", 3)), text) for text in texts)),
    )
    page = render(Document(texts[0], blocks))
    for view in ("light", "narrow"):
        with opened(chromium, tmp_path, page, view) as tab:
            assert not is_too_wide(tab)
            assert tab.evaluate("document.querySelectorAll('script, iframe, img, form, input').length") == 0


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("to_fill_in", [False, True])
def test_an_audit_of_forty_rows_prints_on_five_pages(
    chromium: Browser, tmp_path: Path, paper: str, *, to_fill_in: bool
) -> None:
    heads = ("", "Met?", "What shows it?", "Who?", "By when?", "Notes")
    filled = ("in part", "Photos of the door, and a note from May", "Facilities, with Ana", "2027-05-11", "")
    cells = ("",) * 5 if to_fill_in else filled
    rows = tuple((f"{number}. The door opens without pulling hard", *cells) for number in range(1, 41))
    above = (Facts((("Name", "Ana"),)), Heading(2, "The building"), Heading(3, "What is met?"))
    blocks = (*above, Listing(("“By when?”: a date.",)), Table(heads, rows, row_heads=True))
    document = Document("An audit", blocks, to_fill_in=to_fill_in)
    with opened(chromium, tmp_path, render(document)) as tab:
        assert not is_too_wide(tab)
        sheets = PdfReader(io.BytesIO(tab.pdf(format=paper, prefer_css_page_size=False))).pages
        lies = [sheet.mediabox.width > sheet.mediabox.height for sheet in sheets]
        words = [squeezed(sheet.extract_text()) for sheet in sheets]
    assert len(lies) <= 5
    assert any(lies) == to_fill_in
    first = next(sheet for sheet in words if "2.Thedooropens" in sheet)
    assert all(said in first for said in ("Thebuilding", "Whatismet?", "“Bywhen?”:adate."))
    with opened(chromium, tmp_path, render(document), "narrow") as tab:
        assert tab.evaluate(RUN_OVER) == []


def test_private_questions_print_on_pages_of_their_own(
    chromium: Browser, pages: dict[str, str], tmp_path: Path
) -> None:
    with opened(chromium, tmp_path, pages["blank staff-care"]) as tab:
        printed = PdfReader(io.BytesIO(tab.pdf(format="A4", prefer_css_page_size=False))).pages
        sheets = [squeezed(sheet.extract_text()) for sheet in printed]
        (first,) = [number for number, sheet in enumerate(sheets) if "keepthesepages" in sheet]
    assert sheets[first].removeprefix(f"{first + 1}/{len(sheets)}").startswith("Foryoualone:keepthesepages")
    assert "Name" in sheets[0]
    assert not any("Whomyoucanturnto" in sheet for sheet in sheets[:first])


def test_five_columns_have_room_to_write(chromium: Browser, pages: dict[str, str], tmp_path: Path) -> None:
    with opened(chromium, tmp_path, pages["blank policy-review"]) as tab:
        tab.emulate_media(media="print")
        heights = tab.evaluate(
            "[...document.querySelectorAll('.wide tbody tr')].map(row => row.getBoundingClientRect().height)"
        )
        printed = PdfReader(io.BytesIO(tab.pdf(format="A4", prefer_css_page_size=False))).pages
    across = [
        squeezed(sheet.extract_text()) for sheet in printed if sheet.mediabox.width > sheet.mediabox.height
    ]
    assert len(heights) == 3
    assert min(heights) > 80
    assert [("4.Nowlook" in sheet, "rathernotsay" in sheet) for sheet in across] == [(True, True)]


def test_a_question_stays_with_its_chart_on_paper(chromium: Browser, tmp_path: Path) -> None:
    blocks: list[Block] = []
    for lines in range(60):
        blocks += [Heading(3, f"Question {lines}"), Paragraph(f"{lines} people answered.", tone="aside")]
        row = Distribution("A row", (("1", 2), ("2", 3)), "median 2; " * (lines % 9))
        blocks.append(Distributions((row, row._replace(label="Another row"))))
    with opened(chromium, tmp_path, render(Document("A report", tuple(blocks)))) as tab:
        heads = [squeezed(head) for head in tab.evaluate(HEADS)]
        printed = PdfReader(io.BytesIO(tab.pdf(format="A4", prefer_css_page_size=False))).pages
        sheets = [squeezed(sheet.extract_text()) for sheet in printed]
    assert len(sheets) > 10
    for number, sheet in enumerate(sheets, 1):
        above = sheet.removesuffix(f"{number}/{len(sheets)}")
        assert not any(above.endswith(head) for head in heads)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_report_of_ten_people_is_short_and_begins_with_a_page_in_short(
    chromium: Browser, tmp_path: Path, paper: str
) -> None:
    worksheet = load_worksheet(ROOT / "worksheets" / "staff-care.toml")
    asked = [prompt for _, prompt in worksheet.prompts() if prompt.kind == "checklist" and not prompt.private]
    items = {prompt.id: [item.id for item in prompt.places().items] for prompt in asked}
    together = tmp_path / "together"
    together.mkdir()
    for number in range(10):
        marked = {
            name: {"well": ids[number % 3 :: 2], "improve": ids[: 1 + number % len(ids)]}
            for name, ids in items.items()
        }
        one = shared_for(worksheet, tomli_w.dumps(marked), number=number)
        (together / f"{number}.toml").write_text(shared_text(one), encoding="utf-8")
    made = run(tmp_path, "team", "report", str(together), "--format", "html", "--expected", "14")
    with opened(chromium, tmp_path, made.stdout) as tab:
        printed = PdfReader(io.BytesIO(tab.pdf(format=paper, prefer_css_page_size=False)))
    sheets = [squeezed(sheet.extract_text()) for sheet in printed.pages]
    assert len(sheets) <= 3
    begin = ("People10of14", "Inshort", "Mostsay", "Wishedformost", "Wherepeoplediffermost", "Totalkabout:")
    assert [one for one in begin if one not in sheets[0]] == []


def test_a_checklist_of_a_report_is_not_torn_apart_on_paper(chromium: Browser, tmp_path: Path) -> None:
    blocks: list[Block] = []
    for number in range(30):
        bar = Bar("mark", 2, 0, 9, f"2 of {number}")
        rows = tuple((f"Row {number}-{row}.", (bar, bar)) for row in range(2 + number % 9))
        blocks += [Heading(3, f"Question {number}?"), Sides(("Well", "Better"), rows)]
    with opened(chromium, tmp_path, render(Document("A report", tuple(blocks)))) as tab:
        printed = PdfReader(io.BytesIO(tab.pdf(format="A4", prefer_css_page_size=False))).pages
        sheets = [squeezed(sheet.extract_text()) for sheet in printed]
    for number in range(30):
        last = f"Row{number}-{1 + number % 9}."
        assert any(f"Question{number}?" in sheet and last in sheet for sheet in sheets)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", PAGES)
def test_it_prints_whole(
    chromium: Browser, pages: dict[str, str], tmp_path: Path, name: str, paper: str
) -> None:
    with opened(chromium, tmp_path, pages[name]) as tab:
        tab.evaluate("document.querySelectorAll('.said').forEach(one => one.remove())")  # is not printed
        steps = tab.evaluate("[...document.querySelectorAll('.tasks > li')].map(one => one.innerText)")
        words = tab.evaluate("document.body.innerText")
        heads = tab.evaluate(HEADS)
        tab.emulate_media(media="print")
        printed = PdfReader(io.BytesIO(tab.pdf(format=paper, prefer_css_page_size=False)))
    width, height = PAPERS[paper]
    sheets = [Sheet(page) for page in printed.pages]
    assert (1 if name == "team plan" else 2) <= len(sheets) <= 2 + len(words) / 1000
    for sheet in sheets:  # wide tables lie across
        assert abs(min(sheet.width, sheet.height) - width) < 2
        assert abs(max(sheet.width, sheet.height) - height) < 2
    for number, sheet in enumerate(sheets, 1):
        foot = f"{number}/{len(sheets)}"
        assert foot in sheet.words
        above = sheet.words.removesuffix(foot).removeprefix(foot)
        assert not any(above.endswith(squeezed(head)) for head in heads), "a heading stands alone"
        assert sheet.is_within_margins
    everything = "".join(sheet.words for sheet in sheets)
    for line in words.splitlines():
        assert squeezed(line) in everything
    for step in steps:
        assert any(squeezed(step) in sheet.words for sheet in sheets), "a step is torn apart"


class Sheet:
    """One printed page: its size in points, its words without white space, and where they stand."""

    def __init__(self, page: Any) -> None:
        self.width, self.height = float(page.mediabox.width), float(page.mediabox.height)
        self.places: list[tuple[float, float]] = []
        self.words = squeezed(page.extract_text(visitor_text=self._see))

    def _see(self, text: str, matrix: list[float], inner: list[float], *_: object) -> None:
        if text.strip():
            x, y = inner[4], inner[5]
            self.places.append((matrix[0] * x + matrix[4], matrix[3] * y + matrix[5]))

    @property
    def is_within_margins(self) -> bool:
        return all(20 < x < self.width - 20 and 20 < y < self.height - 20 for x, y in self.places)


def squeezed(text: str) -> str:
    """Text without white space, and without the ligatures that print makes."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
