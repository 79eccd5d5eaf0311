"""The reports of all schools in one go: made piece by piece, gone on with after a death, deleted in time."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone

from avgust.web.audit.models import Entry
from avgust.web.readings import batches
from avgust.web.readings.models import Batch
from avgust.web.readings.tests.making import fill, schools_of, work_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _warehouse(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path


@pytest.fixture
def schools(cast):
    return schools_of(cast, 3)


@pytest.fixture
def work(cast, schools):
    return work_of(cast, schools, 2026, 6)


def asked(client, work, unit, form="docx"):
    response = client.post(reverse("readings:ask", args=[work.pk, unit.pk]), {"form": form})
    assert response.status_code == 302
    return Batch.objects.get(pk=int(response["Location"].rstrip("/").rsplit("/", 1)[1]))


def test_all_schools_of_a_region_come_as_one_archive(cast, signed_in, work):
    client = signed_in(cast.regional_officer)
    batch = asked(client, work, cast.units.region, "pdf")
    assert asked(client, work, cast.units.region, "pdf").pk == batch.pk  # once more is the same
    assert "Фоновый процесс ещё не начал работу" in client.get(batch.get_absolute_url()).content.decode()
    batches.carry_out(batch.pk)
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "Готово 5 отчётов" in page.replace("\u00a0", " ")
    response = client.get(reverse("readings:archive", args=[batch.pk]))
    with ZipFile(BytesIO(b"".join(response))) as archive:
        names = archive.namelist()
        assert len(names) == 5
        assert f"{cast.units.school}.pdf" in names
        assert all(archive.read(name).startswith(b"%PDF") for name in names)
    assert Entry.objects.filter(code="readings.batch_taken").count() == 1


def test_a_municipality_gets_its_own_schools(cast, signed_in, work):
    batch = asked(signed_in(cast.municipal_officer), work, cast.units.municipality)
    batches.carry_out(batch.pk)
    with ZipFile(batches.archive_of(batch)) as archive:
        assert len(archive.namelist()) == 4
        assert not [name for name in archive.namelist() if str(cast.units.neighbour_school) in name]


def test_a_worker_that_died_in_the_middle_loses_nothing(cast, signed_in, work, monkeypatch):
    batch = asked(signed_in(cast.regional_officer), work, cast.units.region)
    made: list[str] = []
    real = batches.rendered

    def dies(story, *args, **more):
        if len(made) == 3:
            raise KeyboardInterrupt  # nothing of ours sees a kill -9
        made.append(story.title.render("ru"))
        return real(story, *args, **more)

    monkeypatch.setattr(batches, "rendered", dies)
    with pytest.raises(KeyboardInterrupt):
        batches.carry_out(batch.pk)
    batch.refresh_from_db()
    assert batch.status == Batch.Status.MAKING
    assert not batches.archive_of(batch).exists()
    again: list[str] = []
    monkeypatch.setattr(
        batches,
        "rendered",
        lambda story, *a, **k: again.append(story.title.render("ru")) or real(story, *a, **k),
    )
    batches.carry_out(batch.pk)
    assert len(again) == 2
    assert not set(again) & set(made)
    with ZipFile(batches.archive_of(batch)) as archive:
        assert len(archive.namelist()) == 5
        assert archive.testzip() is None
    batches.carry_out(batch.pk)  # a task is done at least once: the second time it does nothing
    assert len(again) == 2


def test_two_versions_of_results_are_never_in_one_archive(cast, signed_in, schools, work, monkeypatch):
    batch = asked(signed_in(cast.regional_officer), work, cast.units.region)
    batch.key, batch.status = "an older version", Batch.Status.MAKING
    batch.save()
    folder = batches.folder_of(batch.pk)
    folder.mkdir(parents=True)
    (folder / f"part-{schools[0].pk}.docx").write_bytes(b"of the older version")
    fill(work, schools, seed=2)
    batches.carry_out(batch.pk)
    with ZipFile(batches.archive_of(batch)) as archive:
        assert all(archive.read(name).startswith(b"PK") for name in archive.namelist())


def test_an_archive_is_deleted_when_its_time_is_over(cast, signed_in, work):
    client = signed_in(cast.regional_officer)
    batch = asked(client, work, cast.units.region)
    batches.carry_out(batch.pk)
    batches.expire("")
    assert batches.archive_of(batch).exists()
    Batch.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    (batches.folder_of(0).parent / "999999").mkdir()
    batches.expire("")
    assert not batches.folder_of(batch.pk).exists()
    assert not (batches.folder_of(0).parent / "999999").exists()
    assert "Архив удалён" in client.get(batch.get_absolute_url()).content.decode()
    assert client.get(reverse("readings:archive", args=[batch.pk])).status_code == 404
