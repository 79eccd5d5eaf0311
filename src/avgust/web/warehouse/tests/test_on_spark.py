"""The same expressions on Spark: equal to DuckDB's within 1e-9. Runs where pyspark and Java are installed.

pyspark 4.0.5 with Java 17, outside the environment: `uv pip install --target FOLDER --no-deps pyspark==4.0.5
py4j==0.10.9.9`, then PYTHONPATH=FOLDER SPARK_HOME=FOLDER/pyspark SPARK_LOCAL_IP=127.0.0.1.
"""

from __future__ import annotations

import shutil

import numpy as np
import pytest

from avgust.web.warehouse import expressions
from avgust.web.warehouse.layout import Row
from avgust.web.warehouse.staging import Stage

MAXIMA = [1, 2, 3]
ASKED = {
    "by_school": (expressions.by_school, "school"),
    "by_item": (lambda rows: expressions.by_item(rows, 3), None),
    "score_counts": (lambda rows: expressions.score_counts(rows, MAXIMA), ["booklet", "variant", "total"]),
    "present": (expressions.present, None),
    "by_upload": (expressions.by_upload, "upload"),
    "replaced": (lambda rows: expressions.replaced(rows, _newer(rows), amend=False), "pupil"),
    "amended": (lambda rows: expressions.replaced(rows, _newer(rows), amend=True), "pupil"),
    "in_turn": (
        lambda rows: expressions.replaced_in_turn(
            rows, _newer(rows, upload=0), amend=False, upload=0, amendments=(7,)
        ),
        "pupil",
    ),
    "answers": (lambda rows: expressions.answers(rows, 3), ["school", "class_name", "pupil"]),
}


@pytest.fixture(scope="module")
def spark():
    pytest.importorskip("pyspark", reason="pyspark is not installed")
    if shutil.which("java") is None:
        pytest.skip("Java is not installed")
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    yield session
    session.stop()


def _newer(rows, upload=2):
    import ibis

    return rows.filter(rows.school <= 3).mutate(upload=ibis.literal(upload, "int32"))


def _rows() -> list[Row]:
    chance = np.random.default_rng(5)
    rows = []
    for pupil in range(600):
        scores = [int(chance.integers(-1, most + 1)) for most in MAXIMA]
        given = [None if chance.random() < 0.1 else score for score in scores]
        present = bool(chance.random() > 0.05)
        points = sum(max(score, 0) for score in given if score is not None)
        rows.append(
            Row(int(chance.integers(1, 9)), "4А", pupil, str(chance.integers(1, 3)), points if present else None,
                int(chance.integers(2, 6)) if present else None, None, present, 1,
                tuple(given) if present else (None,) * 3)
        )  # fmt: skip
    return rows


def test_equal_on_both(spark, settings, tmp_path):
    import ibis

    settings.VAR = tmp_path
    with Stage(3) as stage:
        stage.add(_rows())
        stage.close()
        here, there = ibis.duckdb.connect(), ibis.pyspark.connect(spark)
        for name, (ask, order) in ASKED.items():
            one = ask(here.read_parquet(stage.path))
            other = ask(there.read_parquet(str(stage.path)))
            ours = here.to_pyarrow(one.order_by(order) if order else one).to_pylist()
            theirs = there.to_pyarrow(other.order_by(order) if order else other).to_pylist()
            assert len(ours) == len(theirs), name
            for left, right in zip(ours, theirs, strict=True):
                for column, value in left.items():
                    if isinstance(value, float):
                        assert right[column] == pytest.approx(value, abs=1e-9), (name, column)
                    else:
                        assert right[column] == value, (name, column)
