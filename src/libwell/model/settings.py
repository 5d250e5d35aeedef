"""What a person or a library configures: country, who they are, folders, whom to turn to."""

from __future__ import annotations

from pathlib import PurePath
from typing import Annotated

from pydantic import AfterValidator

from libwell.model.base import Many, Model, NotTooMany, Said, Text
from libwell.model.resources import Country
from libwell.model.shell_words import ROOT


def _check_folder(text: str) -> str:
    if text[:1] not in ("", "~") and not PurePath(text).is_absolute():
        raise ValueError(f"a folder is written in full here, beginning with {ROOT} or ~")
    return text


Folder = Annotated[Text, AfterValidator(_check_folder)]
"""A folder that is the same one wherever libwell is called from; `~` is the home folder."""
NamedFolder = Annotated[Said, AfterValidator(_check_folder)]


class Contact(Model):
    """Somebody to turn to. `sees` says who can see that one asked."""

    name: Said
    role: Text = ""
    reach: Said
    hours: Text = ""
    sees: Text = ""


class Settings(Model):
    """One file of settings; what is empty is not set."""

    libwell: str
    country: Country = ""
    name: Text = ""
    team: Text = ""
    library: Text = ""
    data_dir: Folder = ""
    worksheets: Many[NamedFolder] = ()
    terse: bool | None = None
    support: Annotated[Many[Contact], NotTooMany] = ()
