"""A file as an answer: its type by its ending, its name as every browser reads it."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
OTHER: Final = "application/octet-stream"
TYPES: Final = {
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "pdf": "application/pdf",
    "ics": "text/calendar; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "zip": "application/zip",
}


def attached(data: bytes | str, name: str) -> HttpResponse:
    """Return `data` to be kept as a file called `name`."""
    response = HttpResponse(data, content_type=TYPES.get(name.rpartition(".")[2], OTHER))
    header = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = header or "attachment"
    return response
