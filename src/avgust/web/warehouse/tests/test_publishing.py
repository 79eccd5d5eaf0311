"""Publishing: what a new version replaces, and that whoever is killed leaves the old one whole."""

from __future__ import annotations

import signal
import subprocess
import sys
from itertools import permutations
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pyarrow.parquet as pq
import pytest

from avgust.web.warehouse import publishing, staging
from avgust.web.warehouse.layout import HALVES, Row, folder_of, name_of, root
from avgust.web.warehouse.models import Dataset
from avgust.web.warehouse.publishing import Order, PublishingError, live_file, publish_stage, publish_without
from avgust.web.warehouse.results import open_results
from avgust.web.warehouse.staging import Stage
from avgust.web.warehouse.sweeping import sweep

ITEMS = ("1", "2", "4К1")
NAME = name_of(procedure="vpr", year=2026, subject="ru", grade=4, work=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def warehouse(settings, tmp_path):
    settings.VAR = tmp_path
    return tmp_path / "warehouse"


def row(school: int, pupil: int, scores=(1, 1, 1), class_name="4А", upload=1, **said) -> Row:
    values = {"mark": 3, "journal": None, "present": True, "variant": "1"} | said
    points = sum(max(score, 0) for score in scores if score is not None) if values["present"] else None
    return Row(school, class_name, pupil, values["variant"], points, values["mark"], values["journal"],
               values["present"], upload, tuple(scores))  # fmt: skip


def publish(*rows: Row, amend: bool = False, name: str = NAME, order: Order | None = None) -> Dataset:
    with Stage(len(ITEMS)) as stage:
        stage.add(rows)
        return publish_stage(name, ITEMS, stage, amend=amend, order=order)


def publish_as(upload: int, *rows: Row, amendments: tuple[int, ...] = (), name: str = NAME) -> Dataset:
    """Publish as the upload of this number, which may be among the `amendments`."""
    mine = [one._replace(upload=upload) for one in rows]
    return publish(*mine, amend=upload in amendments, name=name, order=Order(upload, lambda: amendments))


def stand(name: str = NAME) -> dict[int, tuple[int, int | None]]:
    """Return pupil → (upload, points)."""
    with open_results(name) as results:
        plain = results.rows.to_pyarrow().to_pylist()
    return {one["pupil"]: (one["upload"], one["points"]) for one in plain}


def test_chunks_are_gathered_into_groups(monkeypatch):
    monkeypatch.setattr(staging, "GROUP", 5)
    with Stage(len(ITEMS)) as stage:
        for start in (0, 3, 6, 9):
            stage.add([row(1, pupil) for pupil in range(start, start + 3)])
        assert stage.rows == 12
        stage.close()
        metadata = pq.read_metadata(stage.path)
        assert [metadata.row_group(number).num_rows for number in range(metadata.num_row_groups)] == [6, 6]
        publish_stage(NAME, ITEMS, stage)
    assert set(stand()) == set(range(12))


def test_first_version():
    dataset = publish(row(1, 11), row(1, 12, (2, None, -1)))
    assert (dataset.rows, dataset.items) == (2, list(ITEMS))
    assert dataset.version.startswith("v=000001-")
    assert stand() == {11: (1, 3), 12: (1, 2)}


def test_another_file_replaces_its_own_classes_only():
    publish(row(1, 11), row(1, 12), row(1, 13, class_name="4Б"), row(2, 21))
    publish(row(1, 11, (2, 1, 1), upload=2), row(1, 14, upload=2))
    assert stand() == {11: (2, 4), 14: (2, 3), 13: (1, 3), 21: (1, 3)}


def test_the_same_file_again_changes_nothing():
    first = publish(row(1, 11), row(2, 21))
    before = stand()
    second = publish(row(1, 11), row(2, 21))
    assert stand() == before
    assert first.rows == second.rows == 2


def test_a_participant_who_moved_to_another_class_is_not_doubled():
    publish(row(1, 11), row(1, 12), row(1, 13, class_name="4Б"))
    publish(row(1, 11, class_name="4Б", upload=2), row(1, 13, class_name="4Б", upload=2))
    assert stand() == {12: (1, 3), 11: (2, 3), 13: (2, 3)}


def test_mended_rows_leave_their_classmates():
    publish(row(1, 11), row(1, 12))
    publish(row(1, 12, (2, 1, 3), upload=2), row(1, 13, upload=2), amend=True)
    assert stand() == {11: (1, 3), 12: (2, 6), 13: (2, 3)}


def test_an_upload_is_taken_out():
    publish(row(1, 11), row(2, 21))
    publish(row(2, 22, upload=2))
    publish_without(NAME, 2)
    assert stand() == {11: (1, 3)}


# Each upload with its rows, and which of them amend; the outcome must be that of the order of their numbers.
IN_TURN = [
    ("the same class twice", {1: [row(1, 11), row(1, 12)], 2: [row(1, 11)]}, ()),
    ("two classes, one of them twice", {1: [row(1, 11), row(1, 13, class_name="4Б")], 2: [row(1, 12)]}, ()),
    ("a participant who moved", {1: [row(1, 11)], 2: [row(1, 11, class_name="4Б"), row(1, 14)]}, ()),
    ("a mended row", {1: [row(1, 11), row(1, 12)], 2: [row(1, 12, (2, 1, 3))]}, (2,)),
    ("mended after a whole one", {1: [row(1, 11)], 2: [row(1, 12), row(1, 13)], 3: [row(1, 12)]}, (3,)),
    ("mended before a whole one", {1: [row(1, 11)], 2: [row(1, 11, (0, 0, 0))], 3: [row(1, 12)]}, (2,)),
    ("nothing in common", {1: [row(1, 11)], 2: [row(2, 21)], 3: [row(3, 31)]}, ()),
]


@pytest.mark.parametrize(
    ("sent", "amendments"), [case[1:] for case in IN_TURN], ids=[case[0] for case in IN_TURN]
)
def test_whoever_was_sent_later_wins_whoever_ends_first(sent, amendments):
    outcomes = []
    for number, turn in enumerate(permutations(sent)):
        publish(row(9, 90), row(1, 10, upload=0), name=NAME + f"{number}", order=Order(0))
        for upload in turn:
            publish_as(upload, *sent[upload], amendments=amendments, name=NAME + f"{number}")
        outcomes.append(stand(NAME + f"{number}"))
    assert all(outcome == outcomes[0] for outcome in outcomes)  # the first is the order of the numbers


def test_other_items_are_refused():
    publish(row(1, 11))
    with Stage(1) as stage:
        stage.add([row(1, 12, (1,))])
        with pytest.raises(PublishingError):
            publish_stage(NAME, ("1",), stage)
    assert stand() == {11: (1, 3)}


def test_who_publishes_second_starts_from_what_the_first_published(monkeypatch):
    publish(row(1, 11))
    written, once = publishing._written, [True]

    def slow(dataset, change):
        version = written(dataset, change)
        if once.pop() if once else False:
            publish(row(2, 21, upload=2))  # another worker, meanwhile
        return version

    monkeypatch.setattr(publishing, "_written", slow)
    publish(row(3, 31, upload=3))
    assert set(stand()) == {11, 21, 31}


def test_nothing_of_a_stage_is_left_behind(warehouse):
    with pytest.raises(RuntimeError), Stage(3) as stage:
        stage.add([row(1, 11)])
        raise RuntimeError
    assert list((warehouse / HALVES).iterdir()) == []


def test_sweep_keeps_the_live_version_and_what_is_young():
    publish(row(1, 11))
    old = live_file(Dataset.objects.get()).parent
    dataset = publish(row(2, 21))
    (root() / HALVES / "version-left").mkdir()
    assert sweep() == 0
    assert old.exists()
    assert sweep(settled=-1) == 2
    assert not old.exists()
    assert live_file(dataset).exists()
    assert set(stand()) == {11, 21}


def test_names_are_paths_of_small_letters_only():
    for wrong in ("../etc", "a/b", "", "Ы"):
        with pytest.raises(ValueError, match="small letters"):
            name_of(subject=wrong)


def test_results_as_the_kernel_reads_them():
    publish(
        row(1, 11, (2, 1, -1), mark=3, journal=4), row(1, 12, (0, None, 3), variant="2", mark=4),
        row(2, 21, (None,) * 3, present=False, mark=None),
    )  # fmt: skip
    with open_results(NAME) as results:
        ours, theirs = results.schools()
        items = results.item_results()
        (chunk,) = results.responses_in_chunks()
        counts = results.score_counts([2, 1, 3])
        assert results.uploads() == {1: 3}
        assert [one.school for one in results.only_schools([2]).schools()] == [2]
    assert (ours.pupils, ours.absent, ours.mean, ours.marks) == (2, 0, 3.0, {2: 0, 3: 1, 4: 1, 5: 0})
    assert (theirs.pupils, theirs.absent, theirs.mean) == (0, 1, None)
    assert [(one.n, one.mean, one.left_out) for one in items] == [(2, 1.0, 0), (1, 1.0, 0), (2, 1.5, 1)]
    assert chunk.responses.scores.tolist() == [[2, 1, 0], [0, -1, 3]]
    assert chunk.responses.items == ITEMS
    assert chunk.journal.tolist() == [4, 0]
    assert [(one["booklet"], one["variant"], one["total"], one["n"]) for one in counts] == [
        ("101", "2", 3, 1), ("111", "1", 3, 1)
    ]  # fmt: skip
    assert np.dtype(np.int8) == chunk.responses.scores.dtype


def test_no_results_yet():
    with open_results(NAME) as results:
        assert results is None


# A process of its own publishes a second version and is killed where KILL says.
CHILD = """
import os, signal, sys
from pathlib import Path
import django
from django.conf import settings
settings.configure(VAR=Path(sys.argv[1]), USE_TZ=True, INSTALLED_APPS=["avgust.web.warehouse"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": sys.argv[1] + "/db.sqlite3"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField")
django.setup()
from django.db import connection
from avgust.web.warehouse import publishing, staging
from avgust.web.warehouse.layout import Row
from avgust.web.warehouse.models import Dataset
from avgust.web.warehouse.staging import Stage
kill, name = sys.argv[2], "procedure=vpr/year=2026"
def die(*_args, **_more):
    os.kill(os.getpid(), signal.SIGKILL)
def publish(*pupils):
    with Stage(1) as stage:
        stage.add([Row(1, "4A", pupil, "", 1, 3, None, True, 1, (1,)) for pupil in pupils])
        publishing.publish_stage(name, ("1",), stage)
if kill == "never":
    with connection.schema_editor() as editor:
        editor.create_model(Dataset)
    publish(1, 2)
    sys.exit()
if kill == "look":
    from avgust.web.warehouse.results import open_results
    with open_results(name) as results:
        print(sorted(one["pupil"] for one in results.rows.to_pyarrow().to_pylist()))
    sys.exit()
if kill == "reading":
    publishing.expressions.replaced = die
elif kill == "written":
    publishing._settle = die
elif kill == "renamed":
    publishing._point = die
elif kill == "settled":
    publishing._settle = lambda path: die() if path.is_dir() else None
publish(3, 4)
"""


def _child(folder: Path, kill: str) -> SimpleNamespace:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(folder), kill],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return SimpleNamespace(status=done.returncode, said=done.stdout.strip(), error=done.stderr)


def test_killed_at_any_moment_the_old_version_is_whole(tmp_path):
    first = _child(tmp_path, "never")
    assert first.status == 0, first.error
    for moment in ("reading", "written", "settled", "renamed"):
        assert _child(tmp_path, moment).status == -signal.SIGKILL, moment
        assert _child(tmp_path, "look").said == "[1, 2]", moment
    assert _child(tmp_path, "not at all").status == 0
    assert _child(tmp_path, "look").said == "[3, 4]"


def test_folder_of_a_version():
    dataset = publish(row(1, 11))
    assert live_file(dataset).parent.parent == folder_of(NAME)
