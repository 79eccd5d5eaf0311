"""The journal: in the transaction, append-only, readable, erasable where it is personal."""

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from avgust.web import audit
from avgust.web.accounts.codes import ADDED, ERASED
from avgust.web.audit import codes
from avgust.web.audit.erasure import erase_private
from avgust.web.audit.models import AppendOnlyError, Entry
from avgust.web.audit.requests import RequestNumberMiddleware, current_request
from avgust.web.territory.codes import MOVED

PERSONAL = codes.LogCode("tests.delegated", "%(actor)s → %(to)s", frozenset({"to", "reason"}))


@pytest.fixture
def entry(cast):
    return audit.record(
        actor=cast.regional_officer,
        code=MOVED,
        subject=cast.units.school,
        before={"parent": "Заозёрный округ"},
        after={"parent": "Луговской округ", "since": "2026-01-01"},
        reason="закон № 5",
    )


def test_it_reads_as_a_sentence_in_the_language_of_the_reader(entry) -> None:
    with translation.override("ru"):
        assert entry.sentence == (
            "Е. А. Ларина: с 1\u00a0января 2026\u00a0г. изменено место организации Школа № 3, теперь Луговской округ."
        )
    with translation.override("en"):
        assert (
            entry.sentence == "Е. А. Ларина moved “Школа № 3” to “Луговской округ” from 1\u00a0January 2026."
        )


def test_a_sentence_that_ends_with_a_date_has_one_full_stop() -> None:
    values = {"actor": "Е. А. Ларина", "subject": "Школа № 3", "due": "2026-11-30"}
    with translation.override("ru"):
        assert codes.read("control.grant_extension", values).endswith("до 30\u00a0ноября 2026\u00a0г.")


def test_what_is_nothing_is_not_counted() -> None:
    values = {"actor": "Е. А. Ларина", "subject": "План", "added": 87, "passed": 0, "redated": 2}
    none = {"actor": "Е. А. Ларина", "subject": "План", "added": 0}
    with translation.override("ru"):
        assert codes.read("control.assigned", values).endswith("«План»: добавлено 87, с новым сроком 2.")
        assert codes.read("control.assigned", none).endswith("«План»: без изменений.")


def test_codes_among_the_values_read_in_the_language_of_the_reader() -> None:
    post = {"role": "head", "unit": "Школа № 3"}
    kept = {"actor": "А", "subject": "Б", "since": "2026-01-01", "post": post}
    for language, said in (("ru", "руководитель организации"), ("en", "head of an organisation")):
        with translation.override(language):
            assert f"{said}, Школа № 3" in codes.read("accounts.appointed", kept)
            assert codes.value_text(post, "post") == f"{said}, Школа № 3"
    with translation.override("en"):
        assert codes.value_text(["local_act", "photo"], "kinds") == "local act, photograph"
        assert codes.value_text("school", "kind") == "school"
        assert codes.value_text(True) == "yes"
        assert codes.value_text("as it was kept", "post") == "as it was kept"


def test_an_act_without_a_person_is_of_the_system(cast) -> None:
    entry = audit.record(actor=None, code=MOVED, subject=cast.units.school, after={"parent": "x"})
    with translation.override("ru"):
        assert entry.sentence.startswith("Система: с … изменено")


def test_an_undeclared_code_is_a_mistake(cast) -> None:
    with pytest.raises(KeyError):
        audit.record(actor=None, code="territory.vanished", subject=cast.units.school)


def test_a_code_is_declared_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        codes.declare(MOVED.code, "again", personal=set())


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded() -> None:
    from avgust.web.territory.models import Unit

    unit = Unit.objects.create(kind="school", name="Школа")
    with pytest.raises(RuntimeError, match="transaction"):
        audit.record(actor=None, code=MOVED, subject=unit)
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_entry_goes_when_the_act_fails() -> None:
    from avgust.web.territory.models import Unit

    unit = Unit.objects.create(kind="school", name="Школа")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record(actor=None, code=MOVED, subject=unit)
        raise ZeroDivisionError
    assert not Entry.objects.exists()


