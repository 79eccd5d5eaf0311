"""Recommendations edited by a methodologist: other words for a rule's sentence, or none.

What a rule chooses and when stays here; a person changes its words only. A word in braces, as `{skills}`, is
filled from the school's figures, so that one edit serves every school under its territory.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from avgust.domain.assessment.interpretation.development import NamedTeacherError, refuse_names
from avgust.domain.assessment.interpretation.recommendations import QUIET, RULES, Advice
from avgust.domain.messages import Message, mark

LONGEST: Final = 600
_WORD: Final = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Standard:
    """The sentence of a rule as its editor sees it: when it is chosen, words in braces with a sample."""

    code: str
    text: Message
    chosen: Message
    sample: Mapping[str, Message | str]

    @property
    def words(self) -> tuple[str, ...]:
        """The words in braces that the rule fills."""
        return tuple(self.sample)

    def shown(self, language: str) -> str:
        """Return the sentence with its words in braces."""
        return self.text.render(language) if not self.sample else _braced(self, language)


def _braced(standard: Standard, language: str) -> str:
    params = {word: f"{{{word}}}" for word in standard.sample}
    return Message(standard.text.msgid, params).render(language)


_SKILLS: Final = {"skills": "«Решение текстовых задач», «Геометрические фигуры»"}
STANDARDS: Final = {
    one.code: one
    for one in (
        Standard(
            "advice.deficit_everywhere",
            Message(mark("Plan the removal of deficits in all classes: %(skills)s.")),
            Message(mark("The skill is a deficit of the school and of every class.")),
            _SKILLS,
        ),
        Standard(
            "advice.deficit_in_classes",
            Message(mark("Repeat “%(skill)s” in %(classes)s: in other classes it is mastered.")),
            Message(
                mark("Classes differ by more than 10 points, one is in deficit and another has mastered it.")
            ),
            {"skill": "Решение текстовых задач", "classes": "5Б"},
        ),
        Standard(
            "advice.deficit_of_school",
            Message(mark("Ask schools of the territory how they teach what they have mastered: %(skills)s.")),
            Message(mark("A deficit of the school that the territory as a whole does not have.")),
            _SKILLS,
        ),
        Standard(
            "advice.development",
            Message(mark("Put into the request for professional development: %(skills)s.")),
            Message(mark("A systemic deficit: most items of the skill are not mastered.")),
            _SKILLS,
        ),
        Standard(
            "advice.below",
            Message(mark("Take part in the programme of support of schools with low results.")),
            Message(mark("The interval of the school lies below the mean of the territory.")),
            {},
        ),
        Standard(
            "advice.intake",
            Message(mark("Keep the way of teaching, and ask for support of pupils who came with gaps.")),
            Message(
                mark("The mean is below the territory's, and the value added is not: the intake explains it.")
            ),
            {},
        ),
        Standard(
            "advice.worsened",
            Message(mark("Find out with the heads of subject why more pupils have the lowest mark.")),
            Message(mark("The share of the lowest mark grew by ten points or more in a year.")),
            {},
        ),
        Standard(
            "advice.journal",
            Message(
                mark("Compare the criteria of current marks with those of the work at a methodical meeting.")
            ),
            Message(mark("Forty per cent of marks or more are below those in the journal.")),
            {},
        ),
        Standard(
            "advice.practice",
            Message(mark("Show the practice of the school to others: its pupils gain more than expected.")),
            Message(mark("The interval of value added lies above zero.")),
            {},
        ),
        Standard(
            "advice.quiet",
            Message(mark("Keep the plan of teaching: no figure asks for a change.")),
            Message(mark("No other rule applies.")),
            {},
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Edit:
    """What a methodologist made of a rule's sentence: other words, or nothing («снять»)."""

    code: str
    text: str | None
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A sentence as the report prints it; `edit` is there where a person changed it or wrote it anew."""

    text: Message | str
    advice: Advice | None
    edit: Edit | None


def edited(advice: Sequence[Advice], edits: Mapping[str, Edit]) -> list[Recommendation]:
    """Lay the edits over what the rules said; an edit of an unknown code is a sentence of its own."""
    found = []
    for one in advice:
        edit = edits.get(one.rule.code)
        if edit is None:
            found.append(Recommendation(one.text, one, None))
        elif edit.text:
            found.append(Recommendation(filled(edit.text, one.text.params), one, edit))
    known = {rule.rule.code for rule in (*RULES, QUIET)}
    own = [edit for code, edit in edits.items() if code not in known and edit.text]
    found += [Recommendation(edit.text or "", None, edit) for edit in own]
    return found


def filled(text: str, words: Mapping[str, Any]) -> Message | str:
    """Return the edited sentence with its words in braces filled; unknown ones stay as they are."""
    template = text.replace("%", "%%")
    template = _WORD.sub(lambda found: f"%({found[1]})s" if found[1] in words else found[0], template)
    return Message(template, dict(words)) if words else text


def faults_of(code: str, text: str) -> list[Message]:
    """Return what is wrong with the words of a rule; nothing where they may be printed."""
    standard = STANDARDS.get(code)
    if standard is None:
        return [Message(mark("There is no rule “%(code)s”."), {"code": code[:60]})]
    found = []
    if not text.strip():
        found.append(Message(mark("Write the recommendation, or choose not to print it.")))
    if len(text) > LONGEST:
        found.append(Message(mark("A recommendation has at most %(most)d characters."), {"most": LONGEST}))
    unknown = [word for word in _WORD.findall(text) if word not in standard.sample]
    if unknown or text.count("{") != text.count("}"):
        allowed = ", ".join(f"{{{word}}}" for word in standard.words) or "—"
        said = {"words": ", ".join(f"{{{word}}}" for word in unknown) or "{ }", "allowed": allowed}
        found.append(
            Message(mark("The rule does not fill %(words)s. Words that it fills: %(allowed)s."), said)
        )
    try:
        refuse_names([text])
    except NamedTeacherError:
        found.append(Message(mark("A recommendation names no person and no document of a person.")))
    return found
