"""A worksheet as the page in a browser needs it: plain data, with everything in it that no answer changes.

What is private, whose steps come of a prompt, how libwell says all that: it is worked out here, by the rules
that hold everywhere, so that the page has only to evaluate conditions and to put values together. It must not
know how the page looks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from libwell.model.characters import make_visible, one_line, unwrapped
from libwell.model.links import is_link, link_target
from libwell.model.pages import is_blank
from libwell.rules.asked_now import level_of, pickable
from libwell.rules.documents import epigraph_source
from libwell.rules.learning import to_read_on
from libwell.rules.privacy import guarded, personal_scores, private_prompts
from libwell.rules.share_preview import WITHDRAWAL
from libwell.rules.sharing import FIRST_NAMES, SECOND_NAMES
from libwell.rules.support import ONLY_TYPED, SUPPORT_HEAD
from libwell.rules.wording import (
    say_what_can_be_shared,
    say_what_is_private,
    say_what_is_private_in,
)
from libwell.rules.works import resource_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from libwell.model.response import Definition
    from libwell.model.scores import Score
    from libwell.model.worksheet import AnyPrompt, Section, Worksheet

Data = dict[str, Any]
_SAID_AS_IT_IS = {"is", "answered", "collect"}
"""Keys whose value may be false or empty, and says something then: a test's, and what a plan collects."""
_WORKED_OUT = {"private", "level", "help", "why", "support", "when"}
"""Keys of a prompt that are given as they are in the end, and not as the worksheet has them."""


def form_data(
    worksheet: Worksheet,
    definition: Definition,
    *,
    version: str,
    support: Iterable[str],
    team: str = "",
    library: str = "",
    quiet: bool = False,
) -> Data:
    """Give the data of the page in which a worksheet is answered.

    `definition` is the worksheet as its copies carry it, `version` that of libwell, `support` whom one can
    turn to, one way a line. `team` and `library` stand in the page already (empty: the person can say).
    `quiet`: the page's name in a browser does not say what it is about.
    """
    sheet = guarded(worksheet)
    closed, personal = private_prompts(sheet), personal_scores(sheet)
    return {
        "libwell": version,
        "quiet": quiet,
        "tab": "Worksheet" if quiet else one_line(sheet.title),
        "title": one_line(sheet.title),
        "id": sheet.id,
        "minutes": sheet.minutes,
        "short_minutes": sheet.short_minutes if sheet.has_short_way else None,
        "notice": paragraphs(sheet.notice),
        "about": paragraphs(sheet.about),
        "what_is_private": say_what_is_private(sheet),
        "what_can_be_shared": say_what_can_be_shared(sheet),
        "team": make_visible(one_line(team)),
        "library": make_visible(one_line(library)),
        "support_head": SUPPORT_HEAD,
        "support": support_on_page(support),
        "sections": [_section(section, sheet, closed) for section in sheet.sections],
        "scores": [_score(score, personal) for score in sheet.scores],
        "withdrawal": WITHDRAWAL,
        "names": [FIRST_NAMES, SECOND_NAMES],
        "definition": {"sha256": definition.sha256, "worksheet": definition.worksheet},
    }


def support_on_page(lines: Iterable[str]) -> list[str]:
    """Whom one can turn to, one way a line, without what only libwell itself can do."""
    return [line for line in lines if line not in ONLY_TYPED]


def paragraphs(text: str) -> list[str]:
    """A worksheet's text by its paragraphs, each on one line."""
    return [] if is_blank(text) else unwrapped(text).split("\n\n")


def _section(section: Section, worksheet: Worksheet, closed: frozenset[str]) -> Data:
    prompts = [_prompt(prompt, section, worksheet, closed) for prompt in section.prompts]
    epigraph = section.epigraph
    return _without_empty(
        {
            "id": section.id,
            "title": section.title,
            "epigraph": epigraph and {"text": epigraph.text, "source": epigraph_source(epigraph)},
            "quoted": bool(epigraph and not epigraph.paraphrase),
            "notice": paragraphs(section.notice),
            "who_sees": say_what_is_private_in(section, worksheet),
            "intro": paragraphs(section.intro),
            "all_private": closed.issuperset(prompt.id for prompt in section.prompts),
            "when": _dumped(section.when),
            "read_on": [
                {"text": resource_line(one), "target": link_target(one.url) if is_link(one.url) else ""}
                for one in to_read_on(section, worksheet)
            ],
            "prompts": prompts,
        }
    )


def _prompt(prompt: AnyPrompt, section: Section, worksheet: Worksheet, closed: frozenset[str]) -> Data:
    """A prompt with its kind's own keys as the worksheet has them, and what the worksheet says around it."""
    return _without_empty(
        {
            **_dumped(prompt, exclude=_WORKED_OUT),
            "when": _dumped(prompt.when),
            "help": paragraphs(prompt.help),
            "why": paragraphs(prompt.why),
            "private": prompt.id in closed,
            "pickable": sorted(pickable(worksheet).get(prompt.id, ())),
            "stays": prompt.support is not None,
            "level": level_of(prompt, section, worksheet),
            **prompt.on_page(),
            "measured": prompt.measure is not None,
        }
    )


def _score(score: Score, personal: frozenset[str]) -> Data:
    return _without_empty({**_dumped(score, exclude={"examples"}), "personal": score.id in personal})


def _dumped(part: Any, exclude: set[str] | None = None) -> Any:
    """A part of a worksheet as plain data under the worksheet's own keys; None stays None."""
    return part and part.model_dump(mode="json", by_alias=True, exclude=exclude)


def _without_empty(table: Data) -> Data:
    """The same without keys that say nothing, however deep: none, false, and what is empty."""
    return {key: _plain(part) for key, part in table.items() if _says_something(key, part)}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return _without_empty(value)
    return [*map(_plain, value)] if isinstance(value, list | tuple) else value


def _says_something(key: str, part: Any) -> bool:
    is_empty = part is None or part is False or part in ("", [], {}, ())
    return part is not None if key in _SAID_AS_IT_IS else not is_empty
