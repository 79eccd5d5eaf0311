"""What is taken as evidence and what is not, with hostile files among them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from avgust.domain.evidence import EvidenceError, examine, file_name
from avgust.domain.evidence.pictures import LONGEST


def office(main: str, **more: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(main, "<document/>")
        for name, data in more.items():
            archive.writestr(name, data)
    return out.getvalue()


def pdf() -> bytes:
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    document.new_page(200, 200)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def picture(
    form: str, size: tuple[int, int] = (40, 20), mode: str = "RGB", colour: str = "teal", **options: object
) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, form, **options)
    return out.getvalue()


def png_head(width: int, height: int) -> bytes:
    """A PNG that promises a size and holds nothing: a bomb of a hundred bytes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


TAKEN = {
    "PDF": (pdf(), "pdf", "file", 2),
    "DOCX": (office("word/document.xml"), "docx", "file", None),
    "XLSX": (office("xl/workbook.xml"), "xlsx", "table", None),
    "JPEG": (picture("JPEG"), "jpg", "photo", None),
    "PNG": (picture("PNG"), "png", "photo", None),
    "WebP becomes JPEG": (picture("WEBP"), "jpg", "photo", None),
    "WebP that sees through becomes PNG": (
        picture("WEBP", mode="RGBA", colour="#00808040"),
        "png",
        "photo",
        None,
    ),
}


@pytest.mark.parametrize("name", TAKEN)
def test_taken(name: str) -> None:
    data, extension, kind, pages = TAKEN[name]
    found = examine(data)
    assert (found.extension, found.kind, found.pages) == (extension, kind, pages)


def _bomb() -> bytes:
    return office("word/document.xml", **{"word/media.xml": b"0" * 30_000_000})


REFUSED = {
    "empty": (b"", "empty"),
    "HTML": (b"<!doctype html><script>alert(1)</script>", "web_page"),
    "HTML after a comment": (b"<!-- x --> <HTML>", "web_page"),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "web_page"),
    "SVG with a head of XML": (b'\xef\xbb\xbf<?xml version="1.0"?><svg/>', "web_page"),
    "HTML before a PDF": (b"<html>%PDF-1.4", "web_page"),
    "text before a PDF": (b"hello %PDF-1.4", "unknown"),
    "GIF before JavaScript": (b"GIF89a/*", "not_taken"),
    "a program": (b"MZ\x90\x00", "not_taken"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not_taken"),
    "HEIC": (b"\0\0\0\x18ftypheic\0\0\0\0", "heic"),
    "macros": (office("word/document.xml", **{"word/vbaProject.bin": b"x"}), "macros"),
    "a presentation": (office("ppt/presentation.xml"), "not_taken"),
    "an archive": (office("readme.txt"), "not_taken"),
    "a bomb of XML": (_bomb(), "bomb"),
    "a PDF cut short": (b"%PDF-1.7\n1 0 obj", "corrupted"),
    "a DOCX cut short": (office("word/document.xml")[:60], "corrupted"),
    "a JPEG cut short": (picture("JPEG", (400, 400))[:300], "corrupted"),
    "100 megapixels": (png_head(10_000, 10_000), "too_many_pixels"),
    "10,000 megapixels": (png_head(100_000, 100_000), "too_many_pixels"),
    "a PNG of nothing": (png_head(10, 10), "corrupted"),
    "any text": ("Просто текст".encode(), "unknown"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    data, code = REFUSED[name]
    with pytest.raises(EvidenceError) as refused:
        examine(data)
    assert refused.value.code == code
    assert refused.value.message.render("ru").endswith(".")


def with_place() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned: its top is on the right
    exif[0x010F] = "CameraOfTeacher"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (56.0, 50.0, 12.0)
    return picture("JPEG", exif=exif, comment=b"secret words")


def test_a_picture_loses_its_place_and_stands_upright() -> None:
    data = with_place()
    assert b"CameraOfTeacher" in data
    kept = examine(data).data
    image = Image.open(io.BytesIO(kept))
    assert not image.getexif()
    assert not {"exif", "comment", "xmp"} & set(image.info)
    assert b"CameraOfTeacher" not in kept
    assert b"secret words" not in kept
    assert image.size == (20, 40)


def test_what_is_glued_to_a_picture_is_not_kept() -> None:
    for glued in (office("word/document.xml"), b"<script>alert(1)</script>"):
        assert glued[:20] not in examine(picture("JPEG") + glued).data


def test_a_large_photograph_becomes_smaller() -> None:
    image = Image.open(io.BytesIO(examine(picture("JPEG", (6000, 3000))).data))
    assert image.size == (LONGEST, LONGEST // 2)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(
        [b"", b"%PDF-1.7", b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP"]
    ),
    st.binary(max_size=200),
)
def test_any_bytes_are_taken_or_refused(head: bytes, tail: bytes) -> None:
    try:
        examine(head + tail)
    except EvidenceError as error:
        assert error.message.render("ru")


NAMES = {
    "as it is": ("Приказ 41.pdf", "pdf", "Приказ 41.pdf"),
    "a path": ("..\\..\\etc/passwd.docx", "docx", "passwd.docx"),
    "another extension": ("отчёт.html", "pdf", "отчёт.pdf"),
    "JPEG has two": ("снимок.JPEG", "jpg", "снимок.jpeg"),
    "control characters": ("a\r\nb\x00\u202egnp.exe", "png", "abgnp.png"),
    "what Windows forbids": ('a"b?.pdf', "pdf", "ab.pdf"),
    "no extension": ("план", "docx", "план.docx"),
    "nothing": ("", "pdf", "file.pdf"),
    "dots": ("...", "pdf", "file.pdf"),
    "very long": ("я" * 400 + ".pdf", "pdf", "я" * 150 + ".pdf"),
}


@pytest.mark.parametrize("case", NAMES)
def test_names(case: str) -> None:
    given_name, extension, expected = NAMES[case]
    assert file_name(given_name, extension) == expected


@given(st.text(), st.sampled_from(["pdf", "jpg"]))
def test_any_name_is_a_name(given_name: str, extension: str) -> None:
    name = file_name(given_name, extension)
    assert name.isprintable()
    assert len(name) <= 160
    assert "/" not in name
    assert "\\" not in name
