"""Who gets what of the journal: officers, analysts and administrators, each in the own scope."""

from __future__ import annotations

from typing import Any

from tests.permissions.rows import NOT_FOUND, NOT_PERMITTED, Page, Row, one

_NO_JOURNAL = dict.fromkeys(("head", "methodologist", "observer", "foreign_head", "outsider"), NOT_PERMITTED)


def _entry(cast: Any, unit: Any) -> dict[str, Any]:
    from avgust.web import audit
    from avgust.web.territory.codes import MOVED

    return {"pk": audit.record(actor=cast.admin, code=MOVED, subject=unit).pk}


def entry_of_our_school(cast: Any) -> dict[str, Any]:
    return _entry(cast, cast.units.school)


def entry_of_the_region(cast: Any) -> dict[str, Any]:
    return _entry(cast, cast.units.region)


def entry_of_no_organisation(cast: Any) -> dict[str, Any]:
    return _entry(cast, cast.head)


_BELOW = dict.fromkeys(("municipal_officer", "foreign_officer"), NOT_FOUND)

ROWS = (
    Row("entries", "journal:list", _NO_JOURNAL),
    Row("a part of the page", "journal:list", _NO_JOURNAL, data=lambda _c: {"q": "округ"}, htmx=True),
    Row("a spreadsheet", "journal:xlsx", _NO_JOURNAL),
    Row(
        "of our school",
        "journal:entry",
        {**_NO_JOURNAL, "foreign_officer": NOT_FOUND},
        make=entry_of_our_school,
    ),
    Row("of the region", "journal:entry", {**_NO_JOURNAL, **_BELOW}, make=entry_of_the_region),
    Row("of no organisation", "journal:entry", {**_NO_JOURNAL, **_BELOW}, make=entry_of_no_organisation),
    Row("that is not there", "journal:entry", _NO_JOURNAL, others=NOT_FOUND, make=lambda _c: {"pk": 10**9}),
)

PAGES = (
    Page("journal", "journal:list"),
    Page("journal-entry", "journal:entry", one("audit.Entry")),
)
