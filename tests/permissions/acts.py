"""Who gets what of local acts: templates bind everybody below, drafts are their organisation's and its office's."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tests.permissions.programmes import our_measure
from tests.permissions.rows import NOT_FOUND, NOT_PERMITTED, SAVED, WRONG, Page, Row, one

_NO_POST = {"outsider": NOT_PERMITTED}
_FOREIGN = dict.fromkeys(("foreign_officer", "foreign_head"), NOT_FOUND)
_NOT_OURS = {**_NO_POST, **_FOREIGN}
_LOOKING = ("analyst", "observer", "admin")
_DRAFT = {**_NOT_OURS, **dict.fromkeys(_LOOKING, NOT_FOUND)}
_OFFICES = ("regional_officer", "municipal_officer", "methodologist")
_ONLY_HEAD_OF_DRAFT = {**_DRAFT, **dict.fromkeys(_OFFICES, NOT_PERMITTED)}
_ONLY_HEAD = {**_NOT_OURS, **dict.fromkeys((*_OFFICES, *_LOOKING), NOT_PERMITTED)}
_EDITORS = {**_NOT_OURS, **dict.fromkeys(("head", *_LOOKING), NOT_PERMITTED)}
_EDITORS_ANYWHERE = dict.fromkeys(("head", "foreign_head", *_LOOKING, "outsider"), NOT_PERMITTED)
_PROGRAMME_EDITORS = {**_EDITORS, "methodologist": NOT_PERMITTED}
_REFUSED = 422
_TYPED = {"title": "Положение", "body": "1.1. Текст.", "f-TOTAL_FORMS": "0", "f-INITIAL_FORMS": "0"}


def template(cast: Any, stage: str = "offered") -> Any:
    """A template of our municipality with one field."""
    from avgust.web.acts.models import ActTemplate, TemplateVersion

    made = ActTemplate.objects.create(
        unit=cast.units.municipality, title="Положение", stage=stage, version=1, made_by=cast.methodologist
    )
    field = {"key": "куратор", "label": "Куратор", "kind": "person", "required": True, "hint": ""}
    TemplateVersion.objects.create(
        template=made, number=1, title="Положение", body="1.1. Куратор: {{ куратор }}.", fields=[field],
        made_by=cast.methodologist,
    )  # fmt: skip
    return made


def act(cast: Any, status: str = "draft") -> Any:
    """An act of our school, written by somebody whom the cast does not know."""
    from avgust.web import files
    from avgust.web.acts.models import LocalAct

    made, today = template(cast), timezone.localdate()
    row = LocalAct(
        unit=cast.units.school, template=made, version=made.newest, title="Положение", status=status,
        values={"куратор": "Ларина Елена"}, made_by=cast.head,
    )  # fmt: skip
    if status in ("adopted", "replaced", "repealed"):
        row.number, row.adopted_on, row.since = "41-ОД", today, today
        row.sha256, row.file_name = files.keep(b"%PDF-1.4"), "a.pdf"
    row.save()
    return row


def in_status(status: str) -> Any:
    return lambda cast: {"pk": act(cast, status).pk}


def offered(cast: Any) -> dict[str, Any]:
    return {"pk": template(cast).pk}


def prepared(cast: Any) -> dict[str, Any]:
    return {"pk": template(cast, "prepared").pk}


def _move(move: str) -> Any:
    today = timezone.localdate().strftime("%d.%m.%Y")
    return lambda _cast: {"move": move, "revision": "0", "reason": "Причина", "day": today}


ROWS = (
    Row("acts", "acts:list", _NO_POST),
    Row("acts, found", "acts:list", _NO_POST, data=lambda _c: {"q": "школа", "state": "in_force"}),
    Row("templates", "acts:templates", _NO_POST),
    Row("a new template", "acts:new_template", _EDITORS_ANYWHERE),
    Row("from an example", "acts:new_template", _EDITORS_ANYWHERE, data=lambda _c: {"from": "mentoring"}),
    Row(
        "a new template", "acts:new_template", _EDITORS_ANYWHERE, others=SAVED, method="post",
        data=lambda _c: _TYPED,
    ),
    Row("a template without a text", "acts:new_template", _EDITORS_ANYWHERE, others=_REFUSED, method="post"),
    Row("ours, offered", "acts:template", _NOT_OURS, make=offered),
    Row("ours, being prepared", "acts:template", {**_DRAFT, "head": NOT_FOUND}, make=prepared),
    Row("ours, a state", "acts:template", _NOT_OURS, make=offered, data=lambda _c: {"state": "none"}),
    Row("ours", "acts:edit_template", _EDITORS, make=offered),
    Row(
        "ours, saved", "acts:edit_template", _EDITORS, others=SAVED, method="post", make=offered,
        data=lambda _c: _TYPED,
    ),
    Row(
        "ours, withdrawn", "acts:stage", _EDITORS, others=SAVED, method="post", make=offered,
        data=lambda _c: {"stage": "withdrawn"},
    ),
    Row("ours, in no state", "acts:stage", _NOT_OURS, others=WRONG, method="post", make=offered),
    Row(
        "ours", "acts:begin",
        {**_NOT_OURS, **dict.fromkeys(_LOOKING, NOT_PERMITTED)}, make=offered,
    ),
    Row(
        "ours, begun", "acts:begin",
        {**_NOT_OURS, **dict.fromkeys(_LOOKING, NOT_PERMITTED)}, others=SAVED, method="post", make=offered,
        data=lambda _c: {"f0": "Ларина Елена", "do": "save"},
    ),
    Row(
        "ours, for our school", "acts:begin",
        {**_NOT_OURS, **dict.fromkeys(_LOOKING, NOT_PERMITTED), **dict.fromkeys(_OFFICES, NOT_FOUND)},
        others=SAVED, method="post", make=offered,
        data=lambda c: {"f0": "Ларина Елена", "do": "save", "unit": str(c.units.school.pk)},
    ),
    Row("of our measure", "acts:demand", _PROGRAMME_EDITORS, make=our_measure),
    Row("of our measure, none", "acts:demand", _PROGRAMME_EDITORS, others=SAVED, method="post", make=our_measure),
    *(
        Row(f"our school's, {status}", "acts:act", _DRAFT, make=in_status(status))
        for status in ("draft", "agreeing", "agreed")
    ),
    *(
        Row(f"our school's, {status}", "acts:act", _NOT_OURS, make=in_status(status))
        for status in ("adopted", "replaced", "repealed")
    ),
    Row("a draft", "acts:fill", _ONLY_HEAD_OF_DRAFT, make=in_status("draft")),
    Row(
        "a draft, saved", "acts:fill", _ONLY_HEAD_OF_DRAFT, others=SAVED, method="post", make=in_status("draft"),
        data=lambda _c: {"f0": "Ларина Елена", "do": "save"},
    ),
    Row("an adopted one", "acts:fill", _ONLY_HEAD, others=SAVED, make=in_status("adopted")),
    Row("a draft", "acts:renew", _ONLY_HEAD_OF_DRAFT, others=SAVED, method="post", make=in_status("draft")),
    *(
        Row(f"{move}, {status}", "acts:move", expect, others=SAVED, method="post", make=in_status(status), data=_move(move))
        for move, status, expect in (
            ("submit", "draft", _ONLY_HEAD_OF_DRAFT),
            ("take_back", "agreeing", _ONLY_HEAD_OF_DRAFT),
            ("agree", "agreeing", _DRAFT),
            ("send_back", "agreeing", _DRAFT),
            ("annul", "adopted", _ONLY_HEAD),
            ("repeal", "adopted", _ONLY_HEAD),
            ("revive", "repealed", _ONLY_HEAD),
            ("drop", "draft", _ONLY_HEAD_OF_DRAFT),
        )
    ),
    Row("agree, a draft", "acts:move", _DRAFT, others=_REFUSED, method="post", make=in_status("draft"), data=_move("agree")),
    Row("no move", "acts:move", _DRAFT, others=WRONG, method="post", make=in_status("draft")),
    Row(
        "adoption has its form", "acts:move", _DRAFT, others=WRONG, method="post", make=in_status("agreed"),
        data=_move("adopt"),
    ),
    Row("an agreed one", "acts:adopt", _ONLY_HEAD_OF_DRAFT, make=in_status("agreed")),
    Row("without a file", "acts:adopt", _ONLY_HEAD_OF_DRAFT, others=_REFUSED, method="post", make=in_status("agreed")),
    Row("a draft", "acts:adopt", _ONLY_HEAD_OF_DRAFT, others=SAVED, make=in_status("draft")),
    Row("a draft", "acts:draft", _DRAFT, make=in_status("draft")),
    Row("an adopted one", "acts:draft", _NOT_OURS, make=in_status("adopted")),
    Row("an adopted one", "acts:file", _NOT_OURS, make=in_status("adopted")),
    Row("a draft has none", "acts:file", _NO_POST, others=NOT_FOUND, make=in_status("draft")),
)  # fmt: skip

_HEAD, _DEPUTY = "head@avgust.example", "deputy@avgust.example"


def _own(model: str, **known: Any) -> Any:
    """Return a function that finds a row of the school of the demo's head."""

    def find() -> dict[str, Any]:
        from avgust.web.accounts.models import Post

        unit = Post.objects.get(user__email=_HEAD, role="head").unit_id
        return one(model, unit=unit, **known)()

    return find


PAGES = (
    Page("acts", "acts:list"),
    Page("acts-head", "acts:list", who=_HEAD),
    Page("act-templates", "acts:templates"),
    Page("act-template-new", "acts:new_template", query="?from=mentoring"),
    Page("act-template", "acts:template", one("acts.ActTemplate")),
    Page("act-template-edit", "acts:edit_template", one("acts.ActTemplate")),
    Page("act-begin", "acts:begin", one("acts.ActTemplate", title__contains="оценки"), who=_HEAD),
    Page("act-demand", "acts:demand", one("programmes.Measure", demand__isnull=False)),
    Page("act", "acts:act", one("acts.LocalAct", status="adopted")),
    Page("act-agreeing", "acts:act", _own("acts.LocalAct", status="agreeing"), who=_HEAD),
    Page("act-fill", "acts:fill", _own("acts.LocalAct", status="draft"), who=_DEPUTY),
    Page("act-adopt", "acts:adopt", _own("acts.LocalAct", status="agreed"), who=_HEAD),
    Page("measure-with-act", "programmes:measure", one("programmes.Measure", demand__isnull=False)),
)
