"""The letter of a day: written once for each person from what was not yet told, kept until it is sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Final

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avgust.domain.periods import working_day
from avgust.domain.reminders import Quiet, may_send
from avgust.web.accounts.models import Post, User
from avgust.web.notices.models import Choice, Letter, Notice
from avgust.web.notices.wording import Section, heading_of
from avgust.web.ui import dates

AT_ONCE: Final = 100  # letters written in one transaction
FRESH: Final = timedelta(days=3)  # what nobody could be written about for longer stays in the product only
SHOWN: Final = 40  # lines of a section in a letter


def write_letters(now: datetime | None = None) -> int:
    """Write the letters that may leave now; return how many."""
    moment = timezone.localtime(now)
    if not working_day(moment.date()):
        return 0
    waiting = Notice.objects.filter(letter=None, read_at=None, made_at__gte=moment - FRESH)
    people = waiting.filter(person__is_active=True).exclude(person__letters__day=moment.date())
    persons = iter(list(people.order_by().values_list("person", flat=True).distinct()))
    written = 0
    while some := list(islice(persons, AT_ONCE)):
        written += _write(some, moment)
    return written


@transaction.atomic
def _write(people: list[int], moment: datetime) -> int:
    """Write the letters of some people; the whole batch is done or none of it."""
    ready = _ready(people, moment)
    if not ready:
        return 0
    fresh = Notice.objects.select_for_update().filter(
        person__in=ready, letter=None, read_at=None, made_at__gte=moment - FRESH
    )
    of_person: defaultdict[int, list[Notice]] = defaultdict(list)
    for notice in fresh.order_by("due", "id"):
        if wanted(notice, ready[notice.person_id]):
            of_person[notice.person_id].append(notice)
    persons = User.objects.in_bulk(of_person)
    letters = [letter_of(persons[pk], moment.date(), notices) for pk, notices in of_person.items()]
    Letter.objects.bulk_create(letters)
    for letter in letters:
        told = [notice.pk for notice in of_person[letter.person_id]]
        Notice.objects.filter(pk__in=told).update(letter=letter)
    return len(letters)


def _ready(people: list[int], moment: datetime) -> dict[int, Choice]:
    """Return who may get a letter now, with what each chose."""
    chosen = Choice.objects.in_bulk(people)
    quiet = _quiet_of(people, moment.date())
    done = set(Letter.objects.filter(person__in=people, day=moment.date()).values_list("person", flat=True))
    ready: dict[int, Choice] = {}
    for person in people:
        choice = chosen.get(person) or Choice(person_id=person)
        hours = [choice.quiet_on(moment.date()), *quiet[person]]
        if (
            person not in done
            and choice.wants_letter(moment.date())
            and may_send(moment, choice.hour_on(moment.date()), hours)
        ):
            ready[person] = choice
    return ready


def _quiet_of(people: list[int], day: date) -> defaultdict[int, list[Quiet]]:
    """Return the quiet hours of the organisations where people have posts."""
    found: defaultdict[int, list[Quiet]] = defaultdict(list)
    posts = Post.objects.on(day).filter(user__in=people, unit__quiet_hours__isnull=False)
    for person, starts, ends in posts.values_list(
        "user", "unit__quiet_hours__starts", "unit__quiet_hours__ends"
    ):
        found[person].append(Quiet(starts, ends))
    return found


def wanted(notice: Notice, choice: Choice) -> bool:
    """Return whether the person chose to be written to about a notice."""
    if not notice.step:
        return True
    return choice.own if notice.step.startswith(("owner", "giver")) else choice.control


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a letter: its heading, its lines under their programmes, how many more there are."""

    heading: str
    groups: list[tuple[str, list[Notice]]]
    more: int


def letter_of(person: User, day: date, notices: list[Notice]) -> Letter:
    """Return the letter of a person, not saved yet, in her language."""
    with translation.override(person.language or settings.LANGUAGE_CODE):
        body = render_to_string(
            "notices/letter.txt",
            {"person": person, "parts": list(_parts(notices)), "site": settings.SITE, "day": day},
        )
        return Letter(
            person=person,
            day=day,
            subject=_subject(notices, day),
            body=body.strip() + "\n",
            message_id=f"<{day.isoformat()}.{person.pk}.{_stamp(person)}@{_domain()}>",
        )


def _stamp(person: User) -> str:
    """Return what keeps two installations apart that send from one domain."""
    return f"{int(person.joined.timestamp()):x}"


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1].strip("> ")


def _subject(notices: list[Notice], day: date) -> str:
    late = sum(notice.words.section is Section.LATE for notice in notices)
    values = {"day": dates.long(day), "count": len(notices), "late": late}
    if late:
        said = ngettext(
            "Reminder of %(day)s: %(late)d deadline has passed",
            "Reminder of %(day)s: %(late)d deadlines have passed",
            late,
        )
        return said % values
    said = ngettext(
        "Reminder of %(day)s: %(count)d matter", "Reminder of %(day)s: %(count)d matters", len(notices)
    )
    return said % values


def _parts(notices: Iterable[Notice]) -> Iterator[Part]:
    by_section: defaultdict[Section, list[Notice]] = defaultdict(list)
    for notice in notices:
        by_section[notice.words.section].append(notice)
    for section in Section:
        rows = by_section.get(section, [])
        if not rows:
            continue
        groups: dict[str, list[Notice]] = {}
        for notice in rows[:SHOWN]:
            groups.setdefault(notice.group or _("No programme"), []).append(notice)
        yield Part(heading_of(section), list(groups.items()), max(0, len(rows) - SHOWN))
