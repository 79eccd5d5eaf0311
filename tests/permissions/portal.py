"""Who gets what of public pages: everybody what is published, its authority the choice."""

from __future__ import annotations

from typing import Any

from tests.permissions.programmes import _programme, our_programme, programme_of_the_region
from tests.permissions.rows import NOT_FOUND, NOT_PERMITTED, OK, SAVED, Page, Row, one

_REFUSED = 422
_NOT_OURS = {
    "outsider": NOT_PERMITTED,
    **dict.fromkeys(("foreign_officer", "foreign_head"), NOT_FOUND),
    **dict.fromkeys(("head", "methodologist", "analyst", "observer", "admin"), NOT_PERMITTED),
}
_NOT_OURS_AT_ALL = {**_NOT_OURS, "outsider": NOT_FOUND}
_PUBLIC: dict[str, Any] = {"signed_out": OK}


def _published(cast: Any, *, withdrawn: bool = False) -> Any:
    from avgust.domain.publishing.choice import Choice
    from avgust.web.portal.actions import publish_programme, withdraw_programme

    programme = _programme(cast, cast.units.municipality)
    publish_programme(programme, Choice(whole=True), actor=cast.municipal_officer)
    if withdrawn:
        withdraw_programme(programme, actor=cast.municipal_officer)
    return programme


def published(cast: Any) -> dict[str, Any]:
    return {"pk": _published(cast).pk}


def withdrawn(cast: Any) -> dict[str, Any]:
    return {"pk": _published(cast, withdrawn=True).pk}


def a_published_measure(cast: Any) -> dict[str, Any]:
    programme = _published(cast)
    return {"pk": programme.pk, "measure": programme.measures.first().pk}


ROWS = (
    Row("all", "portal:index", signed_out=OK),
    *(
        Row(name, f"portal:{address}", signed_out=signed_out, others=signed_out, make=make)
        for address in ("page", "csv", "json", "embed")
        for name, signed_out, make in (
            ("published", OK, published),
            ("withdrawn", NOT_FOUND, withdrawn),
            ("never published", NOT_FOUND, our_programme),
        )
    ),
    Row("published", "portal:measure", signed_out=OK, make=a_published_measure),
    Row("ours", "portal:choose", _NOT_OURS, make=our_programme),
    Row(
        "the region's", "portal:choose",
        {
            **_NOT_OURS,
            **dict.fromkeys(("municipal_officer", "foreign_officer", "foreign_head"), NOT_PERMITTED),
        },
        make=programme_of_the_region,
    ),
    Row(
        "ours, whole", "portal:choose", _NOT_OURS, others=SAVED, method="post", make=our_programme,
        data=lambda _c: {"what": "whole", "links": "1"},
    ),
    Row(
        "ours, nothing chosen", "portal:choose", _NOT_OURS, others=_REFUSED, method="post", make=our_programme,
        data=lambda _c: {"what": "parts"},
    ),
    Row("of our authority", "portal:contact", _NOT_OURS_AT_ALL, make=lambda c: {"pk": c.units.municipality.pk}),
    Row(
        "of our authority", "portal:contact", _NOT_OURS_AT_ALL, others=SAVED, method="post",
        make=lambda c: {"pk": c.units.municipality.pk}, data=lambda _c: {"phone": "8 (49231) 2-14-05"},
    ),
    Row(
        "nothing to reach it by", "portal:contact", _NOT_OURS_AT_ALL, others=_REFUSED, method="post",
        make=lambda c: {"pk": c.units.municipality.pk}, data=lambda _c: {"office": "Приёмная"},
    ),
    Row("ours", "portal:withdraw", _NOT_OURS, others=SAVED, method="post", make=published),
)  # fmt: skip


def _measure() -> dict[str, Any]:
    from avgust.web.portal.models import Publication

    row = Publication.objects.open().order_by("pk")[0]
    return {"pk": row.pk, "measure": row.programme.measures.order_by("order")[1].pk}


_ANY = one("portal.Publication")
PAGES = (
    Page("public-pages", "portal:index", who=""),
    Page("public-page", "portal:page", _ANY, who="", guide=True),
    Page("public-page-state", "portal:page", _ANY, query="?state=not_done", who=""),
    Page("public-measure", "portal:measure", _measure, who=""),
    Page("public-frame", "portal:embed", _ANY, who=""),
    Page("public-choice", "portal:choose", _ANY),
    Page("public-contact", "portal:contact", one("territory.Unit", kind="region")),
)
