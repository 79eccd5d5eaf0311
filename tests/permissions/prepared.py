"""Who gets what of prepared files: who asked, and nobody else at any role."""

from __future__ import annotations

from typing import Any

from tests.permissions.programmes import our_programme
from tests.permissions.rows import EVERYBODY, NOT_FOUND, NOT_PERMITTED, Page, Row

_OTHERS = {person: NOT_FOUND for person in EVERYBODY if person not in ("signed_out", "municipal_officer")}


def _file(cast: Any, ready: bool, posts: str = "") -> dict[str, Any]:
    from django.utils import timezone

    from avgust.web import files
    from avgust.web.prepared.actions import posts_of
    from avgust.web.prepared.models import PreparedFile

    officer, programme = cast.municipal_officer, our_programme(cast)["pk"]
    made = PreparedFile.objects.create(
        asked_by=officer,
        kind="programmes.plan",
        question={"programme": programme, "form": "xlsx", "query": {}},
        language="ru",
        title="План",
        file_name="programme.xlsx",
        source="/",
        back="/",
        status=PreparedFile.Status.READY if ready else PreparedFile.Status.WORKING,
        posts=posts or posts_of(officer),
        expires_at=timezone.now(),
    )
    if ready:
        PreparedFile.objects.filter(pk=made.pk).update(sha256=files.keep(b"PK"))
    return {"pk": made.pk}


def ready(cast: Any) -> dict[str, Any]:
    return _file(cast, True)


def under_way(cast: Any) -> dict[str, Any]:
    return _file(cast, False)


def of_another_post(cast: Any) -> dict[str, Any]:
    return _file(cast, True, posts="another")


ROWS = (
    Row("one's own", "prepared:list"),
    Row("being made", "prepared:file", _OTHERS, make=under_way),
    Row("a part of the page", "prepared:file", _OTHERS, make=under_way, htmx=True),
    Row("ready", "prepared:file", _OTHERS, make=ready),
    Row("ready", "prepared:download", _OTHERS, make=ready),
    Row("being made", "prepared:download", _OTHERS, others=NOT_FOUND, make=under_way),
    Row("of a post before", "prepared:download", _OTHERS, others=NOT_PERMITTED, make=of_another_post),
)


def _demo_file(status: str) -> Any:
    def find() -> dict[str, Any]:
        from avgust.web.prepared.models import PreparedFile

        return {"pk": PreparedFile.objects.filter(status=status).values_list("pk", flat=True)[0]}

    return find


PAGES = (
    Page("prepared-files", "prepared:list"),
    Page("prepared-file", "prepared:file", _demo_file("ready")),
)
