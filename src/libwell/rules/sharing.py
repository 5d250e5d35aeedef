"""What a shared copy holds: what is put in, from a list of what may leave, and what is read of one.

A copy is made of `for_audience`'s result alone. Of a copy nothing private is taken, whoever put it there.
What a person is told of it is `share_preview`'s.
"""

from __future__ import annotations

import datetime as dt
import hmac
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from libwell.kinds.values import NOT_ANSWERED, Value, is_own_id
from libwell.model.response import Response, Sharing
from libwell.model.shared import Shared, SharedAction, SharedDefinition, SharedPerson
from libwell.rules.asked_now import Asked, asked
from libwell.rules.caching import cached_by_identity
from libwell.rules.privacy import for_audience, is_private_action, private_in_any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from libwell.model.response import Action, Definition
    from libwell.model.worksheet import Worksheet

_NEVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


# --- making a copy --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person lets leave beyond the least: names, and what they wrote in their own words."""

    named: bool = False
    with_text: bool = False


def shared_copy(
    response: Response, worksheet: Worksheet, wish: Wish, *, sharing: Sharing, definition: Definition
) -> Shared:
    """The copy of a response that may leave: what is listed here, and nothing else.

    `sharing` holds what all copies of the response have in common, and the revision of this one.
    `definition` is the worksheet written anew, so that nothing else that stood in the response's own goes
    along. Words of one's own are texts, lists, text cells, own entries and, beside a step, how one will know,
    notes, and a day in words; steps themselves are always in it. A skip is no answer.
    """
    excerpt = for_audience(response, worksheet, private=False)
    answers = {one.prompt.id: value for one in excerpt.measured if (value := _leaving(one, wish)) is not None}
    person = excerpt.response.person
    return Shared(
        shared_id=sharing.shared_id,
        revision=sharing.revision,
        pseudonym=sharing.pseudonym,
        key=sharing.key,
        person=SharedPerson(name=person.name if wish.named else "", team=person.team, library=person.library),
        answers=answers,
        actions=tuple(
            _action(action, number, answers, wish) for number, action in enumerate(excerpt.actions, 1)
        ),
        definition=SharedDefinition(sha256=definition.sha256, worksheet=definition.worksheet),
    )


def _leaving(one: Asked, wish: Wish) -> Value | None:
    if one.not_answer:
        return {NOT_ANSWERED: one.not_answer}
    return one.value if wish.with_text else one.prompt.without_words(one.value)


def _action(action: Action, number: int, answers: dict[str, Value], wish: Wish) -> SharedAction:
    """A step for the copy. Its number is new, as a gap between numbers would tell of a private step.

    It says that it is not private: where its origin stays behind, readers would have to take it for private.
    """
    leaving = {"step", "status", "level"}
    if wish.with_text:
        leaving |= {"due", "know", "notes"}
    if wish.named:
        leaving.add("who")
    kept = {"due": action.day, **action.model_dump(include=leaving)}
    origin = _origin(action.from_, answers, wish)
    return SharedAction.model_validate({**kept, "id": f"a{number}", "private": False, "from": origin})


def _origin(address: str, answers: dict[str, Value], wish: Wish) -> str:
    """Where a step came from, if that is in the copy; three parts lead to a cell in a person's own words."""
    name, *inside = address.split(".")
    is_told = name in answers and (wish.with_text or not (len(inside) > 1 or any(map(is_own_id, inside))))
    return address if is_told else ""


# --- names made up for copies ---------------------------------------------------------------------

FIRST_NAMES = (
    "Amber Autumn Azure Birch Bright Calm Cedar Clear Clover Coastal Copper Coral Crimson Dawn Dusky "
    "Ember Fern Forest Gentle Ginger Golden Green Harbor Hazel Heather Indigo Island Ivory Jade Lilac "
    "Maple Marble Meadow Misty Morning Mossy Northern Ochre Olive Opal Orchard Quiet River Rowan Russet "
    "Saffron Sandy Scarlet Silver Slate Snowy Southern Spring Summer Sunny Teal Velvet Violet"
)
SECOND_NAMES = (
    "Alder Aspen Avocet Badger Beech Bittern Bramble Brook Bunting Cricket Curlew Cypress Dipper Dove "
    "Dunlin Elder Falcon Finch Firefly Gannet Goldcrest Grebe Hare Harrier Hedgehog Heron Juniper Kestrel "
    "Kingfisher Kite Lapwing Lark Linden Linnet Magpie Marten Merlin Moth Nightjar Nuthatch Oak Oriole "
    "Otter Owl Pine Pipit Plover Puffin Redwing Robin Sandpiper Siskin Skylark Sparrow Starling Stork "
    "Swallow Swift Teasel Thrush Wagtail Warbler Willow Wren"
)
"""What the first and the second word of a made-up name can be."""


