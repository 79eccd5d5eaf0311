"""Who gets what of control: an assignment of our school, its report, its evidence, the acts on it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tests.permissions.programmes import our_measure
from tests.permissions.rows import NOT_FOUND, NOT_PERMITTED, SAVED, WRONG, Page, Row, one

_NO_POST = {"outsider": NOT_PERMITTED}
_FOREIGN = dict.fromkeys(("foreign_officer", "foreign_head"), NOT_FOUND)
_NOT_OURS = {**_NO_POST, **_FOREIGN}
_LOOKING = dict.fromkeys(("analyst", "observer", "admin", "methodologist"), NOT_PERMITTED)
_CONTROLLERS = {
    **_NO_POST, **_FOREIGN, **_LOOKING, "head": NOT_PERMITTED, "foreign_head": NOT_PERMITTED,
}  # fmt: skip
_OFFICERS = ("regional_officer", "municipal_officer")
_REFUSED = 422


def assignment(cast: Any, status: str = "open", *, evidence: bool = False) -> Any:
    """An assignment of our school in a programme of the municipality, in any status."""
    from avgust.web.control.models import Assignment, Evidence, Report
    from tests.permissions.programmes import _programme

    programme = _programme(cast, cast.units.municipality)
    day = timezone.localdate() + timedelta(days=30)
    row = Assignment.objects.create(
        programme=programme, measure=programme.measures.last(), unit=cast.units.school, status=status,
        occurrence="test", relation="executor", starts=date(2025, 9, 1), due=day, first_due=day,
        spoke={"people": [cast.head.pk], "units": [cast.units.school.pk]},
    )  # fmt: skip
    if evidence or status in ("reported", "accepted"):
        outcome = {"reported": "sent", "accepted": "accepted"}.get(status, "draft")
        sent = None if outcome == "draft" else timezone.now()
        report = Report.objects.create(assignment=row, author=cast.head, outcome=outcome, sent_at=sent)
        Evidence.objects.create(report=report, kind="link", url="https://a.example", added_by=cast.head)
    return row


def in_status(status: str, **options: Any) -> Any:
    return lambda cast: {"pk": assignment(cast, status, **options).pk}


def _waiting_measure(cast: Any) -> dict[str, Any]:
    return {"pk": assignment(cast, "waiting").measure_id}


def _act(act: str, **more: str) -> Any:
    return lambda _cast: {"act": act, "version": "0", "reason": "Причина", **more}


def _picture(cast: Any, status: str) -> dict[str, Any]:
    from avgust.web import files
    from avgust.web.control.models import Evidence

    report = assignment(cast, status, evidence=True).reports.get()
    data = b"\xff\xd8\xff"
    row = Evidence.objects.create(
        report=report, kind="photo", sha256=files.keep(data), size=3, mime="image/jpeg", file_name="a.jpg",
        added_by=cast.head,
    )  # fmt: skip
    return {"pk": row.pk}


def of_a_sent_report(cast: Any) -> dict[str, Any]:
    return _picture(cast, "reported")


def of_a_draft(cast: Any) -> dict[str, Any]:
    return _picture(cast, "open")


def an_errand(cast: Any) -> dict[str, Any]:
    """An errand of the head to a teacher, done and waiting for the head."""
    from avgust.web.accounts.models import Post, User
    from avgust.web.control.models import Errand

    teacher = User.objects.create_user("teacher@avgust.test", "a long password", full_name="Тихая Анна")
    Post.objects.create(user=teacher, role="staff", unit=cast.units.school, since=date(2020, 9, 1))
    made = Errand.objects.create(
        assignment=assignment(cast), given_by=cast.head, given_to=teacher, words="Написать", stage="done"
    )
    return {"pk": made.pk}


CARD, ACT, REPORT = "control:assignment", "control:act", "control:report"
_ONLY_HEAD = {**_NOT_OURS, **_LOOKING, **dict.fromkeys(_OFFICERS, NOT_PERMITTED)}
_ONLY_OFFICERS = {**_NOT_OURS, **_LOOKING, "head": NOT_PERMITTED}
_DRAFT = dict.fromkeys(
    (*_OFFICERS, "methodologist", "analyst", "observer", "admin", "foreign_officer", "foreign_head"),
    NOT_FOUND,
)
_NO_ERRANDS = dict.fromkeys(("analyst", "observer", "admin", "outsider"), NOT_PERMITTED)
_OTHERS_ERRAND = {
    **_NO_ERRANDS,
    **dict.fromkeys((*_OFFICERS, "methodologist", "foreign_officer", "foreign_head"), NOT_FOUND),
}
_EDITORS = {**_NOT_OURS, **_LOOKING, "head": NOT_PERMITTED}
SOON = (timezone.localdate() + timedelta(days=60)).strftime("%d.%m.%Y")

ROWS = (
    *(
        Row(f"our school's, {status}", CARD, _NOT_OURS, make=in_status(status))
        for status in ("waiting", "open", "reported", "returned", "accepted", "suspended", "removed", "cancelled")
    ),
    Row("the form", REPORT, _ONLY_HEAD, make=in_status("open")),
    Row("the form, returned", REPORT, _ONLY_HEAD, make=in_status("returned")),
    Row("the form of what waits for acceptance", REPORT, _ONLY_HEAD, others=SAVED, make=in_status("reported")),
    Row("a draft", REPORT, _ONLY_HEAD, others=SAVED, method="post", make=in_status("open")),
    Row(
        "a report without evidence", REPORT, _ONLY_HEAD, others=_REFUSED, method="post", make=in_status("open"),
        data=lambda _c: {"do": "send", "version": "0"},
    ),
    Row(
        "a report with evidence", REPORT, _ONLY_HEAD, others=SAVED, method="post",
        make=in_status("open", evidence=True), data=lambda _c: {"do": "send", "version": "0"},
    ),
    *(
        Row(f"{act}, {status}", ACT, _ONLY_OFFICERS, others=SAVED, method="post", make=in_status(status), data=data)
        for act, status, data in (
            ("accept", "reported", _act("accept")),
            ("return", "reported", _act("return")),
            ("reopen", "accepted", _act("reopen")),
            ("suspend", "open", _act("suspend")),
            ("resume", "suspended", _act("resume")),
            ("take off", "open", _act("take_off")),
            ("put back", "removed", _act("put_back")),
        )
    ),
    Row(
        "accept, nothing reported", ACT, _ONLY_OFFICERS, others=_REFUSED, method="post", make=in_status("open"),
        data=_act("accept"),
    ),
    *(
        Row(f"{act}, {status}", ACT, _ONLY_HEAD, others=SAVED, method="post", make=in_status(status), data=data)
        for act, status, data in (
            ("withdraw", "reported", _act("withdraw")),
            ("inform", "open", _act("interim")),
            ("ask for an extension", "open", _act("ask_extension", day=SOON)),
        )
    ),
    Row(
        "an act of the system", ACT, _NOT_OURS, others=WRONG, method="post", make=in_status("open"),
        data=_act("cancel"),
    ),
    Row("own", "control:mine", _NO_POST),
    Row("as a part", "control:mine", _NO_POST, htmx=True, data=lambda _c: {"status": "", "due": "late"}),
    Row("of our school", "control:give", _ONLY_HEAD, make=in_status("open")),
    Row("to nobody", "control:give", _ONLY_HEAD, others=_REFUSED, method="post", make=in_status("open")),
    Row("of the head", "control:errand", _OTHERS_ERRAND, make=an_errand),
    Row(
        "accepted by who gave it", "control:errand", _OTHERS_ERRAND, others=SAVED, method="post", make=an_errand,
        data=lambda _c: {"do": "accept"},
    ),
    Row("of our measure", "control:requirement", _EDITORS, make=our_measure),
    Row(
        "of our measure", "control:requirement", _EDITORS, others=SAVED, method="post", make=our_measure,
        data=lambda _c: {"kinds": "local_act"},
    ),
    Row("of our measure", "control:start", _CONTROLLERS, make=our_measure),
    Row(
        "of our measure", "control:start", _CONTROLLERS, others=SAVED, method="post", make=_waiting_measure,
        data=lambda _c: {"day": "01.10.2025"},
    ),
    Row("of a report that was sent", "control:evidence", _NOT_OURS, make=of_a_sent_report),
    Row("of a draft", "control:evidence", {**_DRAFT, "outsider": NOT_PERMITTED}, make=of_a_draft),
    Row("of a report that was sent", "control:picture", _NOT_OURS, make=of_a_sent_report),
    Row("of a draft", "control:picture", {**_DRAFT, "outsider": NOT_PERMITTED}, make=of_a_draft),
)  # fmt: skip

_HEAD, _STAFF = "head@avgust.example", "staff@avgust.example"


def _own(**known: Any) -> Any:
    """Return a function that finds an assignment of the school of the demo's head."""

    def find() -> dict[str, Any]:
        from avgust.web.accounts.models import Post

        unit = Post.objects.get(user__email=_HEAD, role="head").unit_id
        return one("control.Assignment", unit=unit, **known)()

    return find


PAGES = (
    Page("assignment", CARD, _own(), who=_HEAD),
    Page("assignment-officer", CARD, _own(), who="municipality@avgust.example"),
    Page("assignment-report", REPORT, _own(status="open"), who=_HEAD, guide=True, narrow=True),
    Page("own-assignments", "control:mine", who=_HEAD),
    Page("own-assignments-all", "control:mine", query="?status=", who=_HEAD),
    Page("give-errand", "control:give", _own(status="open"), who=_HEAD),
    Page("errand", "control:errand", one("control.Errand", given_to__email=_STAFF), who=_STAFF),
    Page("requirement", "control:requirement", one("programmes.Measure")),
    Page("name-event", "control:start", one("programmes.Measure", assignments__status="waiting")),
)
