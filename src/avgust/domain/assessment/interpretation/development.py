"""From deficits to a request for professional development: skills, schools, groups of teachers.

Results of nationwide check works rate no teacher (rules.PRIVACIES). So a group is formed by a dimension of a
closed list, never by a column of the user's choice; it is named only from ten teachers on; and when one group
of a dimension is withheld, a second one is too, or the total would give it away.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from avgust.domain.assessment.interpretation.rules import Band, Bands, Privacy
from avgust.domain.assessment.interpretation.territory import SkillDeficit
from avgust.domain.assessment.interpretation.uses import USES, Allowed, Purpose
from avgust.domain.assessment.interpretation.work import Topic
from avgust.domain.messages import Message, mark

_INITIALS: Final = re.compile(r"\b[А-ЯЁA-Z]\.\s*[А-ЯЁA-Z]\.")
_PATRONYMIC: Final = re.compile(r"[а-яё](?:вич|вна|ична|инична|оглы|кызы)\b", re.IGNORECASE)
_IDENTIFIER: Final = re.compile(r"\d{3}-\d{3}-\d{3}[ -]?\d{2}|@|\d{6,}")


class Dimension(StrEnum):
    """By what teachers may be grouped. A name, a code, a class cannot be among them."""

    EXPERIENCE = "experience"
    CATEGORY = "category"
    EDUCATION = "education"
    SCHOOL_TYPE = "school_type"
    LOCALITY = "locality"
    MUNICIPALITY = "municipality"


DIMENSION_NAMES: Final = {
    Dimension.EXPERIENCE: Message(mark("length of service")),
    Dimension.CATEGORY: Message(mark("qualification category")),
    Dimension.EDUCATION: Message(mark("education by subject")),
    Dimension.SCHOOL_TYPE: Message(mark("type of school")),
    Dimension.LOCALITY: Message(mark("town or village")),
    Dimension.MUNICIPALITY: Message(mark("municipality")),
}


class NamedTeacherError(ValueError):
    """A question about one teacher: it is refused, whoever asks."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.render("en"))


@dataclass(frozen=True, slots=True)
class Taught:
    """Pupils of one teacher on one skill: `teacher` is a code by which teachers are counted."""

    teacher: str
    value: str
    got: float
    possible: float
    pupils: int


@dataclass(frozen=True, slots=True)
class TeacherGroup:
    """A group on a skill; `share` is nan and the band TOO_FEW where the group is withheld.

    `at_least`: teachers were counted by their schools, so that there may be more of them.
    """

    value: str
    teachers: int | None
    pupils: int | None
    share: float
    band: Band
    at_least: bool = False


def dimension_of(asked: str) -> Dimension:
    """Return the dimension of this name; NamedTeacherError for anything that is none."""
    try:
        return Dimension(asked)
    except ValueError as error:
        raise NamedTeacherError(
            Message(
                mark(
                    "Teachers are not told apart by “%(asked)s”: results of check works rate no teacher "
                    "(%(source)s). Groups are formed by %(dimensions)s."
                ),
                {
                    "asked": asked[:40],
                    "source": USES[-1].rule.source,
                    "dimensions": ", ".join(dimension.value for dimension in Dimension),
                },
            )
        ) from error


def refuse_names(values: Sequence[str]) -> None:
    """Refuse values that name a person: initials, patronymics, numbers of documents, addresses."""
    for value in values:
        if _INITIALS.search(value) or _PATRONYMIC.search(value) or _IDENTIFIER.search(value):
            raise NamedTeacherError(
                Message(
                    mark(
                        "A group may not carry the name or number of a person: results of check "
                        "works rate no teacher (%(source)s)."
                    ),
                    {"source": USES[-1].rule.source},
                )
            )


def teacher_groups(
    dimension: Dimension | str,
    rows: Sequence[Taught],
    topic: Topic,
    bands: Bands,
    privacy: Privacy,
    allowed: Allowed,
) -> list[TeacherGroup]:
    """Return the groups of a dimension on one skill, in alphabetical order.

    NamedTeacherError where the dimension is not of the list, or a value names a person; ForbiddenUseError
    where the results were allowed for something else than planning courses.
    """
    allowed.serves(Purpose.DEVELOP_TEACHERS)
    dimension_of(str(dimension))
    values = sorted({row.value for row in rows})
    refuse_names(values)
    teachers = {value: len({row.teacher for row in rows if row.value == value}) for value in values}
    withheld = withheld_groups(teachers, privacy.teachers)
    return [
        _group(value, [row for row in rows if row.value == value], topic, bands, hidden=value in withheld)
        for value in values
    ]


def withheld_groups(sizes: Mapping[str, int], fewest: int) -> set[str]:
    """Return the groups that may not be shown: the small, and the next smallest beside a single small one."""
    small = {value for value, size in sizes.items() if size < fewest}
    if len(small) == 1 and len(sizes) > 1:
        rest = {value: size for value, size in sizes.items() if value not in small}
        small.add(min(rest, key=lambda value: (rest[value], value)))
    return small


def _group(value: str, rows: Sequence[Taught], topic: Topic, bands: Bands, *, hidden: bool) -> TeacherGroup:
    if hidden:
        return TeacherGroup(value, None, None, float("nan"), Band.TOO_FEW)
    possible = sum(row.possible for row in rows)
    pupils = sum(row.pupils for row in rows)
    share = sum(row.got for row in rows) / possible if possible else float("nan")
    teachers = len({row.teacher for row in rows})
    return TeacherGroup(value, teachers, pupils, share, bands.of(topic.level, share, pupils))


@dataclass(frozen=True)
class RequestLine:
    """A skill of a request for professional development: where it is missing and how many come.

    `schools` are those in deficit, by part of the territory; `teachers` how many of them teach the subject,
    None where nobody knows; `groups` are groups of teachers in deficit.
    """

    topic: Topic
    content: tuple[str, ...]
    share: float
    systemic: bool
    schools: Mapping[str, tuple[str, ...]]
    teachers: int | None
    groups: tuple[tuple[Dimension, TeacherGroup], ...]

    @property
    def count(self) -> int:
        """How many schools."""
        return sum(len(names) for names in self.schools.values())


def request_lines(
    skills: Sequence[SkillDeficit],
    contents: Mapping[str, Sequence[str]],
    parts: Mapping[str, str],
    groups: Mapping[Topic, Sequence[tuple[Dimension, TeacherGroup]]] | None = None,
    teachers: Mapping[str, int] | None = None,
) -> list[RequestLine]:
    """Return a line for each skill that schools lack, the one that most lack first.

    `contents` are the content elements of a skill, `parts` the municipality of a school, `groups` the groups
    of teachers by skill at its level, `teachers` how many teach the subject in a school.
    """
    lines = []
    for skill in skills:
        if not skill.in_deficit:
            continue
        topic = skill.topic.topic
        by_part: dict[str, list[str]] = {}
        for name in skill.in_deficit:
            by_part.setdefault(parts.get(name, ""), []).append(name)
        bad = [pair for pair in (groups or {}).get(topic, ()) if pair[1].band is Band.DEFICIT]
        lines.append(
            RequestLine(
                topic,
                tuple(contents.get(topic.name, ())),
                skill.topic.share.value,
                skill.topic.systemic,
                {part: tuple(names) for part, names in sorted(by_part.items())},
                None if teachers is None else sum(teachers.get(name, 0) for name in skill.in_deficit),
                tuple(bad),
            )
        )
    return lines
