"""Who gets what of people: an officer invites those under her post, an administrator keeps the accounts."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.permissions.rows import NOT_FOUND, NOT_PERMITTED, SAVED, Page, Row, one

UNPROCESSABLE = 422
# Keeps no people at all.
_NO_RIGHT = dict.fromkeys(
    ("head", "methodologist", "analyst", "observer", "foreign_head", "outsider"), NOT_PERMITTED
)
_FOREIGN = {"foreign_officer": NOT_FOUND}
_OF_OUR_SCHOOL = {**_NO_RIGHT, **_FOREIGN}
# Acts on the account as a whole are the administrator's.
_OFFICERS = dict.fromkeys(("regional_officer", "municipal_officer"), NOT_PERMITTED)
_ONLY_ADMIN = {**_OF_OUR_SCHOOL, **_OFFICERS}
_OF_THE_REGION = {**_NO_RIGHT, **_FOREIGN, "municipal_officer": NOT_FOUND}
# A post of an officer is given and ended by an administrator alone.
_NOBODY_S_POST = {**_OF_THE_REGION, "regional_officer": NOT_PERMITTED}


def our_head(cast: Any) -> dict[str, Any]:
    return {"pk": cast.head.pk}


def regional_analyst(cast: Any) -> dict[str, Any]:
    return {"pk": cast.analyst.pk}


def without_a_post(cast: Any) -> dict[str, Any]:
    return {"pk": cast.outsider.pk}


def the_administrator(cast: Any) -> dict[str, Any]:
    return {"pk": cast.admin.pk}


def invited_to_our_school(cast: Any) -> dict[str, Any]:
    from avgust.web.accounts.actions import invite_person
    from avgust.web.accounts.rights import Role

    post = invite_person(
        email="new@avgust.test",
        full_name="Новикова Ия Львовна",
        role=Role.HEAD,
        unit=cast.units.school,
        since=date(2025, 9, 1),
        actor=None,
    )
    return {"pk": post.user_id}


def closed(cast: Any) -> dict[str, Any]:
    from avgust.web.accounts.actions import block_person

    block_person(cast.head, actor=None)
    return {"pk": cast.head.pk}


def post_of(name: str) -> Any:
    return lambda cast: {"pk": getattr(cast, name).posts.get().pk}


def _invitation(cast: Any) -> dict[str, Any]:
    return {
        "email": "who@avgust.test",
        "full_name": "Тестов Иван",
        "role": "head",
        "unit": cast.units.school.pk,
        "since": "01.09.2025",
    }


def _post(cast: Any) -> dict[str, Any]:
    return {"role": "observer", "unit": cast.units.kindergarten.pk, "since": "01.09.2025"}


LIST, CARD, INVITE, END = "people:list", "people:card", "people:invite", "people:end_post"

ROWS = (
    Row("people", LIST, _NO_RIGHT),
    Row("a search", LIST, _NO_RIGHT, data=lambda _c: {"q": "боровой", "state": "awaited", "role": "head"}),
    Row("the head of our school", CARD, _OF_OUR_SCHOOL, make=our_head),
    Row("the analyst of the region", CARD, _OF_THE_REGION, make=regional_analyst),
    Row(
        "who has no post",
        CARD,
        {
            **_NO_RIGHT,
            **dict.fromkeys(("regional_officer", "municipal_officer", "foreign_officer"), NOT_FOUND),
        },
        make=without_a_post,
    ),
    Row("the form", INVITE, _NO_RIGHT),
    Row(
        "a head of our school",
        INVITE,
        {**_NO_RIGHT, "foreign_officer": UNPROCESSABLE},
        others=SAVED,
        method="post",
        data=_invitation,
    ),
    Row("the form", "people:import", _NO_RIGHT),
    Row("no file", "people:import", _NO_RIGHT, others=UNPROCESSABLE, method="post"),
    Row("no list", "people:import_write", _NO_RIGHT, others=SAVED, method="post"),
    Row("who has a post", "people:xlsx", _NO_RIGHT),
    Row("the heads", "people:template", _NO_RIGHT),
    Row("the form", "people:appoint", _OF_OUR_SCHOOL, make=our_head),
    Row(
        "an observer of our kindergarten",
        "people:appoint",
        _OF_OUR_SCHOOL,
        others=SAVED,
        method="post",
        make=our_head,
        data=_post,
    ),
    Row(
        "a post of one's own",
        "people:appoint",
        {**_NOBODY_S_POST, "admin": NOT_PERMITTED, "regional_officer": 200},
        make=the_administrator,
    ),
    Row("the form", END, _OF_OUR_SCHOOL, make=post_of("head")),
    Row(
        "the head of our school",
        END,
        _OF_OUR_SCHOOL,
        others=SAVED,
        method="post",
        make=post_of("head"),
        data=lambda _c: {"until": "31.08.2026"},
    ),
    Row(
        "the officer of the region",
        END,
        _NOBODY_S_POST,
        make=post_of("regional_officer"),
    ),
    Row(
        "who has not come yet",
        "people:invite_again",
        _OF_OUR_SCHOOL,
        others=SAVED,
        method="post",
        make=invited_to_our_school,
    ),
    Row(
        "who has come",
        "people:invite_again",
        {**_OF_OUR_SCHOOL, **_OFFICERS, "admin": NOT_PERMITTED},
        method="post",
        make=our_head,
    ),
    Row("the form", "people:correct", _ONLY_ADMIN, make=our_head),
    Row(
        "a name",
        "people:correct",
        _ONLY_ADMIN,
        others=SAVED,
        method="post",
        make=our_head,
        data=lambda _c: {"email": "head@avgust.test", "full_name": "Боровой Илья"},
    ),
    Row("the head of our school", "people:block", _ONLY_ADMIN, others=SAVED, method="post", make=our_head),
    Row(
        "the own account",
        "people:block",
        {**_OF_THE_REGION, "regional_officer": NOT_PERMITTED, "admin": NOT_PERMITTED},
        method="post",
        make=the_administrator,
    ),
    Row(
        "a closed one",
        "people:unblock",
        {**_ONLY_ADMIN, "head": "sign in"},
        others=SAVED,
        method="post",
        make=closed,
    ),
    Row("the form", "people:reset_second_factor", _ONLY_ADMIN, make=our_head),
    Row(
        "with a reason",
        "people:reset_second_factor",
        _ONLY_ADMIN,
        others=SAVED,
        method="post",
        make=our_head,
        data=lambda _c: {"reason": "Телефон потерян, пришёл лично"},
    ),
    Row(
        "without a reason",
        "people:reset_second_factor",
        _ONLY_ADMIN,
        others=UNPROCESSABLE,
        method="post",
        make=our_head,
    ),
    Row("what it takes", "people:erase", _ONLY_ADMIN, make=our_head),
    Row("for good", "people:erase", _ONLY_ADMIN, others=SAVED, method="post", make=our_head),
)

_ADMIN = "admin@avgust.example"
_HEAD = one("accounts.User", email="head@avgust.example")

PAGES = (
    Page("people", LIST, who=_ADMIN),
    Page("people-found", LIST, query="?role=head", who="municipality@avgust.example"),
    Page("person", CARD, _HEAD, who=_ADMIN),
    Page("invite", INVITE, who="municipality@avgust.example"),
    Page("people-import", "people:import", who=_ADMIN),
    Page("appoint", "people:appoint", _HEAD, who=_ADMIN),
    Page("end-post", END, one("accounts.Post", role="head"), who=_ADMIN),
    Page("correct-person", "people:correct", _HEAD, who=_ADMIN),
    Page("second-factor-off", "people:reset_second_factor", _HEAD, who=_ADMIN),
    Page("erase", "people:erase", _HEAD, who=_ADMIN),
)
