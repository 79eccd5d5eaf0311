"""What people make of a document, exported as gold, is what the reviewed document is: the scorer gives 1.0."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from avgust.domain.resolutions.model import Relation, Theme
from avgust.domain.resolutions.readers import read
from avgust.domain.resolutions.review import corrections as said
from avgust.domain.resolutions.review.fold import reviewed
from avgust.domain.resolutions.review.gold import gold_file
from avgust.domain.resolutions.review.rereading import Rereader
from avgust.domain.resolutions.stages import parse
from bench.varied import resolution as varied

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"


@pytest.fixture(scope="module")
def scorer() -> Any:
    """The project's scorer, a file of its own beside the repository."""
    if not (GOLD / "score.py").exists():
        pytest.skip("../shared/gold is not here")
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_corrected_document_scores_as_itself(scorer: Any) -> None:
    resolution = parse(read(varied(56).encode(), "v.txt"))
    reader, at = Rereader(resolution), resolution.clauses[0].span.start
    third = resolution.clauses[2]
    whom = reader.addressees("Методический центр", Relation.EXECUTOR, at)
    corrections = [
        said.SetDeadline("c1", reader.deadline("до 1 мая 2027 года")),
        said.SetAddressees("c2", whom),
        said.SetTargets("c4", reader.targets("не менее 70 процентов педагогов", at)),
        said.SetReferences("c5", reader.references("Федеральный закон от 29.12.2012 № 273-ФЗ", at)),
        said.SetTheme("c6", Theme.MEALS),
        said.SetText("c7", "Провести смотр школьных музеев", "1.7а"),
        said.NotMeasure("c8"),
        said.Split("c3", reader.pieces(third, [third.span.start + third.text.index(" ") + 1])),
        said.Merge("c9", "c10"),
        said.AddClause("a1", reader.added("Открыть музей до 1 мая 2026 года", None, (), at), "c11"),
    ]
    review = reviewed(resolution, corrections)
    assert review.conflicts == ()
    gold = gold_file(resolution, review, "v")
    parsed = json.loads(json.dumps(gold))
    counts: Counter[str] = scorer.score(gold, parsed, 0)
    assert counts["found"] == counts["gold"] == counts["parsed"] == len(review.measures)
    assert [counts[field] for field in scorer.FIELDS] == [counts["gold"]] * len(scorer.FIELDS)
    assert scorer.f1(counts["refs_found"], counts["refs_gold"], counts["refs_parsed"]) == 1.0
    untouched = gold_file(resolution, reviewed(resolution, ()), "v")
    before = scorer.score(gold, untouched, 0)
    assert before["found"] < before["gold"]
    assert before["deadline"] < before["found"]


def test_a_gold_file_has_the_shape_of_those_made_by_hand(scorer: Any) -> None:
    made = json.loads(next(iter(sorted(GOLD.glob("*.json")))).read_text("utf-8"))
    resolution = parse(read(varied(5).encode(), "v.txt"))
    ours = gold_file(resolution, reviewed(resolution, ()), "v")
    assert set(ours) <= set(made) | {"notes"}
    assert set(made["items"][0]) - set(ours["items"][0]) <= {"deadline_also", "theme_also", "note"}
    assert set(ours["items"][0]["deadline"]) <= set(made["items"][0]["deadline"])
