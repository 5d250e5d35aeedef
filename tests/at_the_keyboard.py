"""Somebody who answers a page by keyboard alone: Tab from field to field, and nothing is clicked.

It knows a page only as a screen reader tells it: what has the focus, its label, and the groups around it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Download, Page

_MOST_STOPS = 2_000
_HERE = """() => {
  const here = document.activeElement, groups = [];
  for (let around = here.parentElement; around; around = around.parentElement) {
    if (around.tagName === "FIELDSET") groups.push(around.querySelector(":scope > legend")?.innerText ?? "");
  }
  const label = here.labels?.length ? here.labels[0].innerText : here.innerText;
  return [here === document.body ? "" : here.tagName.toLowerCase(), here.type ?? "", (label ?? "").trim(),
    groups.join(" / "), here.value ?? "", Boolean(here.checked)];
}"""


class Place(NamedTuple):
    """What has the focus: its element and type, its label, the groups around it, and what is in it."""

    tag: str
    type: str
    label: str
    groups: str
    value: str
    checked: bool

    @property
    def is_text(self) -> bool:
        """Whether words are typed here."""
        return self.tag == "textarea" or (self.tag == "input" and self.type == "text")


@dataclass
class AtTheKeyboard:
    """Somebody at the keyboard; `saved` are the files the page handed out, by their names."""

    tab: Page
    folder: Path
    saved: dict[str, Path] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tab.on("download", self._keep)

    def _keep(self, download: Download) -> None:
        self.saved[download.suggested_filename] = self.folder / download.suggested_filename
        download.save_as(self.saved[download.suggested_filename])

    def here(self) -> Place:
        """What has the focus."""
        return Place(*self.tab.evaluate(_HERE))

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.tab.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type a text."""
        self.tab.keyboard.type(text)

    def save(self, name: str) -> None:
        """Press the button that has the focus, which saves a file of this name."""
        with self.tab.expect_download():
            self.press("Enter")
        assert name in self.saved

    def go_through(self, answer: Callable[[Place], None]) -> None:
        """Go through the page with Tab from its beginning to its end; `answer` acts at each place."""
        for _ in range(_MOST_STOPS):
            self.press("Tab")
            place = self.here()
            if not place.tag:
                return
            self.places.append(place)
            answer(place)
        raise AssertionError("the page has no end")
