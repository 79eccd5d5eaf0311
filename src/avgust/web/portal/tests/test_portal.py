"""Public pages: what is on them, what is never on them, who keeps copies and who may frame them."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from avgust.domain.control.states import Act
from avgust.domain.proof import ProofState
from avgust.domain.publishing.choice import Choice
from avgust.domain.publishing.contact import OfficeContact
from avgust.domain.publishing.open_data import COLUMNS
from avgust.web.audit.models import Entry
from avgust.web.control.actions import Words, act_on
from avgust.web.control.models import Evidence, Report, Step
from avgust.web.control.tests.conftest import Work, with_draft, work
from avgust.web.documents.actions import Refused
from avgust.web.portal.actions import publish_programme, set_contact, withdraw_programme
from avgust.web.portal.building import counted, published
from avgust.web.portal.models import Contact, Publication

__all__ = ["with_draft", "work"]
TODAY = date(2025, 11, 10)
WHOLE = Choice(whole=True)
ADDRESSES = ("portal:page", "portal:csv", "portal:json", "portal:embed")


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)
    cache.clear()


@pytest.fixture
def open_page(work: Work, cast: Any, with_draft: Any) -> Publication:
    """The school's report with a link is accepted, and the programme is published whole."""
    with_draft(work.school, cast.head)
    act_on(work.school, Act.REPORT, actor=cast.head)
    act_on(work.school, Act.ACCEPT, actor=cast.municipal_officer)
    return publish_programme(work.programme, WHOLE, actor=cast.municipal_officer)


def _text(name: str, pk: int, **query: str) -> str:
    return Client().get(reverse(name, args=[pk]), query).content.decode("utf-8-sig")


def _every_public_text(publication: Publication) -> str:
    pages = [_text(name, publication.pk) for name in ADDRESSES] + [
        Client().get(reverse("portal:index")).content.decode()
    ]
    for measure in publication.programme.measures.all():
        address = reverse("portal:measure", args=[publication.pk, measure.pk])
        pages.append(Client().get(address).content.decode())
    return "\n".join(pages)


def test_the_page_says_what_is_promised_and_what_is_proven(open_page: Publication) -> None:
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", _text("portal:page", open_page.pk))).replace(
        "\u00a0", " "
    )
    assert "Принять положение о наставничестве" in said
    assert "публикует 4 меры" in said
    assert "school.example" in said
    shown = counted(open_page, "ru")
    assert [row.state for row in shown.measures][:2] == [ProofState.PROVEN_BY_DOCUMENT, ProofState.NOT_DONE]
    assert (shown.proven, shown.partly) == (1, False)


def test_nobody_of_the_cast_is_on_any_public_page(open_page: Publication, cast: Any) -> None:
    report = Report.objects.get(assignment__unit=cast.units.school)
    Report.objects.filter(pk=report.pk).update(text="Отчёт подготовил Боровой")
    Evidence.objects.filter(report=report).update(title="Приказ Борового И. С.", file_name="Боровой.pdf")
    text = _every_public_text(open_page)
    for person in cast.people().values():
        surname, *_rest = person.full_name.split()
        assert surname[:5] not in text, person
        assert person.email not in text
    assert "@" not in re.sub(r"@(?:media|font-face)", "", text)
    assert "Отчёт подготовил" not in text


def test_a_measure_that_names_a_person_is_held_back(open_page: Publication, cast: Any) -> None:
    measure = open_page.programme.measures.get(label="1.2")
    measure.text = "Поручить Боровому И. С. проводить заседания"
    measure.save()
    assert [row.number for row in counted(open_page, "ru").measures] == ["1.1", "2.1", "3.1"]
    assert "Борово" not in _every_public_text(open_page)
    only = Choice(measures=frozenset({measure.pk}))
    with pytest.raises(Refused) as refused:
        publish_programme(open_page.programme, only, actor=cast.municipal_officer)
    assert refused.value.reason.render("ru").startswith("В мере 1.2 назван человек: Боровому И. С.")


def test_what_is_chosen_by_section_grows_and_what_is_chosen_by_measure_does_not(
    work: Work, cast: Any
) -> None:
    first, second, *_rest = work.programme.measures.order_by("order")
    by_section = Choice(sections=frozenset({first.section}))
    row = publish_programme(work.programme, by_section, actor=cast.municipal_officer)
    assert [one.id for one in counted(row, "ru").measures] == [first.pk, second.pk]
    third = work.programme.measures.get(label="2.1")
    third.section = first.section
    third.save()
    assert third.pk in [one.id for one in counted(row, "ru").measures]
    by_measure = Choice(measures=frozenset({second.pk}))
    row = publish_programme(work.programme, by_measure, actor=cast.municipal_officer)
    shown = counted(row, "ru")
    assert ([one.id for one in shown.measures], shown.partly) == ([second.pk], True)
    hidden = Client().get(reverse("portal:measure", args=[row.pk, first.pk]))
    assert hidden.status_code == 404


