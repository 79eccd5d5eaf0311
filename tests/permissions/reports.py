"""Who gets what of execution reports."""

from __future__ import annotations

from typing import Any

from tests.permissions.programmes import our_programme, programme_of_the_region
from tests.permissions.rows import NOT_FOUND, NOT_PERMITTED, SAVED, Page, Row, one

UNPROCESSABLE = 422
_NO_POST = {"outsider": NOT_PERMITTED}
_NOT_OURS = {**_NO_POST, **dict.fromkeys(("foreign_officer", "foreign_head"), NOT_FOUND)}
_NO_EXPORT = {"admin": NOT_PERMITTED}
_DRAFTS_OF_OTHERS = dict.fromkeys(("head", "analyst", "observer", "admin"), NOT_PERMITTED)

_SPEAKERS_ONLY = {**_NOT_OURS, **dict.fromkeys(("analyst", "observer", "admin"), NOT_PERMITTED)}
_OWN_ONLY = {
    **_NO_POST,
    **dict.fromkeys(("analyst", "observer", "admin"), NOT_PERMITTED),
    **dict.fromkeys(
        ("regional_officer", "head", "methodologist", "foreign_officer", "foreign_head"), NOT_FOUND
    ),
}


def our_file(cast: Any) -> dict[str, Any]:
    """Return a filled-in report that the municipal officer sent back."""
    from avgust.web.programmes.models import Programme
    from avgust.web.reports.models import ReturnedFile

    programme = Programme.objects.get(**our_programme(cast))
    file = ReturnedFile.objects.create(
        programme=programme,
        status=ReturnedFile.Status.CHECKING,
        file_name="отчёт.xlsx",
        size=1,
        uploaded_by=cast.municipal_officer,
    )
    return {"pk": file.pk}


ROWS = (
    Row("our municipality's", "reports:report", _NOT_OURS, make=our_programme),
    Row("the region's", "reports:report", _NO_POST, make=programme_of_the_region),
    *(
        Row("our municipality's", f"reports:{name}", {**_NOT_OURS, **_NO_EXPORT}, make=our_programme)
        for name in ("docx", "pdf", "xlsx")
    ),
    Row("our municipality's", "reports:draft", {**_NOT_OURS, **_DRAFTS_OF_OTHERS}, make=our_programme),
    Row("our municipality's", "reports:send_back", _SPEAKERS_ONLY, make=our_programme),
    Row(
        "nothing",
        "reports:send_back",
        {**_SPEAKERS_ONLY},
        method="post",
        make=our_programme,
        others=UNPROCESSABLE,
    ),
    Row("a colleague's", "reports:returned", _OWN_ONLY, make=our_file),
    Row("a colleague's", "reports:returned_refused", _OWN_ONLY, make=our_file),
    *(
        Row("a colleague's", f"reports:{name}", _OWN_ONLY, method="post", make=our_file, others=SAVED)
        for name in ("returned_apply", "returned_drop")
    ),
)

PAGES = (
    Page("execution-report", "reports:report", one("programmes.Programme"), guide=True),
    Page("filled-in-reports", "reports:send_back", one("programmes.Programme")),
    Page("filled-in-report", "reports:returned", one("reports.ReturnedFile")),
)
