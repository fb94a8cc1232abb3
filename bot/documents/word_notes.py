"""Footnotes and endnotes of a Word document, by the place that they belong to."""

from __future__ import annotations

from collections.abc import Iterator

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

_KINDS = ("footnote", "endnote")


class Notes:
    """The notes of a document."""

    def __init__(self, document: WordDocument) -> None:
        self._notes = {
            (kind, note.get(qn("w:id"))): note
            for relation in document.part.rels.values()
            for kind in _KINDS
            if not relation.is_external and relation.reltype.endswith(f"/{kind}s")
            for note in parse_xml(relation.target_part.blob).findall(qn(f"w:{kind}"))
        }

    def of(self, paragraph: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
        """Yield the paragraphs of the notes that a paragraph refers to."""
        for kind in _KINDS if self._notes else ():
            for reference in paragraph.iter(qn(f"w:{kind}Reference")):
                note = self._notes.get((kind, reference.get(qn("w:id"))))
                yield from () if note is None else note.iter(qn("w:p"))
