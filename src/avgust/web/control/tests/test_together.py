"""Acts on many assignments at once: the same guards for each, the same traces, a fixed number of questions."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from avgust.domain.control.guards import evidence_complete, second_person
from avgust.domain.control.states import Act
from avgust.domain.evidence.papers import Paper
from avgust.web.accounts.models import User
from avgust.web.audit.models import Entry
from avgust.web.audit.verifying import verify
from avgust.web.control.actions import NOT_YOURS, STALE, Words, act_on
from avgust.web.control.models import Assignment, Evidence, Report, Step
from avgust.web.control.reporting import add_paper, write_text
from avgust.web.control.tests.conftest import Work
from avgust.web.control.together import Draft, Together, Wish
from avgust.web.notices.models import Notice

LINK = Paper("link", url="https://school.example/prikaz")


@pytest.fixture
def owed(work: Work) -> list[Assignment]:
    """What the school owes without waiting for an event."""
    rows = Assignment.objects.filter(unit=work.school.unit, status="open").order_by("pk")
    return list(rows[:6])


def do(actor: Any, *wishes: Wish) -> dict[int, Any]:
    person = User.objects.get(pk=actor.pk)  # anew, as a request or a batch loads her
    with transaction.atomic():
        return Together([one.assignment for one in wishes], actor=person).do(wishes)


def report(row: Assignment, text: str = "Сделано", paper: Paper | None = LINK) -> Wish:
    return Wish(row.pk, row.version, Draft(text, paper), Act.REPORT)


def decision(row: Assignment, act: Act, reason: str = "") -> Wish:
    row.refresh_from_db()
    return Wish(row.pk, row.version, None, act, Words(reason))


def traces(row: Assignment) -> dict[str, Any]:
    """Everything that an act leaves behind, without numbers and moments."""
    entries = Entry.objects.of(row).order_by("pk")
    return {
        "row": Assignment.objects.values("status", "version", "spoke", "accepted_by").get(pk=row.pk),
        "steps": list(row.steps.order_by("pk").values_list("act", "status", "reason", "actor", "due_after")),
        "reports": list(row.reports.order_by("pk").values_list("text", "outcome", "author")),
        "evidence": list(
            Evidence.objects.filter(report__assignment=row)
            .order_by("pk")
            .values_list("kind", "url", "added_by")
        ),
        "journal": [(one.code, one.before, one.after, one.reason, one.actor_id) for one in entries],
        "told": list(
            Notice.objects.filter(subject=f"control.assignment:{row.pk}")
            .order_by("period", "person")
            .values_list("person", "kind", "period", "group")
        ),
    }


def test_together_leaves_what_one_by_one_leaves(work: Work, cast: Any, owed: list[Assignment]) -> None:
    alone, other = owed[:2]
    officer = cast.municipal_officer
    why = Words("Нет подписи")
    write_text(alone, actor=cast.head, text="Сделано")
    add_paper(alone, actor=cast.head, paper=LINK)
    act_on(alone, Act.REPORT, actor=cast.head)
    act_on(alone, Act.RETURN, actor=officer, words=why)
    write_text(alone, actor=cast.head, text="Подписано")
    act_on(alone, Act.REPORT, actor=cast.head)
    act_on(alone, Act.ACCEPT, actor=officer)
    assert not do(cast.head, report(other))
    assert not do(officer, decision(other, Act.RETURN, why.reason))
    other.refresh_from_db()
    assert not do(cast.head, report(other, "Подписано", None))
    assert not do(officer, decision(other, Act.ACCEPT))
    first, second = traces(alone), traces(other)
    for entry in (*first["journal"], *second["journal"]):
        (entry[1] or {}).pop("due", None)
        (entry[2] or {}).pop("due", None)
    first["steps"], second["steps"] = ([one[:4] for one in told["steps"]] for told in (first, second))
    assert second == first
    connection.check_constraints()  # PostgreSQL adds the links of the chain at commit
    assert not verify().faults


def test_each_is_refused_by_its_own_guard(
    work: Work, cast: Any, owed: list[Assignment], with_draft: Any
) -> None:
    stale, bare, foreign, good = *owed[:2], work.authority, owed[2]
    wrong = Wish(stale.pk, stale.version + 1, Draft("Сделано", LINK), Act.REPORT)
    refused = do(cast.head, wrong, report(bare, paper=None), report(foreign), report(good))
    assert refused[stale.pk] == STALE
    assert refused[foreign.pk] == NOT_YOURS
    assert refused[bare.pk].msgid == evidence_complete(_facts_without_evidence()).msgid  # type: ignore[union-attr]
    assert set(Step.objects.values_list("assignment", flat=True)) == {good.pk}
    assert set(Report.objects.values_list("assignment", flat=True)) == {good.pk}, (
        "no draft of what is refused"
    )


def _facts_without_evidence() -> Any:
    from avgust.domain.control.facts import Facts

    return Facts(status="open", unit=1, today=timezone.localdate())


def test_the_second_person_stands_in_the_way_of_each_row(
    work: Work, cast: Any, owed: list[Assignment]
) -> None:
    own, others = work.authority, owed[0]
    assert not do(cast.head, report(others))
    from avgust.web.accounts.models import Post

    clerk = User.objects.create_user("clerk@avgust.test", full_name="Двойная Анна")
    for role, unit in (("head", cast.units.authority), ("municipal_officer", cast.units.municipality)):
        Post.objects.create(user=clerk, role=role, unit=unit, since=cast.head.posts.get().since)
    assert not do(clerk, report(own))
    refused = do(clerk, decision(own, Act.ACCEPT), decision(others, Act.ACCEPT))
    assert set(refused) == {own.pk}
    assert "second person" in refused[own.pk].msgid
    assert second_person.__name__ == "second_person"
    others.refresh_from_db()
    assert others.status == "accepted"


def test_a_hundred_rows_ask_what_one_row_asks(work: Work, cast: Any, owed: list[Assignment]) -> None:
    def asked(rows: list[Assignment]) -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            assert not do(cast.head, *(report(row) for row in rows))
        return [one["sql"] for one in queries]

    one, many = asked(owed[:1]), asked(owed[1:6])
    saved = [sql for sql in many if sql.startswith('UPDATE "control_assignment"')]
    assert len(saved) == 5, "each assignment is saved by itself"
    assert len(many) - len(saved) == len(one) - 1