WRITES = {
    "save": lambda entry: entry.save(),
    "delete": lambda entry: entry.delete(),
    "update": lambda _entry: Entry.objects.update(kept_reason=""),
    "update of a filter": lambda entry: Entry.objects.filter(pk=entry.pk).update(kept_reason=""),
    "delete of a filter": lambda _entry: Entry.objects.all().delete(),
    "bulk update": lambda entry: Entry.objects.bulk_update([entry], ["kept_reason"]),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_it_is_append_only(entry, write) -> None:
    with pytest.raises(AppendOnlyError):
        write(entry)
    assert Entry.objects.get().reason == "закон № 5"


def test_who_acted_cannot_be_deleted(entry) -> None:
    with pytest.raises(ProtectedError):
        entry.actor.delete()


def test_erasure_takes_the_person_and_keeps_the_act(cast) -> None:
    values = {"email": cast.head.email, "full_name": cast.head.full_name, "kept": 1}
    audit.record(actor=cast.admin, code=ADDED, subject=cast.head, after=values, reason="заявление Борового")
    whole = Entry.objects.get()
    assert (whole.subject, whole.reason, whole.after) == (
        "Боровой Илья Сергеевич",
        "заявление Борового",
        values,
    )
    assert erase_private(cast.head, actor=cast.admin, code=ERASED) == 1
    entry = Entry.objects.get(pk=whole.pk)
    assert (entry.subject, entry.reason, entry.erased) == ("…", "", True)
    assert entry.after == {"email": None, "full_name": None, "kept": 1}
    assert entry.actor == cast.admin
    assert "боровой" not in entry.words.text


def test_personal_values_of_another_than_the_subject(cast, monkeypatch) -> None:
    monkeypatch.setitem(codes._KNOWN, PERSONAL.code, PERSONAL)
    act = audit.Act(
        PERSONAL, cast.units.school, after={"to": "Боровой И. С."}, reason="болен", person=cast.head
    )
    (entry,) = audit.record_all([act], actor=cast.admin)
    assert (entry.kept_after, entry.after) == ({"to": None}, {"to": "Боровой И. С."})
    assert erase_private(cast.head, actor=cast.admin, code=ERASED) == 1
    assert Entry.objects.get(pk=entry.pk).after == {"to": None}
    assert Entry.objects.get(pk=entry.pk).subject == "Школа № 3"


def test_an_entry_knows_its_unit_and_request(cast, entry) -> None:
    assert entry.unit == cast.units.school
    assert entry.request == ""
    account = audit.record(actor=cast.admin, code=ADDED, subject=cast.head, after={})
    assert account.unit is None
    placed = audit.record(actor=cast.admin, code=ADDED, subject=cast.head, unit=cast.units.region)
    assert placed.unit == cast.units.region


def test_the_request_of_an_act_is_said_in_the_answer(cast) -> None:
    seen = []
    middleware = RequestNumberMiddleware(lambda _request: (seen.append(current_request()), HttpResponse())[1])
    answer = middleware(RequestFactory().get("/", headers={"X-Request-ID": "of the browser"}))
    assert answer.headers["X-Request-ID"] == seen[0] != "of the browser"
    assert current_request() == ""


def test_every_code_has_a_translated_sentence() -> None:
    for code in codes.known().values():
        with translation.override("en"):
            english = str(code.sentence)
        with translation.override("ru"):
            russian = str(code.sentence)
        assert english != russian, code.code
        assert codes.read(code.code, {}), code.code


def test_the_card_shows_the_latest_first(cast, entry) -> None:
    later = audit.record(actor=cast.admin, code=MOVED, subject=cast.units.school, after={"parent": "Позже"})
    audit.record(actor=cast.admin, code=MOVED, subject=cast.units.kindergarten, after={"parent": "Чужое"})
    template = engines["django"].from_string("{% load audit %}{% journal unit 1 %}")
    page = template.render({"unit": cast.units.school})
    assert "Позже" in page
    assert "Луговской" not in page
    assert list(Entry.objects.of(cast.units.school)) == [later, entry]
