"""Who gets what: home, preferences, territory."""

from __future__ import annotations

from tests.permissions.rows import NOT_FOUND, OK, SAVED, WRONG, Page, Row, one

UNIT = "territory:card"
_NOWHERE = {"outsider": NOT_FOUND}
_NOT_OURS = {"foreign_officer": NOT_FOUND, "foreign_head": NOT_FOUND, "outsider": NOT_FOUND}

ROWS = (
    Row("home", "home"),
    Row(
        "English",
        "choose_language",
        others=SAVED,
        signed_out=SAVED,
        method="post",
        data=lambda _c: {"language": "en"},
    ),
    Row("an unknown language", "choose_language", others=WRONG, signed_out=WRONG, method="post"),
    Row(
        "off",
        "choose_keys",
        others=SAVED,
        signed_out=SAVED,
        method="post",
        data=lambda _c: {"keys": "off"},
    ),
    Row("neither on nor off", "choose_keys", others=WRONG, signed_out=WRONG, method="post"),
    Row(
        "dark",
        "choose_theme",
        others=SAVED,
        signed_out=SAVED,
        method="post",
        data=lambda _c: {"theme": "dark"},
    ),
    Row("units", "territory:list"),
    Row("the region", UNIT, _NOWHERE, make=lambda c: {"pk": c.units.region.pk}),
    Row("our municipality", UNIT, _NOT_OURS, make=lambda c: {"pk": c.units.municipality.pk}),
    Row("our school", UNIT, _NOT_OURS, make=lambda c: {"pk": c.units.school.pk}),
    Row(
        "another organisation of our municipality",
        UNIT,
        {**_NOT_OURS, "head": NOT_FOUND},
        make=lambda c: {"pk": c.units.kindergarten.pk},
    ),
    Row(
        "the neighbour's school",
        UNIT,
        {
            **_NOWHERE,
            **dict.fromkeys(("municipal_officer", "head", "methodologist", "observer"), NOT_FOUND),
            "foreign_officer": OK,
            "foreign_head": OK,
        },
        make=lambda c: {"pk": c.units.neighbour_school.pk},
    ),
    Row("a unit that is not there", UNIT, others=NOT_FOUND, make=lambda _c: {"pk": 10**9}),
)

PAGES = (
    Page("home", "home", guide=True),
    Page("home-head", "home", who="head@avgust.example", guide=True, narrow=True),
    Page("home-admin", "home", who="admin@avgust.example"),
    Page("territory", "territory:list", guide=True),
    Page("territory-found", "territory:list", query="?q=школа&kind=school"),
    Page("unit", UNIT, one("territory.Unit", kind="school")),
    Page("municipality", UNIT, one("territory.Unit", kind="municipality")),
)
