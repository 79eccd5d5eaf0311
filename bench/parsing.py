"""Speed of the whole pipeline beside natasha's: kilobytes of UTF-8 text a second in one process."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.corpus import texts
from bench.timing import best_seconds, command_seconds, peak_megabytes

REPEAT = 20  # the corpus is small: copies with changed numbers, so that whole-text caches help nobody


def documents() -> list[str]:
    """Return the corpus REPEAT times, each copy with other numbers in it."""
    plain = list(texts().values())
    return [
        text.replace("образования", f"образования {n}-й очереди" if n else "образования")
        for n in range(REPEAT)
        for text in plain
    ]


def ours(corpus: list[str]) -> int:
    """Parse everything; return the number of clauses."""
    from avgust.domain.resolutions.readers import read
    from avgust.domain.resolutions.stages import parse

    return sum(len(parse(read(text.encode(), "text.txt")).clauses) for text in corpus)


def natasha_pipeline() -> Any:
    """Return natasha's usual pipeline: segmentation, morphology, names, dates."""
    from natasha import (
        DatesExtractor,
        Doc,
        MorphVocab,
        NewsEmbedding,
        NewsMorphTagger,
        NewsNERTagger,
        Segmenter,
    )  # fmt: skip

    segmenter, vocabulary, embedding = Segmenter(), MorphVocab(), NewsEmbedding()
    morphology, names, dates = (
        NewsMorphTagger(embedding),
        NewsNERTagger(embedding),
        DatesExtractor(vocabulary),
    )

    def run(corpus: list[str]) -> int:
        found = 0
        for text in corpus:
            doc = Doc(text)
            doc.segment(segmenter)
            doc.tag_morph(morphology)
            doc.tag_ner(names)
            found += len(doc.spans) + len(list(dates(text)))
        return found

    return run


def report() -> Iterator[str]:
    """Yield the lines of the report."""
    corpus = documents()
    size = sum(len(text.encode()) for text in corpus) / 1024
    ours(corpus[:3])
    seconds = best_seconds(lambda: ours(corpus))
    yield f"parse, whole pipeline        {size / seconds:8.0f} KB/s   ({size:.0f} KB in {seconds:.2f} s)"
    try:
        run = natasha_pipeline()
    except ImportError as absent:
        yield f"natasha pipeline             not measured: {absent}"
    else:
        few = corpus[:3]
        part = sum(len(text.encode()) for text in few) / 1024
        seconds = best_seconds(lambda: run(few), runs=1)
        yield f"natasha: tags, names, dates  {part / seconds:8.0f} KB/s   ({part:.0f} KB in {seconds:.2f} s)"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "resolution.txt"
        path.write_text(next(iter(texts().values())), "utf-8")
        command = [str(Path(sys.executable).parent / "avgust"), "parse", str(path), "--format", "json"]
        yield f"avgust parse, one document   {command_seconds(command):8.2f} s cold"
    code = "from bench.parsing import documents, ours; ours(documents())"
    yield f"peak memory of all documents {peak_megabytes(code):8.0f} MB"
