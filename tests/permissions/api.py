"""Who gets what of the interface for programs, by a token of the person; and of the page of tokens."""

from __future__ import annotations

from typing import Any

from tests.permissions.assignments import in_status, of_a_sent_report
from tests.permissions.programmes import (
    measure_of_the_region,
    our_measure,
    our_programme,
    programme_of_the_region,
)
from tests.permissions.rows import NOT_FOUND, NOT_PERMITTED, OK, SAVED, Page, Row

_NO_TOKEN, _REFUSED, _UNPROCESSABLE = 401, 409, 422
_NO_POST = {"outsider": NOT_PERMITTED}
_FOREIGN = dict.fromkeys(("foreign_officer", "foreign_head"), NOT_FOUND)
_NOT_OURS = {**_NO_POST, **_FOREIGN}
_ONLY_HEAD = {
    **_NOT_OURS,
    **dict.fromkeys(
        ("regional_officer", "municipal_officer", "methodologist", "analyst", "observer", "admin"),
        NOT_PERMITTED,
    ),
}
_ONLY_OFFICERS = {
    **_NOT_OURS,
    **dict.fromkeys(("head", "methodologist", "analyst", "observer", "admin"), NOT_PERMITTED),
}
_REPORT, _ACTS = "api:report", "api:act"


def _row(name: str, url: str, *expect: Any, **values: Any) -> Row:
    given = {"token": "read", "signed_out": _NO_TOKEN, **values}
    return Row(name, url, *expect, **given)


def _sent(**values: Any) -> Any:
    link = {"kind": "link", "url": "https://school.example/prikaz"}
    return lambda _cast: {"version": 0, "text": "Сделано", "evidence": [link], **values}


def an_own_token(cast: Any) -> dict[str, Any]:
    """Return a token of the head of our school."""
    from datetime import timedelta

    from django.utils import timezone

    from avgust.web.api.actions import make_token

    until = timezone.localdate() + timedelta(days=1)
    return {"pk": make_token(actor=cast.head, name="Сайт", scope="read", expires_on=until)[0].pk}


ROWS = (
    Row("the description", "api:openapi-json", signed_out=OK),
    Row("the root", "api:api-root", signed_out=NOT_FOUND, others=NOT_FOUND),
    _row("oneself", "api:me"),
    _row("all", "api:programmes", _NO_POST),
    _row("our municipality's", "api:programme", _NOT_OURS, make=our_programme),
    _row("the region's", "api:programme", _NO_POST, make=programme_of_the_region),
    _row("of our municipality's", "api:measures", _NOT_OURS, make=our_programme),
    _row("of the region's", "api:measures", _NO_POST, make=programme_of_the_region),
    _row("ours", "api:measure", _NOT_OURS, make=our_measure),
    _row("the region's", "api:measure", _NO_POST, make=measure_of_the_region),
    _row("own", "api:assignments", _NO_POST),
    _row("of our school", "api:assignment", _NOT_OURS, make=in_status("open")),
    _row("own", "api:reports", _NO_POST),
    _row("of our municipality's", "api:execution", _NOT_OURS, make=our_programme),
    _row("of the region's", "api:execution", _NO_POST, make=programme_of_the_region),
    _row("of a report that was sent", "api:evidence_file", _NOT_OURS, make=of_a_sent_report),
    _row(
        "by a token to read", _REPORT, _NO_POST, others=NOT_PERMITTED, method="post", make=in_status("open"),
        data=_sent(),
    ),
    _row(
        "with evidence", _REPORT, _ONLY_HEAD, others=OK, method="post", make=in_status("open"), data=_sent(),
        token="write",
    ),
    _row(
        "without evidence", _REPORT, _ONLY_HEAD, others=_REFUSED, method="post", make=in_status("open"),
        data=_sent(evidence=[]), token="write",
    ),
    _row(
        "of another version", _REPORT, _ONLY_HEAD, others=_REFUSED, method="post", make=in_status("open"),
        data=_sent(version=99), token="write",
    ),
    _row(
        "accept", _ACTS, _ONLY_OFFICERS, others=OK, method="post", make=in_status("reported"),
        data=lambda _c: {"act": "accept", "version": 0}, token="write",
    ),
    _row(
        "return without a reason", _ACTS, _ONLY_OFFICERS, others=_REFUSED, method="post",
        make=in_status("reported"), data=lambda _c: {"act": "return", "version": 0}, token="write",
    ),
    _row(
        "an act of the system", _ACTS, others=_UNPROCESSABLE, method="post", make=in_status("open"),
        data=lambda _c: {"act": "cancel", "version": 0}, token="write",
    ),
    Row("one's own", "api_tokens"),
    Row(
        "a new one", "api_tokens", method="post",
        data=lambda _c: {"name": "Сайт", "scope": "read", "days": "30"},
    ),
    Row(
        "of the head", "api_revoke", {"head": SAVED}, others=NOT_FOUND, method="post", make=an_own_token,
    ),
)  # fmt: skip

PAGES = (Page("tokens", "api_tokens"),)
