"""Who gets what of the territory's pages of changes: the officer of the region and the administrator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.permissions.rows import NOT_FOUND, NOT_PERMITTED, OFFICER, OK, SAVED, Page, Row, one

UNPROCESSABLE = 422
_CHANGE = ("regional_officer", "admin")
_SEE = ("municipal_officer", "head", "methodologist", "analyst", "observer")


def changed_by(status: int) -> dict[str, int | str]:
    """Return who gets what at our school: who sees it and may not change it is not permitted."""
    return {**dict.fromkeys(_CHANGE, status), **dict.fromkeys(_SEE, NOT_PERMITTED)}


def _school(cast: Any) -> dict[str, Any]:
    return {"pk": cast.units.school.pk}


def _first_place(cast: Any) -> dict[str, Any]:
    return {"pk": cast.units.school.pk, "kind": "opened", "day": "2020-09-01"}


def _name(_cast: Any) -> dict[str, Any]:
    return {"name": "Гимназия", "since": "01.01.2026", "basis": "приказ"}


def _both(url: str, data: Callable[[Any], dict[str, Any]], make: Any = _school) -> tuple[Row, Row]:
    """Return the rows of a form: opened, and sent."""
    return (
        Row("the form", url, changed_by(OK), others=NOT_FOUND, make=make),
        Row("sent", url, changed_by(SAVED), others=NOT_FOUND, make=make, method="post", data=data),
    )


def _file(cast: Any) -> dict[str, Any]:
    """A file of the region that is being checked, with one row that can be written."""
    from avgust.domain.tables.reading import read_sheets
    from avgust.web.territory.imports.reading import pack
    from avgust.web.territory.models import ImportFile

    data = "Название;Вид;Муниципалитет\nНовая школа;школа;Заозёрный округ\n".encode()
    made = ImportFile.objects.create(
        unit=cast.units.region,
        file_name="дерево.csv",
        size=len(data),
        day=date(2026, 3, 12),
        table=pack(read_sheets(data)),
        uploaded_by=cast.regional_officer,
    )
    return {"pk": made.pk}


def _written(cast: Any) -> dict[str, Any]:
    from avgust.web.territory.imports.actions import write_file
    from avgust.web.territory.models import ImportFile

    made = _file(cast)
    write_file(ImportFile.objects.get(pk=made["pk"]), actor=cast.regional_officer)
    return made


def _upload(_cast: Any) -> dict[str, Any]:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return {"file": SimpleUploadedFile("a.csv", "Название;Вид\nА;школа\n".encode()), "day": "12.03.2026"}


def _only_editors(status: int) -> dict[str, int | str]:
    return dict.fromkeys(_CHANGE, status)


_ADDED = {"kind": "school", "name": "Новая", "since": "01.01.2026", "founder": "municipal"}

ROWS = (
    Row("the form", "territory:add", dict.fromkeys(_CHANGE, OK), others=NOT_PERMITTED),
    Row(
        "sent",
        "territory:add",
        dict.fromkeys(_CHANGE, SAVED),
        others=NOT_PERMITTED,
        method="post",
        data=lambda c: {**_ADDED, "parent": c.units.municipality.pk},
    ),
    Row(
        "half empty",
        "territory:add",
        dict.fromkeys(_CHANGE, UNPROCESSABLE),
        others=NOT_PERMITTED,
        method="post",
        data=lambda _c: _ADDED,
    ),
    *_both("territory:describe", lambda _c: {"kind": "school", "name": "Школа", "founder": "private"}),
    *_both("territory:rename", _name),
    *_both(
        "territory:move",
        lambda c: {"parent": c.units.neighbour.pk, "since": "01.01.2026", "basis": "закон"},
    ),
    *_both("territory:close", lambda _c: {"closed": "31.12.2025", "basis": "приказ"}),
    *_both(
        "territory:merge",
        lambda c: {"units": c.units.kindergarten.pk, "closed": "31.12.2025", "basis": "приказ"},
    ),
    *_both("territory:event", lambda _c: {"day": "02.09.2020", "reason": "описка"}, _first_place),
    Row("the page", "territory:files", _only_editors(OK), others=NOT_PERMITTED),
    Row("a file", "territory:files", _only_editors(SAVED), others=NOT_PERMITTED, method="post", data=_upload),
    Row("no file", "territory:files", _only_editors(UNPROCESSABLE), others=NOT_PERMITTED, method="post"),
    Row("the difference", "territory:file", _only_editors(OK), others=NOT_PERMITTED, make=_file),
    Row("what was written", "territory:file", _only_editors(OK), others=NOT_PERMITTED, make=_written),
    Row(
        "a file that is not there",
        "territory:file",
        _only_editors(NOT_FOUND),
        others=NOT_PERMITTED,
        make=lambda _c: {"pk": 10**9},
    ),
    *(
        Row("sent", url, _only_editors(SAVED), others=NOT_PERMITTED, make=make, method="post")
        for url, make in (
            ("territory:file_mend", _file),
            ("territory:file_write", _file),
            ("territory:file_drop", _file),
            ("territory:file_undo", _written),
        )
    ),
    Row("with marks", "territory:file_marked", _only_editors(OK), others=NOT_PERMITTED, make=_file),
    *(
        Row("downloaded", url, _only_editors(OK), others=NOT_PERMITTED)
        for url in ("territory:tree", "territory:template", "territory:oneroster")
    ),
)

_OF_THE_DEMO = one("territory.Unit", kind="school")


def _opening() -> dict[str, Any]:
    """Return the address of the opening of a school of the demo."""
    from avgust.web.territory.models import Unit

    unit = Unit.objects.filter(kind="school", opened__year=2024).order_by("pk")[0]
    return {"pk": unit.pk, "kind": "opened", "day": unit.opened.isoformat()}


def _file_of_the_demo() -> dict[str, Any]:
    """Upload a file with a change, a new school and a wrong cell; return the address of its difference."""
    from django.utils import timezone

    from avgust.web.accounts.models import User
    from avgust.web.territory.imports.actions import upload_file
    from avgust.web.territory.models import Unit

    region = Unit.objects.get(kind="region")
    school, place = Unit.objects.filter(kind="school")[0], Unit.objects.filter(kind="municipality")[0]
    rows = (
        "№ в реестре;Полное наименование;Вид;Муниципалитет;В этом месте с",
        f"{school.pk};{school.name} имени Первого Учителя;школа;;",
        f";МБОУ «Новая школа»;школа;{place.name};01.09.2025",
        f";МБОУ «Другая школа»;дворец;{place.name};31.02.2026",
    )
    made = upload_file(
        actor=User.objects.get(email=OFFICER),
        unit=region,
        name="Организации.csv",
        data="\n".join(rows).encode(),
        day=timezone.localdate(),
        renaming=False,
    )
    return {"pk": made.pk}


PAGES = (
    Page("unit-add", "territory:add"),
    Page("unit-describe", "territory:describe", _OF_THE_DEMO),
    Page("unit-rename", "territory:rename", _OF_THE_DEMO),
    Page("unit-move", "territory:move", _OF_THE_DEMO),
    Page("unit-close", "territory:close", _OF_THE_DEMO),
    Page("unit-merge", "territory:merge", _OF_THE_DEMO),
    Page("unit-event", "territory:event", _opening),
    Page("files", "territory:files"),
    Page("file", "territory:file", _file_of_the_demo),
)
