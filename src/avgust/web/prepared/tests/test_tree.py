"""The tree of the territory, a station below: as a file at once, or from the worker."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from avgust.domain.tables.reading import read_sheets
from avgust.web.accounts.models import Post
from avgust.web.prepared.making import carry_out
from avgust.web.prepared.models import PreparedFile
from avgust.web.territory.models import Unit


def _rows(answer: Any) -> list[Any]:
    return [sheet.rows for sheet in read_sheets(b"".join(answer))]


def test_a_large_tree_is_written_by_the_worker(cast: Any, signed_in: Any, settings: Any) -> None:
    client, address = signed_in(cast.regional_officer), reverse("territory:tree")
    at_once = _rows(client.get(address))
    settings.ROWS_AT_ONCE = 1
    answer = client.get(address)
    file = PreparedFile.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, file.get_absolute_url())
    carry_out(file.pk)
    file.refresh_from_db()
    assert (file.is_ready, file.total) == (True, Unit.objects.count())
    download = reverse("prepared:download", args=[file.pk])
    assert _rows(client.get(download)) == at_once
    Post.objects.filter(user=cast.regional_officer).delete()
    assert client.get(download).status_code == 403
