"""Who gets what of notices: everybody the own, nobody another's; quiet hours by who speaks for a place."""

from __future__ import annotations

from typing import Any

from tests.permissions.rows import EVERYBODY, NOT_FOUND, NOT_PERMITTED, OK, SAVED, Page, Row, one


def notice_of_the_head(cast: Any) -> dict[str, Any]:
    from avgust.web.notices.models import Notice

    notice = Notice.objects.create(
        person=cast.head, kind="deadline", subject="x:1", period="1", title="Мера", address="/"
    )
    return {"pk": notice.pk}


def calendar_of_the_head(cast: Any) -> dict[str, Any]:
    from avgust.web.notices.actions import renew_calendar

    return {"token": renew_calendar(actor=cast.head)}


_SPEAKERS = dict.fromkeys(("regional_officer", "municipal_officer", "head", "methodologist"), OK)
_SAVERS = dict.fromkeys(_SPEAKERS, SAVED)
_NEIGHBOURS = dict.fromkeys(("foreign_officer", "foreign_head", "outsider"), NOT_FOUND)
_OPEN = dict.fromkeys(EVERYBODY, OK)

ROWS = (
    Row("own notices", "notices:list"),
    Row("those read too", "notices:list", data=lambda _c: {"all": "1"}),
    Row("all as read", "notices:read_all", others=SAVED, method="post", data=lambda _c: {"until": "1"}),
    Row(
        "of the head",
        "notices:open",
        {"head": SAVED},
        others=NOT_FOUND,
        method="post",
        make=notice_of_the_head,
    ),
    Row("own choices", "notices:settings"),
    Row("choices kept", "notices:settings", others=SAVED, method="post", data=lambda _c: {"mail": "on"}),
    Row("a new address", "notices:renew_calendar", method="post"),
    Row("the address taken back", "notices:take_back_calendar", others=SAVED, method="post"),
    Row(
        "of our school",
        "notices:quiet_hours",
        {**_SPEAKERS, **_NEIGHBOURS},
        others=NOT_PERMITTED,
        make=lambda c: {"pk": c.units.school.pk},
    ),
    Row(
        "of our school, kept",
        "notices:quiet_hours",
        {**_SAVERS, **_NEIGHBOURS},
        others=NOT_PERMITTED,
        method="post",
        make=lambda c: {"pk": c.units.school.pk},
        data=lambda _c: {"starts": "19:00", "ends": "08:00"},
    ),
    Row("by its secret address", "calendar_feed", _OPEN, make=calendar_of_the_head),
    Row(
        "by a guessed address",
        "calendar_feed",
        others=NOT_FOUND,
        signed_out=NOT_FOUND,
        make=lambda _c: {"token": "x" * 43},
    ),
    Row("outside the demo", "caught_mail", others=NOT_FOUND, signed_out=NOT_FOUND),
)

PAGES = (
    Page("notices", "notices:list", who="head@avgust.example"),
    Page("notices-settings", "notices:settings", who="head@avgust.example"),
    Page("quiet-hours", "notices:quiet_hours", one("territory.Unit", kind="school")),
    Page("caught-mail", "caught_mail"),
)
