"""Weights of themes: `python dev/theme_weights.py write` trains them, `try` says how they do on unseen text.

A linear model by least squares over the beginnings of words (five and six letters), and over the vectors of
the words in news (navec, which the package natasha of the group `bench` carries): a word that no labelled
sentence has is weighed as words near it in meaning. Both become one table, thirteen weights a beginning,
which `grammars/themes/learned.py` reads; nothing of numpy or navec is needed at run time.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from math import log, sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.grammars import theme as grammar
from avgust.domain.resolutions.grammars.themes import learned
from avgust.domain.resolutions.model import Span, Theme

ROOT = Path(__file__).resolve().parents[1]
GRAMMARS = ROOT / "src/avgust/domain/resolutions/grammars"
LABELLED = GRAMMARS / "tests" / "labelled"
WEIGHTS = GRAMMARS / "themes" / learned.WEIGHTS
VECTORS = "data/emb/navec_news_v1_1B_250K_300d_100q.tar"

RIDGE = 1.0
OF_POINTS = 10.0  # lexicon points that a sure sentence of the model is worth
SILENT = 3  # steps: an unlabelled beginning whose every weight is smaller is left out
RARE = 400.0  # root of the count in news, below which it is left out too
FOLDS = 10
WORD = re.compile(r"[а-яa-z0-9]+(?:-[а-яa-z0-9]+)*")

Floats = NDArray[np.float32]
Row = tuple[str, tuple[str, ...], Theme]


def read_labelled(folder: Path = LABELLED) -> list[Row]:
    """Return (sentence, headings, theme) of every file of `folder`, in a fixed order."""
    rows: list[Row] = []
    for path in sorted(folder.glob("*.txt")):
        theme = Theme.QUALITY
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("["):
                theme = Theme(line.strip("[]"))
            elif line and not line.startswith("#"):
                text, _, heading = line.partition(" @ ")
                rows.append((text, (heading,) if heading else (), theme))
    return rows


def digest(folder: Path = LABELLED) -> str:
    """Return what tells one state of the labelled sentences from another."""
    return sha256("\n".join(map(repr, read_labelled(folder))).encode()).hexdigest()[:16]


def words_of(text: str) -> list[str]:
    """Return the words of a sentence as the model sees them."""
    return [part for word in WORD.findall(text.lower().replace("ё", "е")) for part in learned.parts_of(word)]


@lru_cache(maxsize=1)
def news() -> tuple[Mapping[str, Floats], Mapping[str, float]]:
    """Return the vector of each beginning of a word in news, and the root of its count."""
    from navec import Navec

    spec = find_spec("natasha")
    if spec is None or spec.origin is None:
        raise SystemExit("natasha is not installed: uv sync --group bench")
    navec = Navec.load(str(Path(spec.origin).parent / VECTORS))
    places = [i for i, word in enumerate(navec.vocab.words) if re.fullmatch("[а-яё]{3,}", word)]
    vectors = np.stack([navec[navec.vocab.words[i]] for i in places]).astype(np.float32)
    roots = np.sqrt(np.array([navec.vocab.counts[i] for i in places], dtype=np.float32))
    vectors -= (vectors * roots[:, None]).sum(0) / roots.sum()  # what all words share tells nothing
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    sums: dict[str, Floats] = {}
    counts: Counter[str] = Counter()
    for place, vector, root in zip(places, vectors, roots, strict=True):
        stem = navec.vocab.words[place].replace("ё", "е")[: learned.STEM]
        sums[stem] = sums[stem] + root * vector if stem in sums else root * vector
        counts[stem] += float(root)  # type: ignore[assignment]
    return {stem: total / np.linalg.norm(total) for stem, total in sums.items()}, counts


class Model:
    """The linear model: beginnings of words, and news vectors weighed by how rare the word is in `rows`."""

    def __init__(self, rows: Sequence[Row]) -> None:
        sentences = [words_of(text) for text, _, _ in rows]
        self._size = len(rows)
        self._seen = Counter(stem for words in sentences for stem in {word[: learned.STEM] for word in words})
        keys = sorted({key for words in sentences for word in words for key in self._keys(word)})
        self._place = {key: place for place, key in enumerate(keys)}
        inputs = np.stack([self._input(words) for words in sentences]).astype(np.float64)
        wanted = np.eye(len(Theme))[[list(Theme).index(theme) for _, _, theme in rows]] - 1 / len(Theme)
        kernel = inputs @ inputs.T + RIDGE * np.eye(len(rows))
        self._weights = inputs.T @ np.linalg.solve(kernel, wanted) * OF_POINTS

    @staticmethod
    def _keys(word: str) -> tuple[str, str]:
        return word[: learned.STEM], word[: learned.SHORT_STEM] + "-"

    def _vector(self, stem: str) -> Floats | None:
        vector = news()[0].get(stem)
        rarity = log((self._size + 1) / (self._seen[stem] + 1)) / log(self._size + 1)
        return None if vector is None else vector * rarity

    def _input(self, words: Sequence[str]) -> Floats:
        keys = np.zeros(len(self._place), np.float32)
        meaning = np.zeros(300, np.float32)
        for word in words:
            for key in self._keys(word):
                if key in self._place:
                    keys[self._place[key]] += 0.7
            vector = self._vector(word[: learned.STEM])
            if vector is not None:
                meaning += vector
        return np.concatenate([keys, meaning]) / sqrt(len(words) + learned.FEW)

    def table(self) -> dict[str, Floats]:
        """Return the weights of every beginning: six letters with all that is known of it, five with "-"."""
        cut = len(self._place)
        table = {key: self._weights[place] * 0.7 for key, place in self._place.items() if key.endswith("-")}
        vectors, counts = news()
        for stem in {*vectors, *self._place} - table.keys():
            known = stem in self._seen
            if not known and counts[stem] < RARE:
                continue
            weights = np.zeros(len(Theme))
            if known:
                weights = weights + self._weights[self._place[stem]] * 0.7
            short = stem[: learned.SHORT_STEM] + "-"
            if short in self._place:
                weights = weights + self._weights[self._place[short]] * 0.7
            vector = self._vector(stem)
            if vector is not None:
                weights = weights + vector @ self._weights[cut:]
            table[stem] = weights
        return table


def printed(table: Mapping[str, Floats]) -> dict[str, str]:
    """Return `table` in steps, a letter a weight; what says next to nothing is left out."""
    lines = {}
    for stem, weights in table.items():
        steps = np.clip(np.rint(weights / learned.STEP), -learned.LARGEST, learned.LARGEST).astype(int)
        if np.abs(steps).max() >= SILENT or stem.endswith("-"):
            lines[stem] = "".join(chr(learned.ZERO + step) for step in steps)
    return dict(sorted(lines.items()))


def write(rows: Sequence[Row]) -> None:
    """Train on all of `rows` and write the table."""
    lines = printed(Model(rows).table())
    head = f"# Made by dev/theme_weights.py from {len(rows)} labelled sentences; do not edit.\n# {digest()}\n"
    body = "".join(f"{stem} {letters}\n" for stem, letters in lines.items())
    WEIGHTS.write_text(head + body, "utf-8")
    print(f"{len(lines)} beginnings of words, {WEIGHTS.stat().st_size // 1024} KB")


def cross_validate(rows: Sequence[Row]) -> None:
    """Print the share of right themes on sentences that the model was not trained on."""
    order = np.random.default_rng(0).permutation(len(rows))
    right, wrong = 0, []
    for fold in range(FOLDS):
        kept = [rows[i] for i in sorted(order) if i % FOLDS != fold]
        use(printed(Model(kept).table()))
        for i in range(fold, len(rows), FOLDS):
            text, headings, theme = rows[i]
            found = grammar.guess_theme(Fragment.of(text, Span(0, len(text))), headings).theme
            right += found is theme
            if found is not theme:
                wrong.append(f"{theme} {found}: {text}")
    print("\n".join(wrong))
    print(f"{right / len(rows):.4f} of {len(rows)}")


def use(lines: dict[str, str]) -> None:
    """Let the grammar read `lines` in place of the file."""
    learned._rows.cache_clear()
    learned._table = lambda: lines  # type: ignore[assignment]


def main(arguments: Iterable[str]) -> int:
    """Run the command that `arguments` name."""
    match list(arguments):
        case ["write"]:
            write(read_labelled())
        case ["try"]:
            cross_validate(read_labelled())
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
