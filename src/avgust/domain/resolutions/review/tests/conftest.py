"""A small resolution with one of everything, made by hand so that no grammar decides its values."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from avgust.domain.messages import Message
from avgust.domain.resolutions.model import (
    Addressee,
    AddresseeForm,
    Block,
    BlockKind,
    Clause,
    Deadline,
    DeadlineKind,
    Fact,
    Finding,
    Header,
    Heading,
    Mend,
    Part,
    PartKind,
    RawClause,
    Reference,
    ReferenceKind,
    Relation,
    Resolution,
    Severity,
    SourceDocument,
    Span,
    Target,
    Theme,
    ThemeGuess,
)

LINES = (
    "Решение совещания Заозёрного округа, 28 августа 2025 г.",
    "Школам округа:",
    "1. Провести диагностику и утвердить план работы до 1 декабря 2025 года.",
    "2. Довести долю наставников до 30 процентов.",
    "3. Открыть кружки до 1 октября 2024 года.",
    "4. Принять к сведению доклад о летней кампании.",
    "Фраза, которую никто не взял",
)
TEXT = "\n".join(LINES) + "\n"


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


HEADING = Heading(LINES[1], None, span(LINES[1]), 1)
SCHOOLS = Addressee(
    "школы округа",
    AddresseeForm.ROLE,
    Relation.EXECUTOR,
    "Школам округа",
    span("Школам округа"),
    "role",
    0.9,
    True,
)


def clause(n: int, words: str, **fields: Any) -> Clause:
    return Clause(
        n=n,
        label=str(n),
        text=words,
        span=span(words),
        full_span=span(f"{n}. {words}"),
        headings=(HEADING,),
        addressees=(SCHOOLS,),
        rule="numbered",
        **fields,
    )


def finding(kind: str, n: int | None, words: str, severity: Severity, *mends: Mend) -> Finding:
    return Finding(kind, severity, span(words), Message("m"), Message("e"), mends, n)


@pytest.fixture(scope="session")
def resolution() -> Resolution:
    return build()


def build() -> Resolution:
    first = clause(
        1,
        "Провести диагностику и утвердить план работы до 1 декабря 2025 года",
        deadline=Deadline(
            DeadlineKind.DATE,
            end=date(2025, 12, 1),
            text="до 1 декабря 2025 года",
            span=span("до 1 декабря 2025 года"),
        ),
        theme=ThemeGuess(Theme.QUALITY, 0.8, "words"),
    )
    second = clause(
        2,
        "Довести долю наставников до 30 процентов",
        targets=(Target("до 30 процентов", ">=", 30.0, "%", None, span("до 30 процентов"), "share", 0.5),),
        references=(
            Reference(
                ReferenceKind.DOCUMENT, "план", span("план работы"), "doc", 0.9, dated=date(2020, 1, 2)
            ),
        ),
    )
    third = clause(
        3,
        "Открыть кружки до 1 октября 2024 года",
        deadline=Deadline(DeadlineKind.DATE, end=date(2024, 10, 1), text="до 1 октября 2024 года"),
    )
    noting = RawClause(
        "4", "Принять к сведению доклад о летней кампании", span("Принять к сведению доклад о летней кампании"),
        span(LINES[5]), (), PartKind.NOTING, "noting", 0.9,
    )  # fmt: skip
    return Resolution(
        document=SourceDocument(
            TEXT, tuple(Block(BlockKind.PARAGRAPH, line, span(line)) for line in LINES), "txt", "utf-8"
        ),
        header=Header(
            title=Fact("Решение совещания", "Решение совещания", span("Решение совещания"), "title", 1.0),
            adopted=Fact("2025-08-28", "28 августа 2025 г.", span("28 августа 2025 г."), "date", 1.0),
        ),
        clauses=(first, second, third),
        others=(noting,),
        headings=(HEADING,),
        parts=(
            Part(PartKind.HEADER, span(LINES[0]), "header"),
            Part(PartKind.UNTAKEN, span(LINES[6]), "none"),
        ),
        findings=(
            finding("measures.several", 1, "Провести диагностику", Severity.WARNING),
            finding(
                "deadline.past",
                3,
                "до 1 октября 2024 года",
                Severity.SEVERE,
                Mend(
                    Message("Make it %(date)s", {"date": date(2025, 10, 1)}),
                    "deadline",
                    "до 1 октября 2025 года",
                ),
                Mend(Message("Ask the author")),
            ),
            finding("numbering.gap", None, "Фраза", Severity.HINT),
        ),
    )
