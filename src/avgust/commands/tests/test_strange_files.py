"""Files that would hold or fill the computer of whoever reads them on the command line."""

import os

import pytest

from avgust.cli import main
from avgust.isolation import Limits, parent


def run(*arguments):
    with pytest.raises(SystemExit) as done:
        main([str(argument) for argument in arguments])
    return done.value.code


def pdf_of_forms() -> bytes:
    """A page with a form that draws itself twice, each of which draws itself twice."""
    parts = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /XObject << /X 5 0 R >> >> >>",
        b"<< /Length 5 >>\nstream\n/X Do\nendstream",
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"
        b" /Length 11 >>\nstream\n/X Do /X Do\nendstream",
    )
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer << /Root 1 0 R /Size 6 >>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + rows + tail


def test_a_pdf_without_end_is_a_message(tmp_path, capfd, monkeypatch):
    few = Limits(cpu_seconds=3, wall_seconds=10.0, memory=400 * 2**20)
    monkeypatch.setattr(parent.read_isolated, "__defaults__", (few,))
    path = tmp_path / "forms.pdf"
    path.write_bytes(pdf_of_forms())
    assert run("parse", path) == 1
    said = capfd.readouterr().err.strip().splitlines()
    assert len(said) == 1  # nothing but the sentence, in the language of the reader
    assert said[0].startswith(f"avgust: {path}: Документ")


def test_a_file_of_many_gigabytes_is_not_read_whole(tmp_path, capfd):
    path = tmp_path / "film.txt"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 2**37)  # sparse: 128 GB that take no place on the disk
    assert run("parse", path) == 1
    assert "не более 50 МБ" in capfd.readouterr().err
