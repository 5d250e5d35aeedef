"""A worksheet as one HTML page that stands by itself and is answered in a browser.

`form.html` beside this module is its template, and the script is put together of the modules in `SCRIPTS`,
which share one scope. Whatever the worksheet says stands in the page as data, which no browser runs, and as a
printable blank for those without script. It must not decide what is asked, or what is private; that is
`rules.form`'s.
"""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from jinja2 import PackageLoader
from markupsafe import Markup

from libwell.export.html import environment, hash_of
from libwell.model import pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from libwell.model.document import Document

SCRIPTS: Mapping[str, str] = {
    "words": "",
    "numbers": "",
    "fractions": "table scores",
    "values": "",
    "kinds": "",
    "plain": "yes-no date number list",
    "picks": "choice choices ranking",
    "places": "ranking",
    "marks": "checklist",
    "points": "rating",
    "tables": "table",
    "counted": "scores",
    "asked": "",
    "scores": "scores",
    "ends": "",
    "recall": "recall",
    "toml": "",
    "leaving": "",
    "drafts": "",
    "elements": "",
    "controls": "",
    "amounts": "number date rating plan",
    "choosing": "choice choices",
    "lists": "list choices checklist rating",
    "giving": "yes-no number list",
    "items": "checklist",
    "rating": "rating",
    "ordering": "ranking",
    "cells": "table",
    "plan": "plan",
    "sharing": "",
    "questions": "",
    "frame": "",
    "page": "",
}
"""The modules of the script by their names, each of which may use what stands in those before it, and what of
a worksheet needs it: one of some kinds of prompt, or a key. Without any it is in every page."""


def render(form: Mapping[str, Any], blank: Document) -> str:
    """Write the page, one line feed at its end; the same form always gives the same bytes.

    `form` is what `rules.form` makes of a worksheet, `blank` the same worksheet to print and fill in by hand.
    """
    style, script = _style(), _script(form)
    sha256, worksheet = form["definition"]["sha256"], form["definition"]["worksheet"]
    return (
        environment()
        .get_template("form/form.html")
        .render(
            title=form["tab"],
            heading=blank.title,
            language=pages.language_of(blank),
            runs=pages.runs(blank),
            style=Markup(style),  # noqa: S704 - our own files
            script=Markup(script),  # noqa: S704
            data=Markup(_as_data({**form, "definition": {"sha256": sha256}})),  # noqa: S704 - it can't end it
            definition=Markup(_as_text(worksheet)),  # noqa: S704 - as above
            style_hash=hash_of(style),
            script_hash=hash_of(script),
            to_fill_in=True,
            on_paper_alone=True,
        )
    )


def _as_data(form: Mapping[str, object]) -> str:
    """Write the form as JSON in which no character means anything to HTML."""
    text = json.dumps(form, ensure_ascii=False, separators=(",", ":"))
    escaped = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
    return text.translate(escaped).encode(errors="backslashreplace").decode()


def _as_text(worksheet: str) -> str:
    """Write a text so that a browser gives every character of it back, some of them behind a percent sign."""
    return re.sub("[%<\\r\\0]", lambda sign: f"%{ord(sign[0]):02X}", worksheet)


@cache
def _style() -> str:
    from rcssmin import cssmin

    return "\n".join(cssmin(_read(name)) for name in ("page.css", "form/form.css"))


def _script(form: Mapping[str, object]) -> str:
    """All of the script that a form needs in one function, so that nothing of it is seen from outside."""
    uses = set(_uses(form))
    names = [name for name, needed_for in SCRIPTS.items() if not needed_for or uses & {*needed_for.split()}]
    return f'"use strict";\n(() => {{\n{"".join(map(_module, names))}}})();\n'


def _uses(part: object) -> Iterator[str]:
    """The kinds and the keys with a value in a form, however deep."""
    if isinstance(part, dict):
        yield from (key for key, value in part.items() if value)
        yield from filter(None, [part.get("kind")])
        part = [*part.values()]
    if isinstance(part, list):
        yield from chain.from_iterable(map(_uses, part))


@cache
def _module(name: str) -> str:
    """A module without comments and blanks that mean nothing: a page is mailed, and is read in its source."""
    from rjsmin import jsmin

    return f"{jsmin(_read(f'form/{name}.js'))}\n"


def _read(name: str) -> str:
    """A file as it stands, and no template."""
    return PackageLoader("libwell", "export").get_source(environment(), name)[0]
