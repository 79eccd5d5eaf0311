"""Errands of the demo's school: what the head handed on to the deputy, and the deputy to a teacher."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

WHOLE: Final = "Подготовить всё к отчёту: приказ, материалы, список участников."
PART: Final = "Собрать материалы и список участников, приложить файлом."


def entrust(people: dict[str, User], today: date) -> None:
    """Hand the school's next assignment on, as far as a teacher."""
    from avgust.web.accounts.models import Post
    from avgust.web.control.models import Assignment, Errand

    head, deputy, teacher = (people[f"{name}@avgust.example"] for name in ("head", "deputy", "staff"))
    school = Post.objects.get(user=head).unit
    row = Assignment.objects.filter(unit=school, status="open", due__gte=today).order_by("due", "pk").first()
    if row is None or row.due is None:
        return
    left = (row.due - today).days
    days = (today + timedelta(days=left * 2 // 3), today + timedelta(days=left // 3))
    whole = Errand.objects.create(assignment=row, given_by=head, given_to=deputy, words=WHOLE, due=days[0])
    Errand.objects.create(
        assignment=row, parent=whole, given_by=deputy, given_to=teacher, words=PART, due=days[1]
    )
