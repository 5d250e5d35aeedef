"""The file around the words: an empty one with libwell's styles, and the bytes of a whole one."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pkgutil import get_data
from typing import TYPE_CHECKING

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Inches

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.section import Section

PAPER = (Inches(8.5), Inches(11))  # US Letter
MARGIN = Inches(0.9)
_NEEDLESS = ("/customXml", "/stylesWithEffects", "/metadata/thumbnail", "/extended-properties")
"""Relationships of python-docx's own empty file that say who made it, or that nothing of libwell needs."""
_SPOKEN = {"en": "en-US"}
"""How a word processor calls a language that it wants to know more exactly."""


def opened(title: str, language: str) -> WordDocument:
    """A new Word file with nothing in it, under a title for its properties, and in a language."""
    word = docx.Document(io.BytesIO(_empty()))
    word.core_properties.title = title
    for one in word.styles.element.iter(qn("w:lang")):
        one.set(qn("w:val"), _SPOKEN.get(language, language))
    return word


@cache
def _empty() -> bytes:
    """python-docx's empty file without what it says of itself, with the styles of `styles.xml`."""
    word = docx.Document()
    for rels in (word.part.rels, word.part.package.rels):
        for key in [key for key, one in rels.items() if one.reltype.endswith(_NEEDLESS)]:
            del rels[key]
    properties = word.core_properties._element  # noqa: SLF001 - each would have to be emptied by its name
    for one in list(properties):
        properties.remove(one)
    styles = word.styles.element
    ours = parse_xml(get_data(__package__, "styles.xml") or b"")
    styles[:] = list(ours)
    for one in word.settings.element.iter(qn("w:compatSetting")):
        if one.get(qn("w:name")) == "compatibilityMode":
            one.set(qn("w:val"), "15")  # that of today, or Word speaks of compatibility in its title
    for name in ("w:rsids", "w:savePreviewPicture"):
        for one in word.settings.element.findall(qn(name)):
            word.settings.element.remove(one)
    _number_pages(word.sections[0])
    data = io.BytesIO()
    word.save(data)
    return data.getvalue()


def _number_pages(section: Section) -> None:
    """Say at the foot of each page which of how many it is."""
    paragraph = section.footer.paragraphs[0]
    for field, behind in (("PAGE", " / "), ("NUMPAGES", "")):
        one = OxmlElement("w:fldSimple")
        one.set(qn("w:instr"), field)
        paragraph._p.append(one)  # noqa: SLF001 - python-docx has no fields
        paragraph.add_run(behind)


def lay(section: Section, *, across: bool) -> None:
    """Lay the pages of a section upright, or across."""
    width, height = PAPER[::-1] if across else PAPER
    section.page_width, section.page_height = width, height
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN


def packed(word: WordDocument) -> bytes:
    """The bytes of a file: the same on every machine, and at any time.

    Nothing is compressed, as not every machine does that in the same way.
    """
    made, data = io.BytesIO(), io.BytesIO()
    word.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as whole:
        for name in sorted(parts.namelist()):
            whole.writestr(zipfile.ZipInfo(name), parts.read(name))  # its time is the first there is, 1980
    return data.getvalue()
