"""Who gets what of execution reports."""

from __future__ import annotations

from tests.permissions.programmes import our_programme, programme_of_the_region
from tests.permissions.rows import NOT_FOUND, NOT_PERMITTED, Page, Row, one

_NO_POST = {"outsider": NOT_PERMITTED}
_NOT_OURS = {**_NO_POST, **dict.fromkeys(("foreign_officer", "foreign_head"), NOT_FOUND)}
_NO_EXPORT = {"admin": NOT_PERMITTED}
_DRAFTS_OF_OTHERS = dict.fromkeys(("head", "analyst", "observer", "admin"), NOT_PERMITTED)

ROWS = (
    Row("our municipality's", "reports:report", _NOT_OURS, make=our_programme),
    Row("the region's", "reports:report", _NO_POST, make=programme_of_the_region),
    *(
        Row("our municipality's", f"reports:{name}", {**_NOT_OURS, **_NO_EXPORT}, make=our_programme)
        for name in ("docx", "pdf", "xlsx")
    ),
    Row("our municipality's", "reports:draft", {**_NOT_OURS, **_DRAFTS_OF_OTHERS}, make=our_programme),
)

PAGES = (Page("execution-report", "reports:report", one("programmes.Programme"), guide=True),)
