"""Russian infinitives by their endings, without the nouns that end alike («деятельность», «области»)."""

from __future__ import annotations

from typing import Final

# Lower case without ё. «-сть» and «-ти» are mostly nouns, so only the verbs' own endings are let in.
INFINITIVE: Final = (
    r"(?<![а-я-])(?!четверть|очеред|обучающ|память|смерть)"
    r"(?:[а-я-]{2,}[аеиоуыюя](?<!пя)ть|[а-я]*(?:вести|нести|[йи]ти|расти|брести|цвести|учесть|счесть|лезть)|[а-я]{2,}чь)(?:ся|сь)?(?![а-я-])"
)
