"""A table that a district made itself, sent by the analyst and not imported yet: rows of it wait to be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from avgust.domain.assessment.simulation import Profile
    from avgust.domain.assessment.works import Line
    from avgust.web.accounts.models import User
    from avgust.web.assessments.models import Work

NAME: Final = "Свод района, математика 5 класс.csv"
BEFORE: Final = ("№ п/п", "Логин ОО", "Кл.", "Шифр", "Вар.")
AFTER: Final = ("Итого", "Оценка", "Примечание")


def send_own_table(work: Work, profile: Profile, held: Sequence[Sequence[Line]], analyst: User) -> None:
    """Send the rows of two schools under the heads that the district gave them, and check them."""
    from avgust.web.assessments.drafts import actions, checking

    lines = [line for school in held[:2] for line in school]
    draft = actions.send_table(work, actor=analyst, name=NAME, data=table_of(profile, lines).encode("cp1251"))
    actions.check_draft(draft, actor=analyst)
    checking.carry_out(draft.pk)


def table_of(profile: Profile, lines: Sequence[Line]) -> str:
    """Return the table: two sums are wrong, one participant stands twice, one school is not known."""
    items = [f"Задание {item.code}" for item in profile.specification.items]
    rows = [[*BEFORE, *items, *AFTER]]
    for number, line in enumerate(lines, start=1):
        scores = ["" if score is None else "X" if score < 0 else str(score) for score in line.scores]
        if line.absent:
            scores, total, mark, note = [""] * len(items), "", "", "отсутствовал"
        else:
            total, mark, note = str(line.points + (number in (7, 19))), str(line.mark or ""), ""
        login = "edu990000" if number == 11 else line.school.code
        rows.append([str(number), login, line.group, line.pupil, line.variant, *scores, total, mark, note])
    rows.append(rows[3])
    return "\n".join(";".join(row) for row in rows) + "\n"
