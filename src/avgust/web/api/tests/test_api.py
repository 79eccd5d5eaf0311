"""The interface: tokens, the same scopes as the pages, the same guards, problems in the reader's language."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, get_args

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from avgust.domain.control.states import TRANSITIONS, Act, Side, Status
from avgust.web import files
from avgust.web.accounts.actions import block_person, erase_person
from avgust.web.api import rate
from avgust.web.api.actions import MOST, digest_of, make_token, revoke_token
from avgust.web.api.models import Token
from avgust.web.api.problems import TITLES, problem
from avgust.web.api.schemas import ActName, StatusName
from avgust.web.audit.models import Entry
from avgust.web.control.actions import act_on
from avgust.web.control.models import Assignment, Evidence, Report
from avgust.web.control.tests.conftest import Work, with_draft, work
from avgust.web.documents.actions import Refused
from avgust.web.programmes.models import Measure

__all__ = ["with_draft", "work"]
LINK = {"kind": "link", "url": "https://school.example/prikaz", "title": "Приказ"}
Enter = Callable[..., Client]


@pytest.fixture
def enter() -> Enter:
    """Return a function that gives a client with a token of a person."""

    def client(person: Any, scope: str = "read", days: int = 30) -> Client:
        until = timezone.localdate() + timedelta(days=days)
        _token, secret = make_token(actor=person, name="Проверка", scope=scope, expires_on=until)
        return Client(headers={"authorization": f"Bearer {secret}"})

    return client


def _get(client: Client, path: str, **query: Any) -> Any:
    return client.get(f"/api/v1/{path}", query)


def _post(client: Client, path: str, body: Any) -> Any:
    return client.post(f"/api/v1/{path}", body, content_type="application/json")


def _numbers(rows: Any) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))


def test_a_secret_is_shown_once_and_only_its_digest_is_kept(cast: Any, signed_in: Any) -> None:
    client = signed_in(cast.head)
    said = {"name": "Сайт школы", "scope": "read", "days": "30"}
    html = client.post(reverse("api_tokens"), said).content.decode()
    secret = "avgust_" + html.split('value="avgust_')[1].split('"')[0]
    token = Token.objects.get()
    assert token.digest == digest_of(secret)
    assert secret not in "".join(str(value) for value in vars(token).values())
    again = client.get(reverse("api_tokens"))
    assert secret not in again.content.decode()
    assert "no-store" in again.headers["Cache-Control"]
    (entry,) = Entry.objects.filter(code="api.token_made")
    assert entry.kept_after["name"] is None  # apart, erasable


def test_what_opens_nothing(cast: Any, work: Work, enter: Enter, signed_in: Any) -> None:
    valid = enter(cast.head)
    assert _get(valid, "me").status_code == 200
    token = Token.objects.get()
    for wrong in ("", "Bearer x", "Basic x", "Bearer"):
        answer = _get(Client(headers={"authorization": wrong}), "me")
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert _get(signed_in(cast.head), "me").status_code == 401  # a session of the browser
    Token.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    assert _get(valid, "me").status_code == 401
    Token.objects.update(expires_on=timezone.localdate())
    assert _get(valid, "me").status_code == 200
    block_person(cast.head, actor=cast.admin)
    assert _get(valid, "me").status_code == 401
    cast.head.is_active = True
    cast.head.save()
    assert _get(valid, "me").status_code == 200
    revoke_token(token.pk, actor=cast.head)
    assert _get(valid, "me").status_code == 401
    assert Entry.objects.filter(code="api.token_revoked").count() == 1


def test_a_second_factor_is_asked_of_tokens_too(cast: Any, enter: Enter, settings: Any) -> None:
    client = enter(cast.head)
    settings.MFA_ROLES = ["head"]
    assert _get(client, "me").status_code == 401


def test_an_own_token_only(cast: Any, enter: Enter, signed_in: Any) -> None:
    enter(cast.head)
    pk = Token.objects.get().pk
    assert signed_in(cast.municipal_officer).post(reverse("api_revoke", args=[pk])).status_code == 404
    assert Token.objects.valid(timezone.localdate()).count() == 1
    erase_person(cast.head, actor=cast.admin)
    assert not Token.objects.exists()


@pytest.mark.parametrize(("name", "days"), [("", 30), ("  ", 30), ("Сайт", 0), ("Сайт", 400)])
def test_a_token_has_a_name_and_a_term(cast: Any, name: str, days: int) -> None:
    until = timezone.localdate() + timedelta(days=days)
    with pytest.raises(Refused):
        make_token(actor=cast.head, name=name, scope="read", expires_on=until)


def test_tokens_are_not_endless(cast: Any, enter: Enter) -> None:
    for _n in range(MOST):
        enter(cast.head)
    with pytest.raises(Refused):
        enter(cast.head)


def test_using_a_token_is_remembered_now_and_then(cast: Any, enter: Enter) -> None:
    client = enter(cast.head)
    _get(client, "me")
    first = Token.objects.get().last_used_at
    _get(client, "me")
    assert first is not None
    assert Token.objects.get().last_used_at == first


def test_everybody_sees_what_the_pages_show_her(cast: Any, work: Work, enter: Enter) -> None:
    for person in cast.people().values():
        answer = _get(enter(person), "assignments", limit=200)
        if person == cast.outsider:
            assert answer.status_code == 403
        else:
            seen = _numbers(Assignment.objects.visible_to(person))
            assert [row["id"] for row in answer.json()["items"]] == seen
    foreign = enter(cast.foreign_head)
    assert _get(foreign, "assignments").json() == {"items": [], "next": None}
    numbers = {
        "programmes": work.programme.pk,
        "assignments": work.school.pk,
        "measures": work.school.measure_id,
    }
    for path, pk in numbers.items():
        assert _get(foreign, f"{path}/{pk}").status_code == 404


def test_measures_come_with_what_is_proven(cast: Any, work: Work, enter: Enter) -> None:
    client = enter(cast.municipal_officer)
    found = _get(client, f"programmes/{work.programme.pk}/measures").json()["items"]
    assert [row["number"] for row in found] == ["1.1", "1.2", "2.1", "3.1"]
    assert found[1]["coverage"]["total"] == Assignment.objects.filter(measure=found[1]["id"]).count()
    authority = {"id": cast.units.authority.pk, "name": str(cast.units.authority)}
    assert found[2]["executors"][0]["unit"] == authority
    assert _get(client, f"measures/{found[1]['id']}").json() == found[1]


def test_pages_follow_by_cursor(cast: Any, work: Work, enter: Enter) -> None:
    client, seen, cursor = enter(cast.municipal_officer), [], 0
    while True:
        page = _get(client, "assignments", limit=5, cursor=cursor).json()
        seen += [row["id"] for row in page["items"]]
        cursor = page["next"]
        if not cursor:
            break
    assert seen == _numbers(Assignment.objects.visible_to(cast.municipal_officer))
    assert len(seen) > 10
    for wrong in ("zzz", "-1", "9" * 30, ""):
        assert _get(client, "assignments", cursor=wrong).status_code == 422


@pytest.mark.parametrize(
    ("query", "condition"),
    [
        ({"status": "waiting"}, {"status": "waiting"}),
        ({"due_to": "2025-12-31"}, {"due__lte": date(2025, 12, 31)}),
        ({"proof": "claimed"}, {"pk": 0}),
    ],
)
def test_filters_add_up(cast: Any, work: Work, enter: Enter, query: Any, condition: Any) -> None:
    found = _get(enter(cast.municipal_officer), "assignments", limit=200, **query).json()["items"]
    known = Assignment.objects.visible_to(cast.municipal_officer).filter(**condition)
    assert [row["id"] for row in found] == _numbers(known)


def test_a_mistyped_filter_does_not_show_everything(cast: Any, work: Work, enter: Enter) -> None:
    client = enter(cast.municipal_officer)
    answer = _get(client, "assignments", statsu="open", limit=5)
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"where": ["query", "statsu"], "what": "Такого поля нет."}]
    assert _get(client, "me", verbose=1).status_code == 422
    assert _get(client, "assignments", status="open", limit=5).status_code == 200


def test_more_rows_ask_the_database_no_more(cast: Any, work: Work, enter: Enter) -> None:
    client = enter(cast.municipal_officer)
    for path in ("programmes", f"programmes/{work.programme.pk}/measures", "assignments", "reports"):
        counts = []
        for limit in (1, 200):
            _get(client, path, limit=limit)
            with CaptureQueriesContext(connection) as queries:
                _get(client, path, limit=limit)
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 9, path


def test_a_report_is_sent_and_a_second_person_accepts_it(cast: Any, work: Work, enter: Enter) -> None:
    head, officer, pk = enter(cast.head, "write"), enter(cast.municipal_officer, "write"), work.school.pk
    version = _get(head, f"assignments/{pk}").json()["version"]
    body = {"version": version, "text": "Сделано", "evidence": [LINK]}
    sent = _post(head, f"assignments/{pk}/report", body)
    assert (sent.status_code, sent.json()["status"], sent.json()["proof"]) == (200, "reported", "claimed")
    (report,) = _get(officer, "reports", assignment=pk).json()["items"]
    assert (report["text"], report["evidence"][0]["url"]) == ("Сделано", LINK["url"])
    act = {"act": "accept", "version": sent.json()["version"]}
    own = _post(head, f"assignments/{pk}/acts", act)
    assert own.status_code == 403
    done = _post(officer, f"assignments/{pk}/acts", act)
    assert (done.status_code, done.json()["proof"]) == (200, "proven_by_document")
    stale = _post(officer, f"assignments/{pk}/acts", {"act": "reopen", "version": 0, "reason": "Нет подписи"})
    assert stale.status_code == 409


def test_the_second_person_is_a_guard_and_no_right_goes_around_it(
    cast: Any, work: Work, enter: Enter
) -> None:
    officer, pk = enter(cast.municipal_officer, "write"), work.authority.pk
    body = {"version": work.authority.version, "text": "Сделано", "evidence": [LINK]}
    sent = _post(officer, f"assignments/{pk}/report", body)
    assert sent.status_code == 200
    refused = _post(officer, f"assignments/{pk}/acts", {"act": "accept", "version": sent.json()["version"]})
    assert (refused.status_code, refused.headers["Content-Type"]) == (409, "application/problem+json")
    assert Assignment.objects.get(pk=pk).status == "reported"


def test_what_is_refused_leaves_nothing_behind(cast: Any, work: Work, enter: Enter) -> None:
    head, pk, version = enter(cast.head, "write"), work.school.pk, work.school.version
    for body, status in (
        ({"version": version, "text": "Сделано"}, 409),  # no evidence
        ({"version": version + 7, "text": "Сделано", "evidence": [LINK]}, 409),  # another version
        ({"version": version, "text": "Сделано", "evidence": [LINK | {"url": "javascript:1"}]}, 409),
        ({"version": version, "text": "a\0b"}, 422),
        ({"version": version, "txt": "Сделано"}, 422),
        ([], 422),
    ):
        answer = _post(head, f"assignments/{pk}/report", body)
        assert (answer.status_code, answer.json()["status"]) == (status, status), body
    assert not Report.objects.exists()
    assert Assignment.objects.get(pk=pk).version == version


def test_a_token_to_read_does_not_act(cast: Any, work: Work, enter: Enter) -> None:
    body = {"version": 0, "evidence": [LINK]}
    answer = _post(enter(cast.head), f"assignments/{work.school.pk}/report", body)
    assert answer.status_code == 403
    assert "только читать" in answer.json()["detail"]


def test_drafts_are_not_shown(cast: Any, work: Work, enter: Enter, with_draft: Any) -> None:
    with_draft(work.school, cast.head)
    assert _get(enter(cast.head), "reports").json()["items"] == []


def test_problems_speak_the_language_of_the_person(cast: Any, enter: Enter) -> None:
    russian, english = enter(cast.head), enter(cast.observer)
    cast.observer.language = "en"
    cast.observer.save()
    said = [_get(client, "programmes/2000000000") for client in (russian, english)]
    assert [one.json()["title"] for one in said] == ["Не найдено", "Not found"]
    assert {one.headers["Content-Type"] for one in said} == {"application/problem+json"}
    wrong = _get(russian, "assignments", limit=0).json()
    assert wrong["errors"] == [{"where": ["query", "limit"], "what": "Число слишком мало: не меньше 1."}]
    method = russian.delete("/api/v1/programmes")
    assert (method.status_code, method.headers["Allow"]) == (405, "GET")
    assert method.json()["title"] == "У этого адреса нет такого метода"


def test_the_names_of_the_interface_are_those_of_the_rules() -> None:
    assert set(get_args(StatusName)) == {status.value for status in Status}
    by_people = {act.value for act, row in TRANSITIONS.items() if row.side is not Side.SYSTEM}
    assert set(get_args(ActName)) == by_people - {Act.REPORT.value}


def test_the_execution_report_comes_page_by_page_as_the_page_says_it(
    work: Work, cast: Any, with_draft: Any, enter: Enter
) -> None:
    with_draft(work.school, cast.head)
    act_on(work.school, Act.REPORT, actor=cast.head)
    act_on(work.school, Act.ACCEPT, actor=cast.municipal_officer)
    client, path = enter(cast.regional_officer), f"programmes/{work.programme.pk}/report"
    whole = _get(client, path).json()
    assert whole["next"] is None
    assert whole["coverage"]["total"] == Assignment.objects.filter(programme=work.programme).count()
    assert whole["coverage"]["proven_by_document"] == 1
    one = next(row for row in whole["items"] if row["measure"] == work.school.measure_id)
    assert (one["number"], one["proofs"]) == ("1.1", ["принято ссылок: 1"])
    parts, cursor = [], 0
    while cursor is not None:
        page = _get(client, path, limit=2, cursor=cursor).json()
        parts, cursor = [*parts, *page["items"]], page["next"]
    assert parts == whole["items"]
    early = _get(client, path, on="1999-01-01").json()
    assert early["day"] == work.programme.addressed_on.isoformat()
    assert early["coverage"]["proven"] == 0
    here = _get(client, path, unit=cast.units.neighbour.pk).json()
    assert (here["items"], here["unit"]["id"]) == ([], cast.units.neighbour.pk)
    assert _get(enter(cast.municipal_officer), path, unit=cast.units.neighbour.pk).status_code == 404


def test_a_large_execution_report_asks_the_database_no_more(work: Work, cast: Any, enter: Enter) -> None:
    Measure.objects.bulk_create(
        Measure(programme=work.programme, order=100 + n, text=f"Провести урок № {n}", deadline_kind="none")
        for n in range(100)
    )
    client, path = enter(cast.regional_officer), f"programmes/{work.programme.pk}/report"
    _get(client, path)
    counts = []
    for limit in (10, 100):
        with CaptureQueriesContext(connection) as queries:
            _get(client, path, limit=limit)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_file_of_evidence_is_fetched_within_the_scope(
    work: Work, cast: Any, enter: Enter, settings: Any, tmp_path: Any
) -> None:
    settings.UPLOADS = tmp_path
    report = Report.objects.create(assignment=work.school, author=cast.head, outcome="sent")
    values = {"file_name": "приказ.pdf", "mime": "application/pdf", "size": 4, "added_by": cast.head}
    file = Evidence.objects.create(report=report, kind="file", sha256=files.keep(b"%PDF"), **values)
    link = Evidence.objects.create(
        report=report, kind="link", url="https://school.example/", added_by=cast.head
    )
    client = enter(cast.municipal_officer)
    told = _get(client, "reports", assignment=work.school.pk).json()["items"][0]["evidence"]
    assert [one["file"] for one in told] == [f"/api/v1/evidence/{file.pk}/file", None]
    answer = client.get(told[0]["file"])
    assert b"".join(answer.streaming_content) == b"%PDF"
    assert answer["Content-Type"] == "application/octet-stream"
    assert client.get(f"/api/v1/evidence/{link.pk}/file").status_code == 404
    Report.objects.update(outcome="draft")
    assert client.get(told[0]["file"]).status_code == 404  # nobody's business but the organisation's
    assert enter(cast.foreign_officer).get(told[0]["file"]).status_code == 404


def test_a_token_asks_so_often_and_no_more(
    cast: Any, work: Work, enter: Enter, settings: Any, tmp_path: Any
) -> None:
    settings.API_PER_MINUTE, settings.VAR = 3, tmp_path
    hasty, other = enter(cast.head), enter(cast.head)
    assert [_get(hasty, "me").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert _get(other, "me").status_code == 200
    refused = _get(hasty, "me")
    assert 1 <= int(refused["Retry-After"]) <= rate.WINDOW
    assert refused["Content-Type"] == "application/problem+json"
    assert "не больше 3 запросов в минуту" in refused.json()["detail"]
    settings.API_PER_MINUTE = 0
    assert _get(hasty, "me").status_code == 200


def test_the_count_begins_anew_each_minute_and_is_swept(settings: Any, tmp_path: Any) -> None:
    settings.API_PER_MINUTE, settings.VAR = 1, tmp_path
    rate.count_request("a" * 64, now=60.0)
    with pytest.raises(rate.TooOftenError) as refused:
        rate.count_request("a" * 64, now=75.5)
    assert refused.value.after == 44
    rate.count_request("a" * 64, now=120.0)
    (place,) = (tmp_path / "rate").iterdir()
    rate.sweep("")
    assert place.exists()
    os.utime(place, (0, 0))
    rate.sweep("")
    assert not place.exists()


def test_the_journal_says_which_token_acted(
    work: Work, cast: Any, enter: Enter, with_draft: Any, signed_in: Any
) -> None:
    with_draft(work.school, cast.head)
    body = {"version": 0, "text": "Готово", "evidence": [LINK]}
    answer = _post(enter(cast.head, "write"), f"assignments/{work.school.pk}/report", body)
    token = Token.objects.get()
    entry = Entry.objects.filter(subject_type="control.assignment").first()
    assert entry.request == f"{answer['X-Request-ID']}/{token.begins}"
    card = signed_in(cast.municipal_officer).get(reverse("journal:entry", args=[entry.pk]))
    assert f"{token.begins}…" in card.content.decode()
    signed_in(cast.head).post(reverse("api_revoke", args=[token.pk]))
    assert Entry.objects.first().program == ""  # in the browser no program acts


def test_a_program_gets_a_problem_wherever_it_looks(cast: Any, enter: Any) -> None:
    client = enter(cast.municipal_officer)
    for address in ("/api/", "/api/v2/programmes", "/api/v1/nothing"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
        assert "/api/v1/openapi.json" in answer.json()["detail"]
    assert client.get("/nothing/").headers["Content-Type"].startswith("text/html")
    assert "GET" in client.delete("/api/v1/programmes").json()["detail"]
    assert all(problem(status, "").status_code == status for status in TITLES)
