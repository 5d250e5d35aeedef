"""Names for people who share without theirs: two plain words, drawn by chance and made of nothing else.

Two people may draw the same one; what tells their copies apart is the `shared_id`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_FIRST = (
    "Amber Autumn Azure Birch Bright Calm Cedar Clear Clover Coastal Copper Coral Crimson Dawn Dusky "
    "Ember Fern Forest Gentle Ginger Golden Green Harbour Hazel Heather Indigo Island Ivory Jade Lilac "
    "Maple Marble Meadow Misty Morning Mossy Northern Ochre Olive Opal Orchard Quiet River Rowan Russet "
    "Saffron Sandy Scarlet Silver Slate Snowy Southern Spring Summer Sunny Teal Velvet Violet"
)
_SECOND = (
    "Alder Aspen Avocet Badger Beech Bittern Bramble Brook Bunting Cricket Curlew Cypress Dipper Dove "
    "Dunlin Elder Falcon Finch Firefly Gannet Goldcrest Grebe Hare Harrier Hedgehog Heron Juniper Kestrel "
    "Kingfisher Kite Lapwing Lark Linden Linnet Magpie Marten Merlin Moth Nightjar Nuthatch Oak Oriole "
    "Otter Owl Pine Pipit Plover Puffin Redwing Robin Sandpiper Siskin Skylark Sparrow Starling Stork "
    "Swallow Swift Teasel Thrush Wagtail Warbler Willow Wren"
)


def draw_pseudonym(choose: Callable[[Sequence[str]], str]) -> str:
    """Draw one, such as `Amber Heron`."""
    return f"{choose(_FIRST.split())} {choose(_SECOND.split())}"
