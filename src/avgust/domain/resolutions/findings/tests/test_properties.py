"""Whatever the text, findings come back, in order, with spans inside it; and pairs are all there are."""

from itertools import combinations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from avgust.domain.messages import LANGUAGES
from avgust.domain.resolutions.findings import find_defects
from avgust.domain.resolutions.findings.similarity import in_series, pairs, stems
from avgust.domain.resolutions.readers import ReadError, read
from avgust.domain.resolutions.stages import parse

PIECES = [
    "1.", "1.1.", "2)", "-", "\n", "\n\n", "Школам:", "Министерству образования области:", "провести", "и",
    "обеспечить соблюдение", "активизировать", ";", ".", ",", "«", "»", '"', "до 31 ноября 2025 года", "до 01.02.2024",
    "в течение года", "постоянно", "не менее 70 %", "на муниципальном уровне", "совместно с", "Советом отцов",
    "приказом от 01.02.2023", "№5", "ст.5", "проект закона", "ЦМПК", "и т.д.", "**", "  ", "реестр", "кружков", "\u00a0", "\t",
]  # fmt: skip
HEAD = "РЕЗОЛЮЦИЯ\nавгустовской конференции Приреченской области\n26 августа 2025 г.\nРЕШИЛИ:\n"


@given(st.lists(st.sampled_from(PIECES), max_size=60))
@example(["1.1.", "«"])
@settings(max_examples=120, deadline=None)
def test_any_text_is_judged(pieces):
    try:
        source = read((HEAD + " ".join(pieces)).encode(), "draft.txt")
    except ReadError:
        return
    resolution = parse(source)
    spans = [finding.span for finding in resolution.findings]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(source.text) for start, end in spans)
    numbers = {None, *(clause.n for clause in resolution.clauses)}
    for finding in resolution.findings:
        assert {finding.clause, finding.other} <= numbers
        for language in LANGUAGES:
            assert finding.message.render(language)
            assert finding.explanation.render(language)
            assert all(mend.label.render(language) for mend in finding.mends)


@given(
    st.lists(
        st.lists(st.sampled_from(["лес", "сад", "река", "поле", "луг", "мост", "дом"]), max_size=6),
        max_size=12,
    )
)
@settings(max_examples=150, deadline=None)
def test_the_index_loses_no_pair(bags):
    texts = [" ".join(bag) for bag in bags]
    found = {(pair.later, pair.earlier) for pair in pairs(texts, 0.4)}
    expected = set()
    for earlier, later in combinations(range(len(texts)), 2):
        one, other = stems(texts[earlier]), stems(texts[later])
        if (
            one
            and other
            and len(one & other) >= 0.4 * len(one | other)
            and not in_series(texts[later], texts[earlier])
        ):
            expected.add((later, earlier))
    assert found == expected


@given(st.lists(st.sampled_from(PIECES), max_size=60))
@settings(max_examples=60, deadline=None)
def test_one_clause_asked_about_alone_has_the_defects_it_has_among_the_others(pieces):
    try:
        source = read((HEAD + "1.1. Школам провести смотр.\n1.2. " + " ".join(pieces)).encode(), "draft.txt")
    except ReadError:
        return
    resolution = parse(source)
    for clause in resolution.clauses:
        alone = find_defects(resolution, only=clause.n)
        assert alone == tuple(found for found in resolution.findings if found.clause == clause.n)
