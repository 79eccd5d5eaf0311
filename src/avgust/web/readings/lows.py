"""Shares of the lowest mark in all works of a territory this year and the last: grounds for support."""

from __future__ import annotations

from django.utils.translation import gettext as _

from avgust.domain.assessment.interpretation.rules import Support
from avgust.domain.assessment.interpretation.territory import Low
from avgust.web.assessments.models import SchoolInWork, Work
from avgust.web.assessments.subjects import ProcedureName, Subject
from avgust.web.readings.places import Place


def low_marks(work: Work, place: Place, rule: Support) -> list[Low]:
    """Return them of every procedure that the rule counts: one procedure, subject and grade is one work."""
    alike = Work.objects.filter(
        unit=work.unit_id,
        procedure__in=rule.counted,
        school_year__in=(work.school_year - 1, work.school_year),
    )
    rows = SchoolInWork.objects.filter(work__in=alike, unit__in=place.names)
    found: dict[tuple[str, int], Low] = {}
    for procedure, subject, grade, year, unit, marks in rows.values_list(
        "work__procedure", "work__subject", "work__grade", "work__school_year", "unit", "marks"
    ):
        n = sum(marks.values())
        if not n:
            continue
        key = (f"{procedure}/{subject}/{grade}", year)
        one = found.get(key)
        if one is None:
            said = {
                "procedure": ProcedureName(procedure).label,
                "subject": Subject(subject).label,
                "grade": grade,
            }
            name = _("%(procedure)s, %(subject)s, grade %(grade)s") % said
            one = found[key] = Low(name, year, {}, {})
        school = place.names[unit]
        before = one.sizes.get(school, 0)  # a work that was held twice counts as one
        low = one.shares.get(school, 0.0) * before + marks.get("2", 0)
        one.sizes[school] = before + n
        one.shares[school] = low / (before + n)
    return list(found.values())
