"""Puts the demo into an empty database: units, people, resolutions through the same acts as people use."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from avgust.demo.acts import adopt_acts
from avgust.demo.careers import live
from avgust.demo.changes import at_first, happen
from avgust.demo.decisions import decide
from avgust.demo.docx import write_docx
from avgust.demo.errands import entrust
from avgust.demo.execution import carry_out
from avgust.demo.heads import load_heads
from avgust.demo.people import PASSWORD, PEOPLE
from avgust.demo.prepared import prepare
from avgust.demo.projects import keep, plan, upload
from avgust.demo.reports import load_reports
from avgust.demo.results import load_results
from avgust.demo.returned import send_back
from avgust.demo.script import later, script, years_since_written
from avgust.demo.settling import settle
from avgust.demo.territory import DemoUnit
from avgust.domain.periods import Period

if TYPE_CHECKING:
    from avgust.web.accounts.models import User
    from avgust.web.territory.models import Unit

SINCE: Final = date(2024, 9, 1)

# Resolution → whose it is, who uploads it, whether it is adopted as a programme.
RESOLUTIONS: Final = (
    ("regional-2025", "region", "region@avgust.example", True),
    ("municipal-2025", "zaozerny", "municipality@avgust.example", True),
    ("draft-2026", "region", "region@avgust.example", False),
)
FILE_NAMES: Final = {  # told later with the texts
    "regional-2025": "Резолюция августовской конференции 2025.docx",
    "municipal-2025": "Резолюция Заозёрского округа 2025.docx",
    "draft-2026": "Проект резолюции 2026.docx",
}


def is_loaded() -> bool:
    """Return whether the database already holds a territory (the demo's or another)."""
    from avgust.web.territory.models import Unit

    return Unit.objects.exists()


def load(today: date | None = None) -> None:
    """Load the whole demo as of `today`; nothing is left behind when it fails half-way."""
    day = today or timezone.localdate()
    with transaction.atomic():
        year = Period.school_year_of(day).start.year
        places = load_territory(year)
        people = load_people(places)
        happen(places, people["region@avgust.example"], year)
        load_heads({key: unit for key, unit in places.items() if not unit.closed}, SINCE)
        years = years_since_written(day)
        load_resolutions(places, people, years)
        settle(places, people, years)
        carry_out(day)
        adopt_acts(places, people, day)
        live(places, people, day)
        entrust(people, day)
        plan(places, people, day)
        keep(people, places)
        upload(people, places)
        send_back(people, places)
        load_results(places, people, day)
        decide(places, people, day)
        load_reports(places, people)
        prepare(people)
        load_reminders(day)
        publish(people)


def load_territory(first_year: int) -> dict[str, Unit]:
    """Add the units as they were before the changes of three years; return them by key."""
    from avgust.web.territory.models import Membership, Unit

    made: dict[str, Unit] = {}
    planned = at_first(first_year)
    for unit in planned:
        made[unit.key] = Unit.objects.create(**_values(unit))
    Membership.objects.bulk_create(
        Membership(unit=made[unit.key], parent=made[unit.parent], since=unit.opened)
        for unit in planned
        if unit.parent
    )
    return made


def _values(unit: DemoUnit) -> dict[str, object]:
    return {
        "kind": unit.kind,
        "name": unit.name,
        "short_name": unit.short_name,
        "founder": unit.founder,
        "settlement": unit.settlement,
        "opened": unit.opened,
        "closed": unit.closed,
    }


def load_people(places: dict[str, Unit]) -> dict[str, User]:
    """Add the accounts with their posts; return them by e-mail."""
    from avgust.web.accounts.models import Post, User

    made = {}
    for person in PEOPLE:
        user = User.objects.create_user(person.email, PASSWORD, full_name=person.full_name)
        Post.objects.create(user=user, role=person.role, unit=places[person.unit], since=SINCE)
        made[person.email] = user
    return made


def load_resolutions(places: dict[str, Unit], people: dict[str, User], years: int) -> None:
    """Upload the three resolutions and adopt those of this school year, as their officers would."""
    from avgust.web.documents.actions import upload_document
    from avgust.web.programmes.actions import adopt_document

    for name, unit, email, adopted in RESOLUTIONS:
        file = later(FILE_NAMES[name], years)
        data = write_docx(script(name, years), file.removesuffix(".docx"))
        upload = upload_document(actor=people[email], unit=places[unit], name=file, data=data)
        if adopted:
            adopt_document(upload.document, actor=people[email])


def publish(people: dict[str, User]) -> None:
    """Publish the programme of the region for everybody."""
    from avgust.domain.publishing.choice import Choice
    from avgust.domain.publishing.contact import OfficeContact
    from avgust.web.portal.actions import publish_programme, set_contact
    from avgust.web.programmes.models import Programme

    programme = Programme.objects.select_related("unit").get(unit__kind="region")
    officer = people["region@avgust.example"]
    publish_programme(programme, Choice(whole=True), actor=officer)
    said = OfficeContact("Приёмная министерства", "+7 (800) 555-01-23", "priem@edu.example", "ул. Садовая, 1")
    set_contact(programme.unit, said, actor=officer)


def load_reminders(today: date) -> None:
    """Remind of what the last weeks reminded of, as a worker would have, and write the letters.

    The worker sends them when it starts; letters are of the last working day, so that a demo of a Sunday has
    them too.
    """
    from avgust.domain.periods import Period, working_day_until
    from avgust.web.notices.gathering import remind
    from avgust.web.notices.letters import write_letters

    remind(Period(today - timedelta(days=20), today))
    morning = datetime.combine(working_day_until(today), time(10))
    write_letters(timezone.make_aware(morning))
