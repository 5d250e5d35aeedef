"""Settings where something is missing or has changed meanwhile: no home, no resources, other contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from configured import HEAD, contact
from libwell.errors import LibwellError
from libwell.flows.configuring import add_contact, gather_support, own_path, remove_contact, set_value
from libwell.rules.support import ANYWHERE, EMERGENCY, TRUSTED
from libwell.storage.settings import Configuration, SettingsFile, parse_settings
from libwell.storage.worksheets import Shelf

if TYPE_CHECKING:
    from pathlib import Path

NOWHERE = Configuration(None, None)


def configuration(path: Path, text: str) -> Configuration:
    settings = parse_settings(HEAD + text, file=str(path))
    return Configuration(SettingsFile(path, is_own=True, settings=settings), None)


def test_without_a_home_nothing_can_be_set_but_all_can_be_asked() -> None:
    with pytest.raises(LibwellError, match="no home folder to keep settings in"):
        own_path(NOWHERE)
    with pytest.raises(LibwellError, match="no home folder"):
        set_value("name", "Ana", NOWHERE, environ={})
    with pytest.raises(LibwellError, match="no home folder"):
        add_contact({"name": "Ana", "reach": "1"}, NOWHERE)
    assert (NOWHERE.text("name"), NOWHERE.contacts, NOWHERE.errors) == ("", (), ())


@pytest.mark.parametrize("country", ["", 'country = "US"\n'])
def test_without_any_resources_the_generic_ways_are_left(tmp_path: Path, country: str) -> None:
    found = gather_support(configuration(tmp_path, country), Shelf([(tmp_path, "empty")]))
    assert (found.lines[0], found.lines[-1], found.errors) == (TRUSTED, EMERGENCY, ())
    assert (ANYWHERE in found.lines) == (not country)
    assert "988" not in "".join(found.lines)


@pytest.mark.parametrize("now", ["", contact("Joy"), contact("Joy") + contact("Ana")])
def test_a_contact_that_moved_meanwhile_is_not_mistaken_for_another(tmp_path: Path, now: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(HEAD + now, encoding="utf-8")
    looked_up = configuration(path, contact("Ana"))
    with pytest.raises(LibwellError, match="changed meanwhile; nothing was removed") as caught:
        remove_contact("1", looked_up)
    assert "Ana" not in str(caught.value)
    assert path.read_text(encoding="utf-8") == HEAD + now
