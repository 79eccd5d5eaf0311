"""Who must act: addressees of headings, clauses and «Ответственный» lines, in the nominative.

The way of a name: `tokens` → `phrase` (its head and what agrees) → `tail` (what follows) → `listing`
(several in a row) → `naming` (the nominative). `heading`, `clause`, `line`, `control` and `joint` say where
in a text a name may stand; `nouns`, `stops` and `order` are the word lists.
"""

from avgust.domain.resolutions.grammars.addressee.clause import addressees_of_clause
from avgust.domain.resolutions.grammars.addressee.control import controllers_of
from avgust.domain.resolutions.grammars.addressee.heading import addressees_of_heading
from avgust.domain.resolutions.grammars.addressee.line import addressees_of_line
from avgust.domain.resolutions.grammars.addressee.people import besides_persons

__all__ = [
    "addressees_of_clause",
    "addressees_of_heading",
    "addressees_of_line",
    "besides_persons",
    "controllers_of",
]
