"""The page of the review, whole and in fragments."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from avgust.domain.resolutions.model import Theme
from avgust.domain.resolutions.review import corrections as said
from avgust.domain.resolutions.review.clause import finding_key
from avgust.web.documents.actions import correct
from avgust.web.documents.models import Correction, Document
from avgust.web.documents.standing import Standing


def page(signed_in: Any, user: Any, document: Any, **query: str) -> str:
    return signed_in(user).get(reverse("documents:review", args=[document.pk]), query).content.decode()


def test_text_and_clauses_stand_side_by_side(cast: Any, signed_in: Any, document: Any) -> None:
    html = page(signed_in, cast.municipal_officer, document, clause="c2")
    assert 'id="t-c2"' in html
    assert 'id="p-c2" class="it is-open"' in html
    assert re.search(r'<mark class="f-goal" data-m="\d+-\d+">не менее 70 процентов', html)
    assert "Принять к сведению" in html
    assert html.count('data-key="Enter"') == 1


def test_the_text_of_a_stranger_stays_text(cast: Any, signed_in: Any, uploaded: Any) -> None:
    hostile = "РЕШЕНИЕ\n\nРЕШИЛИ:\n1. Школам <img src=x onerror=alert(1)> провести \"конкурс\" & 'смотр' до 1 мая 2026 года.\n"
    document = uploaded(hostile, name='"><script>alert(2)</script>.txt')
    html = page(signed_in, cast.municipal_officer, document, clause="c1")
    assert "<img" not in html
    assert "<script>alert" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


def test_who_reads_along_sees_no_form(cast: Any, signed_in: Any, document: Any) -> None:
    html = page(signed_in, cast.observer, document, clause="c2")
    assert "is-open" in html
    assert 'name="act"' not in html
    assert "data-key=" not in html


def test_a_fragment_exchanges_two_clauses_and_the_bar(cast: Any, signed_in: Any, document: Any) -> None:
    address = reverse("documents:review", args=[document.pk])
    answer = signed_in(cast.municipal_officer).get(
        address, {"clause": "c2", "was": "c1"}, headers={"HX-Request": "true"}
    )
    html = answer.content.decode()
    assert html.count('hx-swap-oob="true"') == 3
    assert "<html" not in html
    assert answer["HX-Push-Url"] == f"{address}?clause=c2"
    assert 'id="p-c1" class="it"' in html


def test_a_step_back_asks_for_the_whole_page(cast: Any, signed_in: Any, document: Any) -> None:
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    address = reverse("documents:review", args=[document.pk])
    answer = signed_in(cast.municipal_officer).get(address, {"clause": "c2"}, headers=headers)
    assert "<html" in answer.content.decode()


def test_a_changed_field_moves_its_mark_in_the_text(cast: Any, say: Any, document: Any) -> None:
    answer = say(cast.municipal_officer, document, htmx=True, act="deadline", clause="c1", deadline="")
    blocks = re.findall(
        r'<p data-at="\d+" id="b-\d+" hx-swap-oob="true".*?</p>', answer.content.decode(), re.DOTALL
    )
    assert len(blocks) == 1
    assert 'id="t-c1"' in blocks[0]
    assert "f-when" not in blocks[0]


def test_what_changes_no_mark_exchanges_no_text(cast: Any, say: Any, document: Any) -> None:
    answer = say(cast.municipal_officer, document, htmx=True, act="theme", clause="c1", theme="safety")
    assert 'id="b-' not in answer.content.decode()


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        pytest.param("до 1 марта 2026 года", "1\u00a0марта 2026", id="a date"),
        pytest.param("ежеквартально", "ежеквартально", id="again and again"),
        pytest.param("до 15 декабря", "год в тексте не указан", id="no year"),
        pytest.param("когда получится", "останется словами", id="nothing known"),
        pytest.param("", "срока у меры нет", id="nothing typed"),
    ],
)
def test_a_deadline_is_understood_while_it_is_typed(
    cast: Any, signed_in: Any, document: Any, words: str, answer: str
) -> None:
    address = reverse("documents:understood", args=[document.pk])
    html = signed_in(cast.municipal_officer).get(address, {"deadline": words}).content.decode()
    assert answer in html
    assert not Correction.objects.exists()


def test_a_finding_of_the_document_leaves_the_clause_open(
    cast: Any, uploaded: Any, signed_in: Any, say: Any
) -> None:
    points = "".join(f"1.{n}. Провести смотр кабинетов номер {n}.\n" for n in range(1, 9))
    document = uploaded(
        f"РЕЗОЛЮЦИЯ\nсовещания\n\n27 августа 2025 года\n\nРЕШИЛИ:\n\n1. Школам округа:\n{points}"
    )
    html = page(signed_in, cast.municipal_officer, document, clause="c3")
    severe = next(f for f in Standing.of(document).progress.severe if not f.clause)
    key = finding_key(severe)
    assert f'href="#d-{key}"' in html
    assert f'id="d-{key}"' in html
    answer = say(cast.municipal_officer, document, htmx=True, act="dismiss", clause="", finding=key, was="c3")
    assert answer["HX-Push-Url"].endswith("?clause=c3")


def test_right_opens_the_next(cast: Any, signed_in: Any, document: Any, say: Any) -> None:
    answer = say(cast.municipal_officer, document, htmx=True, act="confirm", clause="c1")
    html = answer.content.decode()
    assert answer["HX-Push-Url"].endswith("?clause=c2")
    assert 'id="p-c2" class="it is-open"' in html
    assert json.loads(answer["HX-Trigger"])["avgust:say"]
    assert Document.objects.get().checked == 1


def test_without_a_script_the_same_form_leads_back_to_the_page(cast: Any, say: Any, document: Any) -> None:
    answer = say(cast.municipal_officer, document, act="confirm", clause="c1")
    assert answer.status_code == 302
    assert answer["Location"].endswith("?clause=c2#p-c2")


FIELDS = [
    pytest.param({"act": "deadline", "deadline": "до 1 марта 2026 года"}, "deadline", id="deadline"),
    pytest.param({"act": "addressees", "executors": "Центр «Исток»"}, "addressees", id="executor"),
    pytest.param({"act": "targets", "targets": "не менее 5 школ"}, "targets", id="target"),
    pytest.param({"act": "references", "references": "Федеральный закон"}, "references", id="reference"),
    pytest.param({"act": "theme", "theme": "safety"}, "theme", id="theme"),
    pytest.param({"act": "text", "text": "Другие слова", "label": "1.1а"}, "text", id="text"),
]


@pytest.mark.parametrize(("posted", "field"), FIELDS)
def test_a_field_is_set_from_its_form(
    cast: Any, say: Any, document: Any, posted: dict[str, str], field: str
) -> None:
    answer = say(cast.municipal_officer, document, htmx=True, clause="c1", **posted)
    assert answer.status_code == 200
    assert field in Standing.of(document).review.find("c1").touched


def test_an_untouched_name_keeps_its_place_in_the_text(cast: Any, say: Any, document: Any) -> None:
    before = Standing.of(document).review.find("c1").clause.addressees
    names = "\n".join(a.name for a in before)
    say(cast.municipal_officer, document, act="addressees", clause="c1", executors=names)
    assert Standing.of(document).review.find("c1").clause.addressees == before


@pytest.mark.parametrize(
    "posted",
    [
        pytest.param({"act": "targets", "targets": "стало лучше"}, id="a target without a number"),
        pytest.param({"act": "theme", "theme": "astrology"}, id="an unknown theme"),
        pytest.param({"act": "text", "text": "  "}, id="an empty text"),
        pytest.param({"act": "text", "text": "я" * 6000}, id="an endless text"),
        pytest.param({"act": "split"}, id="a split without a cut"),
        pytest.param({"act": "split", "cut": "999999999999"}, id="a cut far away"),
        pytest.param({"act": "mend:0", "finding": "none"}, id="a mend of no finding"),
        pytest.param({"act": "mend:x", "finding": ""}, id="no number"),
        pytest.param({"act": "drop table"}, id="an unknown act"),
        pytest.param({"act": "confirm", "clause": "c99"}, id="an unknown clause"),
        pytest.param({"act": "add", "text": ""}, id="an added nothing"),
    ],
)
@pytest.mark.parametrize("htmx", [True, False], ids=["fragment", "page"])
def test_what_does_not_fit_is_said_and_changes_nothing(
    cast: Any, say: Any, document: Any, posted: dict[str, str], htmx: bool
) -> None:
    answer = say(cast.municipal_officer, document, htmx=htmx, **{"clause": "c1", **posted})
    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()
    assert not Correction.objects.exists()


def test_the_second_person_sees_the_others_change_beside_hers(cast: Any, say: Any, document: Any) -> None:
    correct(document, said.SetTheme("c1", Theme.MEALS), actor=cast.municipal_officer, seen=0)
    answer = say(
        cast.methodologist,
        document,
        htmx=True,
        act="deadline",
        clause="c1",
        deadline="до 1 мая 2027 года",
        version="0",
    )
    html = answer.content.decode()
    assert answer.status_code == 409
    assert cast.municipal_officer.short_name in html
    assert "до 1 мая 2027 года" in html


def test_structure_comes_as_both_halves(cast: Any, say: Any, document: Any) -> None:
    answer = say(cast.municipal_officer, document, htmx=True, act="merge", clause="c1")
    assert answer["HX-Retarget"] == "#halves"
    assert 'id="p-c1-c2"' in answer.content.decode()
    answer = say(cast.municipal_officer, document, htmx=True, act="not_measure", clause="c3")
    assert Standing.of(document).review.find("c3").measure is False
    other = next(row for row in Standing.of(document).review.others if row.id == "o1")
    say(cast.municipal_officer, document, act="measure", clause=other.id)
    assert Standing.of(document).review.find("o1").measure
    say(cast.municipal_officer, document, act="add", after="c4", text="Открыть кружок до 1 мая 2026 года")
    added = [row for row in Standing.of(document).review.measures if row.id.startswith("a")]
    assert [row.clause.deadline.end.isoformat() for row in added] == ["2026-05-01"]


def test_a_clause_is_split_at_marked_words(cast: Any, say: Any, document: Any) -> None:
    text = Standing.of(document).review.find("c3").clause.text
    say(cast.municipal_officer, document, act="split", clause="c3", cut=str(text.index("разместить")))
    pieces = [row.clause.text for row in Standing.of(document).review.measures if row.id.startswith("c3.")]
    assert pieces == ["Провести анализ результатов ВПР", "разместить его на сайте управления"]


def test_undo_from_the_page(cast: Any, say: Any, signed_in: Any, document: Any) -> None:
    say(cast.municipal_officer, document, act="theme", clause="c1", theme="meals")
    client = signed_in(cast.municipal_officer)
    answer = client.post(reverse("documents:undo", args=[document.pk]), headers={"HX-Request": "true"})
    assert "hx-retarget" not in answer.headers  # a field that comes back exchanges its clause alone
    assert Standing.of(document).review.find("c1").touched == frozenset()


def test_the_gold_file_is_what_people_left(cast: Any, say: Any, signed_in: Any, document: Any) -> None:
    say(cast.municipal_officer, document, act="not_measure", clause="c1")
    answer = signed_in(cast.analyst).get(reverse("documents:gold", args=[document.pk]))
    assert [item["label"] for item in answer.json()["items"]] == ["1.2", "1.3", "2.1", "2.3"]


def long(clauses: int) -> str:
    points = "".join(f"1.{n}. Провести семинар № {n} до 1 мая 2026 года.\n" for n in range(1, clauses + 1))
    return f"РЕЗОЛЮЦИЯ\nсовещания\n\n27 августа 2025 года\n\nРЕШИЛИ:\n\n1. Школам округа:\n{points}"


def test_a_longer_document_asks_the_database_no_more(cast: Any, signed_in: Any, uploaded: Any) -> None:
    counts = []
    client = signed_in(cast.municipal_officer)
    for size in (3, 120):
        document = uploaded(long(size))
        address = reverse("documents:review", args=[document.pk])
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16


def test_the_number_of_organisations_opens_their_list(cast: Any, signed_in: Any, document: Any) -> None:
    address = reverse("documents:whom", args=[document.pk])
    html = page(signed_in, cast.municipal_officer, document)
    asked = re.search(rf'av-why nowrap" href="{address}\?clause=(\w+)', html)
    assert asked
    client = signed_in(cast.municipal_officer)
    html = client.get(address, {"clause": asked[1]}).content.decode()
    assert "Школа №\u00a03" in html
    assert "все школы" in html
    assert "Луговская школа" not in html
    assert client.get(address, {"clause": "zz"}).status_code == 404
