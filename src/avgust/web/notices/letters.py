"""The letter of a day: written once for each person from what was not yet told, kept until it is sent."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, Subquery, TextField
from django.db.models.functions import Cast
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avgust.domain.periods import working_day
from avgust.domain.reminders import Quiet, may_send
from avgust.web.accounts.models import Post, User
from avgust.web.notices.models import Choice, Letter, Notice
from avgust.web.notices.wording import Section, Words, heading_of, words_of
from avgust.web.ui import dates
from avgust.web.ui.ids import Ids

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
    of_person: defaultdict[int, list[Told]] = defaultdict(list)
    rows = fresh.annotate(kept_values=Cast("values", TextField())).order_by("due", "id")
    for told in map(Told._make, rows.values_list(*Told._fields).iterator(2_000)):
        if wanted(told, ready[told.person_id]):
            of_person[told.person_id].append(told)
    persons, spoken = User.objects.in_bulk(of_person), defaultdict[str, Spoken](Spoken)
    letters = [letter_of(persons[pk], moment.date(), told, spoken) for pk, told in of_person.items()]
    Letter.objects.bulk_create(letters)
    _name_letters([one.id for told in of_person.values() for one in told], moment.date())
    return len(letters)


def _name_letters(notices: list[int], day: date) -> None:
    """Write down of each notice in which letter it stands: the one of its person on `day`.

    Their numbers go as one value: Django prepares each of 150,000 parameters in Python.
    """
    letter = Letter.objects.filter(person=OuterRef("person"), day=day).values("pk")
    Notice.objects.filter(pk__in=Ids(tuple(notices)).as_subquery()).update(letter=Subquery(letter))


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


class Told(NamedTuple):
    """A notice as a letter needs it: of 150,000 in a day, rows of a model would take most of the time."""

    id: int
    person_id: int
    kind: str
    title: str
    group: str
    address: str
    due: date | None
    step: str
    count: int  # type: ignore[assignment]  # a column, not the method of a tuple
    kept_values: str  # unread: of deadlines, which are most of them, there are none

    @property
    def values(self) -> dict[str, Any]:
        """Return the values of its sentence."""
        return json.loads(self.kept_values) or {}


def wanted(told: Told, choice: Choice) -> bool:
    """Return whether the person chose to be written to about a notice."""
    if not told.step:
        return True
    return choice.own if told.step.startswith(("owner", "giver")) else choice.control


class Spoken(dict[tuple[date, str, int], Words]):
    """What was said of deadlines in one language: thousands of letters of a day say the same."""

    def words(self, told: Told) -> Words:
        """Return how a notice reads in the language of now."""
        if told.due is None or not told.step:
            return words_of(told)
        key = told.due, told.step, told.count
        known = self.get(key)
        if known is None:
            known = self[key] = words_of(told)
        return Words(known.section, told.title, known.said)


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a letter: its heading, its lines under their programmes, how many more there are."""

    heading: str
    groups: list[tuple[str, str]]
    more: int


def letter_of(person: User, day: date, told: list[Told], spoken: defaultdict[str, Spoken]) -> Letter:
    """Return the letter of a person, not saved yet, in her language."""
    language = person.language or settings.LANGUAGE_CODE
    with translation.override(language):
        sections = _sections(told, spoken[language])
        body = render_to_string(
            "notices/letter.txt",
            {"person": person, "parts": list(_parts(sections)), "site": settings.SITE, "day": day},
        )
        return Letter(
            person=person,
            day=day,
            subject=_subject(len(told), len(sections.get(Section.LATE, ())), day),
            body=body.strip() + "\n",
            message_id=f"<{day.isoformat()}.{person.pk}.{_stamp(person)}@{_domain()}>",
        )


def _stamp(person: User) -> str:
    """Return what keeps two installations apart that send from one domain."""
    return f"{int(person.joined.timestamp()):x}"


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1].strip("> ")


def _subject(count: int, late: int, day: date) -> str:
    values = {"day": dates.long(day), "count": count, "late": late}
    if late:
        said = ngettext(
            "Reminder of %(day)s: %(late)d deadline has passed",
            "Reminder of %(day)s: %(late)d deadlines have passed",
            late,
        )
        return said % values
    said = ngettext("Reminder of %(day)s: %(count)d matter", "Reminder of %(day)s: %(count)d matters", count)
    return said % values


def _sections(told: Iterable[Told], spoken: Spoken) -> dict[Section, list[tuple[Told, Words]]]:
    found: defaultdict[Section, list[tuple[Told, Words]]] = defaultdict(list)
    for one in told:
        words = spoken.words(one)
        found[words.section].append((one, words))
    return found


def _parts(sections: dict[Section, list[tuple[Told, Words]]]) -> Iterator[Part]:
    for section in Section:
        rows = sections.get(section, [])
        if not rows:
            continue
        groups: dict[str, str] = {}
        for told, words in rows[:SHOWN]:
            name = told.group or _("No programme")
            groups[name] = groups.get(name, "") + _line(told, words)
        yield Part(heading_of(section), list(groups.items()), max(0, len(rows) - SHOWN))


def _line(told: Told, words: Words) -> str:
    """Return what a letter says of a notice: what it is about, what there is to say, where it opens."""
    said = f"  {words.said}\n" if words.said else ""
    return f"– {words.title}\n{said}  {settings.SITE}{told.address}\n"