def test_publishing_and_withdrawing_are_acts_in_the_journal(open_page: Publication, cast: Any) -> None:
    programme = open_page.programme
    publish_programme(programme, WHOLE, actor=cast.municipal_officer)  # nothing new: no entry
    publish_programme(programme, WHOLE, actor=cast.municipal_officer, links=False)
    withdraw_programme(programme, actor=cast.municipal_officer)
    withdraw_programme(programme, actor=cast.municipal_officer)
    codes = Entry.objects.filter(code__startswith="portal.").order_by("pk").values_list("code", flat=True)
    assert list(codes) == ["portal.published", "portal.changed", "portal.withdrawn"]
    assert all(Client().get(reverse(name, args=[programme.pk])).status_code == 404 for name in ADDRESSES)
    assert "Резолюция" not in Client().get(reverse("portal:index")).content.decode()
    publish_programme(programme, WHOLE, actor=cast.municipal_officer)
    assert Client().get(reverse("portal:page", args=[programme.pk])).status_code == 200


@pytest.mark.parametrize("person", ["head", "admin", "foreign_officer", "outsider"])
def test_only_the_authority_publishes(work: Work, cast: Any, person: str) -> None:
    with pytest.raises(PermissionDenied):
        publish_programme(work.programme, WHOLE, actor=getattr(cast, person))
    assert not Publication.objects.exists()


@pytest.mark.parametrize("day", [TODAY, date(2026, 1, 1), date(2020, 1, 1)])
def test_only_a_day_that_has_passed_is_fixed(work: Work, cast: Any, day: date) -> None:
    with pytest.raises(Refused):
        publish_programme(work.programme, WHOLE, actor=cast.municipal_officer, fixed_on=day)


def test_a_fixed_day_stays_what_it_was(work: Work, cast: Any, with_draft: Any) -> None:
    with_draft(work.school, cast.head)
    for act, person, day in ((Act.REPORT, cast.head, 1), (Act.ACCEPT, cast.municipal_officer, 15)):
        step = act_on(work.school, act, actor=person)
        at = datetime(2025, 10, day, 12, tzinfo=timezone.get_default_timezone())
        Step.objects.filter(pk=step.pk).update(at=at)
        Report.objects.filter(decided_at__isnull=False).update(decided_at=at)
    then = date(2025, 10, 7)
    row = publish_programme(work.programme, WHOLE, actor=cast.municipal_officer, fixed_on=then)
    shown = counted(row, "ru").measures[0]
    assert (shown.state, shown.links) == (ProofState.CLAIMED, ())
    act_on(work.school, Act.REOPEN, actor=cast.municipal_officer, words=Words("Нет подписи"))
    assert counted(row, "ru").measures[0].state is ProofState.CLAIMED
    live = publish_programme(work.programme, WHOLE, actor=cast.municipal_officer)
    assert counted(live, "ru").measures[0].state is ProofState.NOT_DONE


@pytest.mark.parametrize(
    ("url", "links", "shown"),
    [
        ("https://school.example/act", True, True),
        ("https://school.example/act", False, False),
        ("http://10.0.0.8/act", True, False),
        ("https://cloud.example/s?token=abc", True, False),
    ],
)
def test_links_that_anyone_may_open(
    open_page: Publication, cast: Any, url: str, links: bool, shown: bool
) -> None:
    Evidence.objects.update(url=url)
    publish_programme(open_page.programme, WHOLE, actor=cast.municipal_officer, links=links)
    assert (url in _every_public_text(open_page)) is shown


def test_copies_are_kept_and_told_apart(open_page: Publication, cast: Any) -> None:
    client = Client()
    for name in ADDRESSES:
        address = reverse(name, args=[open_page.pk])
        first = client.get(address)
        assert first.headers["Cache-Control"] == "public, max-age=300"
        assert not first.cookies
        again = {"If-None-Match": first.headers["ETag"]}
        assert client.get(address, headers=again).status_code == 304
        since = {"If-Modified-Since": first.headers["Last-Modified"]}
        assert client.get(address, headers=since).status_code == 304
        publish_programme(
            open_page.programme, WHOLE, actor=cast.municipal_officer, links=name != "portal:csv"
        )
    english = Client(headers={"cookie": "avgust_language=en"}).get(address).headers["ETag"]
    assert english != client.get(address).headers["ETag"]


def test_a_signed_in_reader_gets_the_page_of_everybody(
    open_page: Publication, cast: Any, signed_in: Any
) -> None:
    address = reverse("portal:page", args=[open_page.pk])
    assert signed_in(cast.head).get(address).content == Client().get(address).content


