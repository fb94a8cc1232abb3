"""A file that cannot be read as a plan is told of in one plain sentence, and never brings anything down."""

from __future__ import annotations

import random
import zipfile
from contextlib import suppress
from datetime import date
from io import BytesIO

import pytest
from docx import Document

from bot.answers.facts import Facts
from bot.documents.document import LARGEST
from bot.errors import BadFile
from bot.model import Language
from bot.render import render
from handlers.reading import read_plan

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
TEXT = "Møteplan 2023/2024\n\n14. september: Foreldremøte på skolen\n"
NAMES = ("empty", "unreadable", "password", "too_large", "too_long", "format", "old", "no_plan")


def archive(**parts: bytes) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return target.getvalue()


def word(text: str) -> bytes:
    target = BytesIO()
    document = Document()
    document.add_paragraph(text)
    document.save(target)
    return target.getvalue()


def random_bytes(count: int, seed: int = 7) -> bytes:
    return random.Random(seed).randbytes(count)


BAD = {
    "nothing": (b"", "empty"),
    "only space": (b" \n\t\n\xef\xbb\xbf", "empty"),
    "zeros": (bytes(5000), "empty"),
    "random bytes": (random_bytes(20_000), "format"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + random_bytes(100), "format"),
    "an archive of something else": (archive(notes_xml=b"<a/>"), "format"),
    "a broken archive": (b"PK\x03\x04" + random_bytes(3000), "unreadable"),
    "a Word file cut short": (word("Møte")[:-900], "unreadable"),
    "a Word file without its insides": (archive(word__document_xml=b"<w:document/>"), "unreadable"),
    "an XML part that is none": (archive(word__document_xml=b"<w:doc"), "unreadable"),
    "entities that grow": (archive(word__document_xml=b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'), "unreadable"),
    "a part that grows when unpacked": (archive(word__document_xml=bytes(45_000_000)), "too_large"),
    "over 50 MB": (b"x" * (LARGEST + 1), "too_large"),
    "a locked new file": (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    "an old Word file": (OLE + "WordDocument".encode("utf-16-le"), "old"),
    "some other old file": (OLE, "format"),
    "endless lines": (b"- a\n" * 200_000, "too_long"),
    "one endless line": (b"plan " * 20_000, "too_long"),
    "an endless table": (b"Dato\tHva\n" + b"14.9\tMote\n" * 9_000, "too_long"),
    "a table of endless width": (("\t".join("abc") * 2_000 + "\n").encode() * 3, "too_long"),
    "prose": (("Dette er et brev. Det har ingen ting å gjøre.\n" * 9).encode(), "no_plan"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_told_of_by_name(case: str) -> None:
    content, template = BAD[case]
    with pytest.raises(BadFile) as told:
        read_plan(content, "plan.docx")
    assert told.value.template == f"bad_file_{template}"


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", NAMES)
def test_every_bad_file_has_a_sentence_that_says_what_to_do(name: str, language: Language) -> None:
    facts = Facts(template=f"bad_file_{name}", values={"name": "min plan.docx"})
    text = render(facts, "import", language, date(2023, 8, 1)).text
    assert "min plan.docx" in text
    assert "\n" not in text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_is_read_in_every_encoding_that_windows_saves(encoding: str) -> None:
    plan = read_plan(TEXT.encode(encoding), "plan.txt")
    assert (plan.title, plan.entries[0].title) == ("Møteplan 2023/2024", "Foreldremøte på skolen")


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850", "latin1"])
@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_text_is_read_as_older_machines_wrote_it(encoding: str, end: str) -> None:
    plan = read_plan(TEXT.replace("\n", end).encode(encoding), "plan.txt")
    assert (plan.title, plan.entries[0].title) == ("Møteplan 2023/2024", "Foreldremøte på skolen")


def test_single_bytes_of_another_encoding_do_no_harm() -> None:
    content = TEXT.encode() + "15. oktober: Møte på nytt\n".encode("cp1252")
    assert [entry.title for entry in read_plan(content, "plan.txt").entries] == [
        "Foreldremøte på skolen",
        "Møte på nytt",
    ]


def test_half_a_sign_at_the_end_is_no_harm() -> None:
    assert read_plan(TEXT.encode("utf-16") + b"\x00", "plan.txt").title == "Møteplan 2023/2024"


def test_what_a_file_is_called_does_not_matter() -> None:
    assert read_plan(TEXT.encode(), "plan.docx").entries == read_plan(TEXT.encode(), "plan.txt").entries


@pytest.mark.parametrize("seed", range(20))
def test_a_mangled_word_file_is_read_or_told_of(seed: int) -> None:
    dice = random.Random(seed)
    content = bytearray(word("14. september 2023: Møte"))
    for _ in range(dice.choice((1, 5, 50))):
        content[dice.randrange(len(content))] = dice.randrange(256)
    with suppress(BadFile):
        read_plan(bytes(content), "plan.docx")