def draw_pseudonym(choose: Callable[[Sequence[str]], str]) -> str:
    """Draw a name such as `Amber Heron`, made of nothing but chance.

    Two people may draw the same one; what tells their copies apart is the `shared_id`.
    """
    return f"{choose(FIRST_NAMES.split())} {choose(SECOND_NAMES.split())}"


# --- telling copies apart -------------------------------------------------------------------------

_OF_THE_FILE = {"libwell", "shared_id", "revision", "pseudonym", "key"}


def content_digest(copy: Shared) -> str:
    """A digest of what a copy shares: answers, steps, names and worksheet, whatever the revision."""
    return sha256(_content(copy)).hexdigest()


@cached_by_identity
def stand_ins(copy: Shared) -> tuple[str, str]:
    """Two digests that a facilitator's memory keeps: one of who shared the copy, one of what it shares.

    Both are made with the random key in the copy, so that neither can be guessed without it.
    """
    key = (copy.key or copy.shared_id).encode()
    texts = copy.shared_id.encode(), _content(copy)
    person, shared = (hmac.digest(key, text, "sha256")[:16].hex() for text in texts)
    return person, shared


def _content(copy: Shared) -> bytes:
    rest = copy.model_dump_json(exclude={*_OF_THE_FILE, "definition"})
    return f'{rest.removesuffix("}")},"definition":{_definition_as_json(copy.definition)}}}'.encode()


@lru_cache(maxsize=8)
def _definition_as_json(definition: SharedDefinition) -> str:
    """A definition, which is longer than all the rest, and the same in thousands of copies."""
    return definition.model_dump_json()


# --- reading a copy -------------------------------------------------------------------------------


def without_private(shared: Shared, worksheet: Worksheet, known: Iterable[Worksheet]) -> tuple[Shared, int]:
    """A copy without what is private in it, and how many answers and steps that was.

    Private is what its own worksheet says is, or one `known` of the same id. Nobody can share it, so it was
    put there by hand, or by forging the worksheet.
    """
    private = private_in_any(worksheet, known)
    answers = {name: value for name, value in shared.answers.items() if name not in private}
    actions = tuple(one for one in shared.actions if not is_private_action(one, worksheet, private))
    dropped = len(shared.answers) - len(answers) + len(shared.actions) - len(actions)
    if not dropped:
        return shared, 0
    return shared.model_copy(update={"answers": answers, "actions": actions}), dropped


def as_response(shared: Shared) -> Response:
    """A copy in the shape that answers are judged in; its id and its times mean nothing."""
    return Response(
        id=f"shared-{shared.shared_id}",
        created=_NEVER,
        updated=_NEVER,
        person=shared.person,
        answers=shared.answers,
        actions=shared.actions,
        definition=shared.definition,
    )


def asked_in(response: Response, worksheet: Worksheet) -> tuple[Asked, ...]:
    """What a copy (as a response) says of each prompt, in the worksheet's order.

    Conditions are passed over: they held when it was shared, and what they look at may not be in it.
    """
    return asked(_without_conditions(worksheet), response)


def measured(everything: Iterable[Asked]) -> tuple[Asked, ...]:
    """The prompts of which something was said that is measured.

    The plan is not among them, as its actions stand by themselves.
    """
    return tuple(one for one in everything if one.entry is not None and one.prompt.measure)


@cached_by_identity
def _without_conditions(worksheet: Worksheet) -> Worksheet:
    bare = worksheet.map_prompts(lambda prompt: prompt.model_copy(update={"when": None}))
    sections = tuple(section.model_copy(update={"when": None}) for section in bare.sections)
    return bare.model_copy(update={"sections": sections})