def test_only_the_frame_may_be_framed(open_page: Publication) -> None:
    client = Client()
    frame = client.get(reverse("portal:embed", args=[open_page.pk]))
    assert "X-Frame-Options" not in frame.headers
    assert "frame-ancestors *" in frame.headers["Content-Security-Policy"]
    assert "script-src" not in frame.headers["Content-Security-Policy"]
    assert "<script" not in frame.content.decode()
    assert "<form" not in frame.content.decode()
    for name in ("portal:page", "portal:csv", "portal:json"):
        answer = client.get(reverse(name, args=[open_page.pk]))
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_open_data_are_complete_and_readable_by_scripts(open_page: Publication) -> None:
    csv_answer = Client().get(reverse("portal:csv", args=[open_page.pk]))
    rows = list(csv.DictReader(io.StringIO(csv_answer.content.decode("utf-8-sig"))))
    json_answer = Client().get(reverse("portal:json", args=[open_page.pk]))
    whole = json.loads(json_answer.content)
    assert [row["number"] for row in rows] == ["1.1", "1.2", "2.1", "3.1"]
    assert list(rows[0]) == list(COLUMNS)
    assert whole["measures"][0]["state"] == rows[0]["state"] == "proven_by_document"
    assert whole["measures"][0]["links"] == ["https://school.example/act"]
    assert (
        {csv_answer.headers["Access-Control-Allow-Origin"]}
        == {"*"}
        == {json_answer.headers["Access-Control-Allow-Origin"]}
    )


def test_numbers_open(open_page: Publication) -> None:
    only = _text("portal:page", open_page.pk, state="not_done")
    assert "заседания методического совета" in only.replace("\u00a0", " ")
    assert "Принять положение" not in only.replace("\u00a0", " ")
    assert "<script" not in _text("portal:page", open_page.pk, state="<script>")
    measure = open_page.programme.measures.get(label="1.1")
    address = reverse("portal:measure", args=[open_page.pk, measure.pk])
    assert "Школа № 3" in Client().get(address).content.decode().replace("\u00a0", " ")
    assert Client().get(address, {"state": "not_done"}).status_code == 200


def test_a_kept_page_asks_the_database_once(open_page: Publication) -> None:
    address = reverse("portal:page", args=[open_page.pk])
    with CaptureQueriesContext(connection) as first:
        Client().get(address)
    with CaptureQueriesContext(connection) as second:
        Client().get(address)
    assert len(first) <= 8
    assert len(second) == 1
    assert published(open_page, "ru").made


def test_the_form_publishes_what_is_marked(work: Work, cast: Any, signed_in: Any) -> None:
    client, address = signed_in(cast.municipal_officer), reverse("portal:choose", args=[work.programme.pk])
    third = work.programme.measures.get(label="2.1")
    posted = {
        "what": "parts",
        "section": "0",
        "measure": [str(third.pk), "999999", "x"],
        "fixed_on": "01.11.2025",
    }
    assert client.post(address, posted).status_code == 302
    row = Publication.objects.get()
    assert (row.whole, row.measures, row.links, row.fixed_on) == (False, [third.pk], False, date(2025, 11, 1))
    assert len(row.sections) == 1
    wrong = client.post(address, posted | {"fixed_on": "32.13.2025"})
    assert wrong.status_code == 422
    assert Publication.objects.get().version == row.version
    assert (
        "Открытая страница"
        in client.get(reverse("programmes:programme", args=[work.programme.pk])).content.decode()
    )


OFFICE = OfficeContact("Приёмная управления", "8 (49231) 2-14-05, доб. 3", "priem@edu.example.org")


def test_the_office_stands_on_the_page_at_once_and_can_be_taken_back(
    open_page: Publication, cast: Any
) -> None:
    place = cast.units.municipality
    assert "Кого спросить" not in _text("portal:page", open_page.pk)
    assert set_contact(place, OFFICE, actor=cast.municipal_officer) == {}
    html = _text("portal:page", open_page.pk).replace("\u00a0", " ")
    assert 'href="tel:84923121405"' in html
    assert 'href="mailto:priem@edu.example.org"' in html
    assert "Приёмная управления" in html
    assert Entry.objects.filter(code="portal.contact", unit=place).count() == 1
    assert set_contact(place, OFFICE, actor=cast.municipal_officer) == {}  # the same again is no act
    assert Entry.objects.filter(code="portal.contact").count() == 1
    set_contact(place, OfficeContact(), actor=cast.municipal_officer)
    assert "Кого спросить" not in _text("portal:page", open_page.pk)
    assert not Contact.objects.exists()


def test_a_person_is_no_contact(open_page: Publication, cast: Any, signed_in: Any) -> None:
    client, address = (
        signed_in(cast.municipal_officer),
        reverse("portal:contact", args=[cast.units.municipality.pk]),
    )
    for said, words in (
        ({"email": cast.head.email.upper()}, "адрес учётной записи"),
        ({"office": "Ветрова Н. П.", "phone": "2-14-05"}, "Ветрова"),
        ({"office": "Приёмная"}, "телефон или электронную почту"),
    ):
        answer = client.post(address, said)
        assert answer.status_code == 422
        assert words in answer.content.decode().replace("\u00a0", " ")
    assert not Contact.objects.exists()
    with pytest.raises(PermissionDenied):
        set_contact(cast.units.region, OFFICE, actor=cast.municipal_officer)


def test_the_sign_in_page_leads_to_what_is_published(open_page: Publication, cast: Any) -> None:
    entrance = reverse("account_login")
    assert f'href="{reverse("portal:index")}"' in Client().get(entrance).content.decode()
    withdraw_programme(open_page.programme, actor=cast.municipal_officer)
    assert f'href="{reverse("portal:index")}"' not in Client().get(entrance).content.decode()
