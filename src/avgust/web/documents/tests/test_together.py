"""Two people at once: what one deletes while another works on it, and a file between two documents."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import Http404
from django.urls import reverse

from avgust.domain.resolutions.review import corrections as said
from avgust.web import files
from avgust.web.documents import views
from avgust.web.documents.actions import correct, delete_document, describe_document, undo
from avgust.web.documents.models import Document
from avgust.web.programmes.actions import adopt_document

pytestmark = pytest.mark.django_db

ACTS = {
    "correct": lambda document, actor: correct(document, said.Confirm("c1"), actor=actor, seen=0),
    "undo": lambda document, actor: undo(document, actor=actor),
    "describe": lambda document, actor: describe_document(
        document, actor=actor, title="Резолюция", adopted_on=None
    ),
    "delete": lambda document, actor: delete_document(document, actor=actor),
    "adopt": lambda document, actor: adopt_document(document, actor=actor),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_what_another_person_deleted_is_not_found(cast: Any, document: Any, act: Any) -> None:
    Document.objects.filter(pk=document.pk).delete()
    with pytest.raises(Http404):
        act(document, cast.municipal_officer)


def test_a_page_of_what_another_person_deletes_is_not_found(
    cast: Any, document: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(cast.municipal_officer)
    address = reverse("documents:gold", args=[document.pk])
    Document.objects.filter(pk=document.pk).delete()
    monkeypatch.setattr(views, "visible_document", lambda _request, _pk: document)  # it stood a moment ago
    assert client.get(address).status_code == 404


def test_a_file_uploaded_again_outlives_the_deletion_of_its_first_document(
    cast: Any, uploaded: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks() as after_commit:
        delete_document(uploaded(), actor=cast.municipal_officer)
    again = uploaded()
    for act in after_commit:
        act()
    assert files.place_of(again.sha256).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")
def test_a_file_is_not_deleted_while_another_keeps_it() -> None:
    digest, order = "a" * 64, []

    def other() -> None:
        with transaction.atomic():
            files.hold(digest)
            order.append("other")
        connection.close()

    thread = threading.Thread(target=other)
    with transaction.atomic():
        files.hold(digest)
        thread.start()
        thread.join(0.3)
        order.append("first")
    thread.join(10)
    assert order == ["first", "other"]
