"""A Word document with its tracked changes taken: as it reads when all of them are accepted."""

from __future__ import annotations

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement


def take_changes(body: BaseOxmlElement) -> None:
    """Take out rows that are deleted, and put paragraphs together whose end is; deleted words nobody reads anyhow."""
    for row in list(body.iter(qn("w:tr"))):
        if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
            _remove(row)
    # From the end on, so that several paragraphs that are one come to the first of them.
    for paragraph in reversed(list(body.iter(qn("w:p")))):
        following = paragraph.getnext()
        if _has_no_end(paragraph) and following is not None and following.tag == qn("w:p"):
            paragraph.extend(child for child in list(following) if child.tag != qn("w:pPr"))
            _remove(following)


def _has_no_end(paragraph: BaseOxmlElement) -> bool:
    mark = f"{qn('w:pPr')}/{qn('w:rPr')}/"
    return any(paragraph.find(mark + qn(change)) is not None for change in ("w:del", "w:moveFrom"))


def _remove(element: BaseOxmlElement) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
