"""Every kind of file that cannot be read has its own code and sentence."""

import io
import zipfile

import pytest

from avgust.domain.resolutions.readers import ReadError, read
from avgust.domain.resolutions.readers.archive import Archive
from avgust.domain.resolutions.readers.errors import FAULTS
from avgust.domain.resolutions.readers.tests.making_doc import ole
from avgust.domain.resolutions.readers.tests.making_docx import SPACES, docx, p, zipped


def picture(kind: str) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, kind)
    return out.getvalue()


def bomb(size: int) -> bytes:
    return zipped({"word/document.xml": b"<a>" + b" " * size + b"</a>"})


def lying_bomb() -> bytes:
    """A part that declares fewer bytes than it unpacks to."""
    data = bytearray(bomb(3_000_000))
    for signature, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.rindex(signature) + place
        data[at : at + 4] = (5).to_bytes(4, "little")
    return bytes(data)


def locked() -> bytes:
    data = bytearray(docx(p("Да")))
    for signature, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = 0
        while (at := data.find(signature, at)) >= 0:
            data[at + place] |= 1
            at += 4
    return bytes(data)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ха"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
FOREIGN = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
OPEN = "application/vnd.oasis.opendocument."
WHOLE = docx(p("Провести смотр"))

FILES = {
    "empty": (b"", "empty"),
    "too large": (bytes(50 * 2**20 + 1), "too_large"),
    "white space": (b" \r\n\t ", "no_text"),
    "signs only": ("— * —".encode(), "no_text"),
    "docx without text": (docx(p()), "no_text"),
    "docx without body": (zipped({"word/document.xml": f"<w:document {SPACES}/>"}), "corrupted"),
    "docx without its part": (zipped({"word/other.xml": "<a/>"}), "corrupted"),
    "html without text": (b"<html><body><p> </p></body></html>", "no_text"),
    "empty html": (b"<html>", "no_text"),
    "rtf without text": (b"{\\rtf1\\par}", "no_text"),
    "truncated zip": (WHOLE[: len(WHOLE) // 2], "corrupted"),
    "only a signature": (b"PK\x03\x04", "corrupted"),
    "empty zip": (b"PK\x05\x06" + bytes(18), "archive"),
    "broken xml": (zipped({"word/document.xml": "<w:document"}), "corrupted"),
    "broken part": (WHOLE.replace(b"word/document.xml", b"word/document.xmk", 1), "corrupted"),
    "zip bomb by ratio": (bomb(30_000_000), "bomb"),
    "zip bomb of many files": (zipped({f"word/{n}": "" for n in range(10_001)}), "bomb"),
    "zip bomb that lies": (lying_bomb(), "corrupted"),
    "billion laughs": (docx(p("а"), before=LAUGHS), "entities"),
    "foreign entity": (docx(p("а"), before=FOREIGN), "entities"),
    "foreign entity in UTF-16": (
        zipped({"word/document.xml": f'<?xml version="1.0" encoding="utf-16"?>{FOREIGN}<x>&a;</x>'.encode("utf-16")}),
        "entities",
    ),
    "locked zip": (locked(), "encrypted"),
    "locked docx": (ole({"EncryptionInfo": b"x", "EncryptedPackage": b"y"}), "encrypted"),
    "xls": (ole({"Workbook": b"x"}), "spreadsheet"),
    "ppt": (ole({"PowerPoint Document": b"x"}), "presentation"),
    "other ole": (ole({"Contents": b"x"}), "unknown_format"),
    "xlsx": (zipped({"xl/workbook.xml": "", "[Content_Types].xml": ""}), "spreadsheet"),
    "pptx": (zipped({"ppt/presentation.xml": ""}), "presentation"),
    "ods": (zipped({"mimetype": OPEN + "spreadsheet"}), "spreadsheet"),
    "odp": (zipped({"mimetype": OPEN + "presentation"}), "presentation"),
    "zip of files": (zipped({"приказ.docx": WHOLE}), "archive"),
    "other office package": (zipped({"[Content_Types].xml": ""}), "unknown_format"),
    "rar": (b"Rar!\x1a\x07\x00" + bytes(50), "archive"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(50), "archive"),
    "gzip": (b"\x1f\x8b\x08" + bytes(50), "archive"),
    "djvu": (b"AT&TFORM" + bytes(50), "picture"),
    "heic": (b"\x00\x00\x00\x18ftypheic" + bytes(50), "picture"),
    "program": (b"\x7fELF" + bytes(range(256)) * 10, "unknown_format"),
    "word 2003 xml": (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><w:wordDocument/>", "unknown_format"),
    "broken pdf": (b"%PDF-1.7\nnonsense", "corrupted"),
    "rtf bomb of groups": (b"{\\rtf1" + b"{" * 5000, "too_deep"),
} | {kind: (picture(kind), "picture") for kind in ("PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP")}  # fmt: skip


@pytest.mark.parametrize(("data", "code"), FILES.values(), ids=FILES.keys())
def test_each_fault_has_its_code_and_sentence(data, code):
    with pytest.raises(ReadError) as caught:
        read(data, "приказ.docx")
    assert caught.value.code == code
    sentence = caught.value.message.render("en")
    assert "%(" not in sentence
    assert sentence.endswith(".")


def test_every_code_is_a_sentence_of_its_own():
    assert len(set(FAULTS.values())) == len(FAULTS)


def test_parts_are_bounded_while_unpacking(monkeypatch):
    monkeypatch.setattr("avgust.domain.resolutions.readers.archive.MAX_PART", 1000)
    archive = Archive(zipped({"a": b"x" * 1000, "b": b"x" * 1001}))
    assert len(archive.read("a")) == 1000
    with pytest.raises(ReadError) as caught:
        archive.read("b")
    assert caught.value.code == "bomb"


def test_a_part_named_twice_is_read_once():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, pytest.warns(UserWarning):
        for words in ("Раз", "Два"):
            archive.writestr(
                "word/document.xml", f"<w:document {SPACES}><w:body>{p(words)}</w:body></w:document>"
            )
    assert read(out.getvalue(), "a.docx").text == "Два\n"


NAMES = {
    "doc inside docx": ("приказ.pdf", True),
    "right": ("приказ.DOCX", False),
    "with macros": ("приказ.docm", False),
    "no extension": ("приказ", False),
    "unknown extension": ("приказ.2026", False),
    "hostile": ("../../../etc/passwd\x00.txt", True),
    "very long": ("а" * 100_000 + ".txt", True),
}


@pytest.mark.parametrize(("name", "noted"), NAMES.values(), ids=NAMES.keys())
def test_a_wrong_extension_is_noted(name, noted):
    document = read(WHOLE, name)
    assert document.format == "docx"
    assert bool(document.notes) is noted
