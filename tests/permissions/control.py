"""Who gets what of control: the board is for who decides, coverage for who sees the programme."""

from __future__ import annotations

from typing import Any

from tests.permissions.programmes import our_measure, our_programme, programme_of_the_region
from tests.permissions.rows import NOT_FOUND, NOT_PERMITTED, SAVED, Page, Row, one

_NO_POST = {"outsider": NOT_PERMITTED}
_NOT_OURS = {**_NO_POST, **dict.fromkeys(("foreign_officer", "foreign_head"), NOT_FOUND)}
_CONTROLLERS_ONLY = dict.fromkeys(
    ("head", "foreign_head", "methodologist", "analyst", "observer", "admin", "outsider"), NOT_PERMITTED
)


def _all(_cast: Any) -> dict[str, Any]:
    return {"view": "all"}


ROWS = (
    Row("the board", "control:board", _CONTROLLERS_ONLY),
    Row("everything", "control:board", _CONTROLLERS_ONLY, make=lambda c: our_programme(c) and {}, data=_all),
    Row(
        "many at once",
        "control:decide_many",
        _CONTROLLERS_ONLY,
        others=SAVED,
        method="post",
        data=lambda _c: {"act": "remind"},
    ),
    Row("our municipality's", "control:programme", _NOT_OURS, make=our_programme),
    Row("the region's", "control:programme", _NO_POST, make=programme_of_the_region),
    Row("of our measure", "control:measure", _NOT_OURS, make=our_measure),
)

PAGES = (
    Page("board", "control:board", guide=True),
    Page("board-all", "control:board", query="?view=all"),
    Page("coverage", "control:programme", one("programmes.Programme")),
    Page("coverage-of-measure", "control:measure", one("programmes.Measure")),
)
