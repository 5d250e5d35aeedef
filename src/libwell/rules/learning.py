"""Reading on: the resources at hand, and those that a worksheet's sections name in `learn_more`.

A worksheet as it is asked brings these resources along, so that they can be read where it is.
"""

from __future__ import annotations

import datetime as dt
from itertools import chain, islice
from typing import TYPE_CHECKING, Literal

from libwell.errors import Mistake, NotFoundError
from libwell.model.characters import unwrapped
from libwell.model.dates import say_day
from libwell.model.document import Block, Document, Facts, Heading, Paragraph, filled, paragraphs
from libwell.model.nearest import did_you_mean
from libwell.rules.works import once

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from libwell.model.resources import Audience, Resource
    from libwell.model.worksheet import Section, Worksheet


_MOST_MISTAKES = 100


def with_resources(worksheet: Worksheet, at_hand: Iterable[Resource]) -> Worksheet:
    """The worksheet with the resources its sections name, and no others; its own go first."""
    names = chain.from_iterable(section.learn_more for section in worksheet.sections)
    found = _named(dict.fromkeys(names), (*at_hand, *worksheet.resources))
    return worksheet.model_copy(update={"resources": found})


def leading_nowhere(worksheet: Worksheet, at_hand: Iterable[Resource]) -> Iterator[Mistake]:
    """Each `learn_more` that names no resource; of a hostile file the first hundred."""
    known = {resource.id for resource in worksheet.resources}
    others = {resource.id for resource in at_hand}
    unknown = (
        (name, ("sections", number, "learn_more", position))
        for number, section in enumerate(worksheet.sections)
        for position, name in enumerate(section.learn_more)
        if name not in known
    )
    for name, place in islice(unknown, _MOST_MISTAKES):
        remedy = did_you_mean(name, others) or "`libwell resources` shows what there is."
        yield Mistake(f"there is no resource {name}.", place, remedy)


def to_read_on(section: Section, worksheet: Worksheet) -> tuple[Resource, ...]:
    """The resources a section names, in its order, each work once."""
    return tuple(once(_named(section.learn_more, worksheet.resources)))


def _named(names: Iterable[str], resources: Iterable[Resource]) -> tuple[Resource, ...]:
    """The resources with these ids, in their order; of two with one id the later."""
    known = {resource.id: resource for resource in resources}
    return tuple(known[name] for name in names if name in known)


def choose_resources(
    resources: Iterable[Resource], topic: str, *, audience: Audience | Literal[""]
) -> tuple[Resource, ...]:
    """The resources on a topic (or with this id) and for an audience; all where nothing is said.

    Raises NotFoundError if there are none, with the nearest topic.
    """
    everything = tuple(resources)
    wanted = _in_one_word(topic)
    on_topic = [one for one in everything if wanted in ("", one.id, *map(_in_one_word, one.topics))]
    chosen = tuple(one for one in on_topic if audience in ("", *one.audience))
    if chosen or not topic:
        return chosen
    if on_topic:
        raise NotFoundError(f"There are no resources on {topic} for {audience}.", "Leave --audience out.")
    topics = sorted({*chain.from_iterable(one.topics for one in everything)})
    near = did_you_mean(wanted, [*topics, *(one.id for one in everything)])
    some = f"Topics are: {', '.join(topics)}." if topics else "There are no resources at hand."
    raise NotFoundError(f"There are no resources on {topic}.", near or some)


def _in_one_word(topic: str) -> str:
    return "-".join(topic.casefold().split())


def resources_document(resources: Iterable[Resource], intro: str) -> Document:
    """Resources to read, each with what it is, whom it is for, and what it offers; `intro` stands first."""
    blocks: list[Block] = [*paragraphs(unwrapped(intro))]
    for one in resources:
        facts = filled(
            ("What", f"{one.kind.replace('-', ' ')}, {one.provider}"),
            ("For", ", ".join(one.audience)),
            ("Topics", ", ".join(one.topics)),
            ("Country", one.country),
            ("Without a voice", " / ".join(one.without_voice)),
            ("Address", one.url),
            ("Last looked up", say_day(dt.date.fromisoformat(one.looked_up)) if one.looked_up else ""),
            ("Id", one.id),
        )
        blocks += [Heading(2, one.title), Paragraph(unwrapped(one.about)), Facts(facts)]
    return Document("Resources", tuple(blocks))
