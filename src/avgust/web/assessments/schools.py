"""Finding the school that a row names: by its login in the federal system, else by its one name."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Final

from avgust.domain.assessment.works import School
from avgust.domain.assessment.works.cells import plain
from avgust.domain.assessment.works.checks import FOREIGN_SCHOOL, NO_SCHOOL
from avgust.domain.messages import Message
from avgust.web.territory.models import ExternalId, Unit

SYSTEM: Final = "fis_oko"  # of ExternalId: logins «edu000001»


class Schools:
    """The schools of a work's territory on its day; three queries, however many rows ask."""

    def __init__(self, unit: Unit, day: date) -> None:
        here = Unit.objects.under(unit, day).on(day).filter(kind__in=("school", "college"))
        rows = list(here.values_list("pk", "name", "short_name"))
        self._ours = {pk for pk, _name, _short in rows}
        logins = ExternalId.objects.filter(system=SYSTEM).values_list("value", "unit")
        self._by_login = {login.casefold(): pk for login, pk in logins}
        named: defaultdict[str, set[int]] = defaultdict(set)
        for pk, name, short in rows:
            for text in {plain(name), plain(short)} - {""}:
                named[text].add(pk)
        self._by_name = {text: next(iter(found)) for text, found in named.items() if len(found) == 1}
        self._only = next(iter(self._ours)) if len(self._ours) == 1 and unit.pk in self._ours else None

    def find(self, school: School) -> int | Message:
        """Return the unit, or why there is none."""
        called = {"school": school.name or school.code or "—"}
        pk = self._by_login.get(school.code.casefold()) if school.code else None
        if pk is None and school.name:
            pk = self._by_name.get(plain(school.name))
        if pk is None and not (school.code or school.name):
            pk = self._only  # a school's own work need not name it
        if pk is None:
            return Message(NO_SCHOOL, called)
        return pk if pk in self._ours else Message(FOREIGN_SCHOOL, called)

    def of_login(self, login: str) -> int | None:
        """Return the unit of a login; None for a municipality, a region and who is not known."""
        return self._by_login.get(login.casefold()) if login else None
