"""The chain in the database: whole after any act, and every way of tampering by SQL is named."""

from __future__ import annotations

import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from avgust.domain.journal import Anchor, FaultKind
from avgust.web import audit
from avgust.web.accounts.codes import ERASED
from avgust.web.accounts.models import User
from avgust.web.audit import triggers
from avgust.web.audit.erasure import erase_private
from avgust.web.audit.models import Entry, Link, Private
from avgust.web.audit.verifying import head, verify
from avgust.web.territory.codes import MOVED
from avgust.web.territory.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)


def sql(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def written() -> list[int]:
    """Five entries about a school and one about a person; their numbers in order."""
    unit = Unit.objects.create(kind="school", name="Школа")
    person = User.objects.create_user("a@avgust.test", full_name="Боровой Илья")
    with transaction.atomic():
        acts = [audit.Act(MOVED, unit, after={"parent": f"Округ {n}", "n": n}) for n in range(5)]
        audit.record_all(acts, actor=None)
    with transaction.atomic():
        audit.record(actor=None, code="accounts.added", subject=person, after={"email": person.email})
    return list(Entry.objects.order_by("id").values_list("id", flat=True))


@pytest.fixture
def tamper():
    """Give a function that runs SQL as somebody who first takes the triggers away."""

    def run(*statements: str) -> None:
        with triggers.opened():
            sql(*statements)

    return run


def faults() -> list[tuple[FaultKind, int | None]]:
    return [(fault.kind, fault.entry) for fault in verify().faults]


def test_what_was_written_is_whole(written) -> None:
    assert faults() == []
    assert list(Link.objects.order_by("number").values_list("number", "entry_id")) == list(
        enumerate(written, start=1)
    )


def test_nothing_of_an_act_that_failed_is_linked(written) -> None:
    unit = Unit.objects.get()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record(actor=None, code=MOVED, subject=unit)
        raise ZeroDivisionError
    with transaction.atomic():
        audit.record(actor=None, code=MOVED, subject=unit)
    assert Link.objects.count() == len(written) + 1
    assert faults() == []


REFUSED = (
    "UPDATE audit_entry SET reason = 'x'",
    "DELETE FROM audit_entry",
    "UPDATE audit_link SET hash = 'x'",
    "DELETE FROM audit_link",
    "UPDATE audit_private SET salt = 'x'",
    "DELETE FROM audit_private",
)


@pytest.mark.parametrize("statement", REFUSED)
def test_the_database_refuses(written, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        sql(statement)
    assert faults() == []


TAMPERED = {
    "a reason changed": (["UPDATE audit_entry SET reason = 'x' WHERE id = {1}"], [(FaultKind.CHANGED, 1)]),
    "an actor exchanged": (
        ["UPDATE audit_entry SET code = 'territory.closed' WHERE id = {2}"],
        [(FaultKind.CHANGED, 2)],
    ),
    "an entry deleted": (
        ["DELETE FROM audit_words WHERE entry_id = {1}", "DELETE FROM audit_entry WHERE id = {1}"],
        [(FaultKind.DELETED, 1)],
    ),
    "an entry and its link deleted": (
        [
            "DELETE FROM audit_words WHERE entry_id = {1}",
            "DELETE FROM audit_link WHERE entry_id = {1}",
            "DELETE FROM audit_entry WHERE id = {1}",
        ],
        [(FaultKind.MISSING_LINK, None)],
    ),
    "a link cut out": (
        ["DELETE FROM audit_link WHERE entry_id = {1}"],
        [(FaultKind.MISSING_LINK, None), (FaultKind.INSERTED, 1)],
    ),
    "two entries in the other order": (
        [
            "UPDATE audit_link SET entry_id = -1 WHERE entry_id = {1}",
            "UPDATE audit_link SET entry_id = {1} WHERE entry_id = {2}",
            "UPDATE audit_link SET entry_id = {2} WHERE entry_id = -1",
        ],
        [(FaultKind.BROKEN_LINK, 2), (FaultKind.BROKEN_LINK, 1)],
    ),
    "a person's name exchanged": (
        ['UPDATE audit_private SET values = \'{{"subject": "Другой"}}\''],
        [(FaultKind.PRIVATE_CHANGED, 5)],
    ),
    "personal values taken by no act": (["DELETE FROM audit_private"], [(FaultKind.PRIVATE_GONE, 5)]),
}


@pytest.mark.parametrize(("statements", "found"), TAMPERED.values(), ids=TAMPERED.keys())
def test_tampering_is_named(written, tamper, statements: list[str], found: list) -> None:
    ready = [statement.format(*written) for statement in statements]
    if connection.vendor == "sqlite":
        ready = [one.replace("SET values", 'SET "values"') for one in ready]
    tamper(*ready)
    expected = [(kind, place if place is None else written[place]) for kind, place in found]
    assert faults() == expected


def test_an_entry_put_in_with_another_digest(written) -> None:
    columns = "at, code, subject_type, subject_id, subject, reason, request, private_digest"
    sql(
        f"INSERT INTO audit_entry ({columns}, digest) SELECT {columns}, 'x' FROM audit_entry WHERE id = {written[0]}"
    )
    assert faults() == [(FaultKind.CHANGED, Entry.objects.first().pk)]


def test_a_cut_tail_is_told_by_an_anchor(written, tamper) -> None:
    anchor = head()
    last = written[-1]
    tamper(*(f"DELETE FROM audit_{table} WHERE entry_id = {last}" for table in ("link", "words", "private")))
    tamper(f"DELETE FROM audit_entry WHERE id = {last}")
    assert faults() == []
    assert [fault.kind for fault in verify(anchor).faults] == [FaultKind.TRUNCATED]


def test_a_rewritten_chain_is_told_by_an_anchor(written) -> None:
    anchor = Anchor(3, "f" * 64)
    assert [fault.kind for fault in verify(anchor).faults] == [FaultKind.REWRITTEN]


def test_erasure_leaves_the_chain_whole(written) -> None:
    with transaction.atomic():
        assert erase_private(User.objects.get(), actor=None, code=ERASED) == 1
    report = verify()
    assert (report.faults, report.erased, report.entries) == ([], 1, 7)
    assert not Private.objects.filter(entry=written[-1]).exists()
    assert triggers.missing() == set()


def test_the_command(written, tamper) -> None:
    out = StringIO()
    call_command("audit", "verify", "--anchor", stdout=out)
    said, anchor = out.getvalue().splitlines()
    assert said == "Журнал цел: 6 записей."
    call_command("audit", "verify", "--anchor", anchor, stdout=StringIO())
    with pytest.raises(CommandError, match="Якорь"):
        call_command("audit", "verify", "--anchor", "nothing")
    tamper(f"UPDATE audit_entry SET reason = 'x' WHERE id = {written[0]}")
    error = StringIO()
    with pytest.raises(CommandError, match="1 нарушение"):
        call_command("audit", "verify", stderr=error)
    assert error.getvalue() == f"Запись {written[0]} изменена после того, как была сделана.\n"


def test_a_missing_trigger_is_told_and_laid_down_again(written) -> None:
    name = "audit_entry_UPDATE" if connection.vendor == "sqlite" else "audit_entry_kept ON audit_entry"
    sql(f"DROP TRIGGER {name}")
    with pytest.raises(CommandError):
        call_command("audit", "verify", stderr=StringIO())
    triggers.install()
    call_command("audit", "verify", stdout=StringIO())


WRITER = """
import django; django.setup()
from django.db import transaction
from avgust.web import audit
from avgust.web.territory.models import Unit
unit = Unit.objects.get()
for n in range(40):
    with transaction.atomic():
        audit.record_all([audit.Act("territory.moved", unit, after={"n": n})] * (1 + n % 3), actor=None)
"""


def test_writers_at_once_do_not_fork_the_chain(written, other_process) -> None:
    environment = other_process()
    running = [subprocess.Popen([sys.executable, "-c", WRITER], env=environment) for _ in range(3)]
    assert [process.wait(timeout=60) for process in running] == [0, 0, 0]
    verified = subprocess.run(
        [sys.executable, "-m", "avgust.cli", "manage", "audit", "verify"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert verified.stdout.strip() == "Журнал цел: 243 записи.", verified.stderr
