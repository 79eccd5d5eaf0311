"""Publishing a programme, changing what is published, withdrawing it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from avgust.domain.messages import Message, mark
from avgust.domain.publishing.choice import Choice
from avgust.domain.publishing.contact import OfficeContact, faults
from avgust.domain.publishing.personal import personal_words
from avgust.web.accounts.models import User
from avgust.web.accounts.rights import Action
from avgust.web.audit import record
from avgust.web.documents.actions import Refused
from avgust.web.portal import codes
from avgust.web.portal.models import Contact, Publication
from avgust.web.programmes.models import Measure, Programme

if TYPE_CHECKING:
    from avgust.web.territory.models import Unit

NOTHING: Final = Message(mark("Choose what to publish: the whole programme, a section, or a measure."))
NAMED_TITLE: Final = mark("The title of the programme names a person: %(words)s. It cannot be published.")
NAMED: Final = mark(
    "Measure %(number)s names a person: %(words)s. Correct its text, or leave the measure out; the rest can"
    " be published."
)
TOO_EARLY: Final = mark("The programme was not there yet on that day. The first possible one is %(day)s.")
OF_A_PERSON: Final = Message(
    mark("This is the address of a person's account. Give the common mailbox of the office.")
)
AHEAD: Final = Message(mark("That day has not ended yet: its states cannot be fixed."))


@transaction.atomic
def publish_programme(
    programme: Programme, choice: Choice, *, actor: User, links: bool = True, fixed_on: date | None = None
) -> Publication:
    """Publish `choice` of `programme`, or change what is published of it.

    A measure that names a person is refused where it was chosen by itself; within a section or the whole
    programme it is held back, because nobody looked at it.
    """
    _require(programme, actor)
    chosen = _chosen(programme, choice)
    _check_day(programme, fixed_on)
    row = Publication.objects.select_for_update().filter(programme=programme).first()
    before = _values(row) if row and row.open else None
    code = codes.CHANGED if before is not None else codes.PUBLISHED
    row = row or Publication(programme=programme)
    row.whole, row.links, row.fixed_on = choice.whole, links, fixed_on
    row.sections, row.measures = sorted(choice.sections), sorted(choice.measures)
    if before == _values(row):
        return row
    if before is None:
        row.published_at, row.published_by, row.withdrawn_at = timezone.now(), actor, None
    row.version += 1
    row.save()
    after = _values(row) | {"measures": len(chosen)}
    record(actor=actor, code=code, subject=programme, before=before, after=after)
    return row


@transaction.atomic
def withdraw_programme(programme: Programme, *, actor: User) -> None:
    """Take the programme off the public page; its choice is kept for the next time."""
    _require(programme, actor)
    row = Publication.objects.select_for_update().open().filter(programme=programme).first()
    if row is None:
        return
    row.withdrawn_at = timezone.now()
    row.version += 1
    row.save(update_fields=["withdrawn_at", "version"])
    record(actor=actor, code=codes.WITHDRAWN, subject=programme)


@transaction.atomic
def set_contact(unit: Unit, said: OfficeContact, *, actor: User) -> dict[str, Message]:
    """Set whom the public may ask, or take it back where nothing is said; return what is wrong by field.

    The pages of the authority show it at once: their versions change.
    """
    if not actor.may(Action.PUBLISH_PROGRAMME, unit):
        raise PermissionDenied
    found = faults(said)
    if said.email and User.objects.filter(email__iexact=said.email).exists():
        found["email"] = OF_A_PERSON
    known = Contact.objects.select_for_update().filter(unit=unit).first()
    before = known.said if known else OfficeContact()
    if found or before == said:
        return found
    if said:
        Contact.objects.update_or_create(unit=unit, defaults=asdict(said))
    else:
        Contact.objects.filter(unit=unit).delete()
    Publication.objects.filter(programme__unit=unit).update(version=F("version") + 1)
    record(actor=actor, code=codes.CONTACT, subject=unit, before=asdict(before), after=asdict(said))
    return {}


def _require(programme: Programme, actor: User) -> None:
    if not actor.may(Action.PUBLISH_PROGRAMME, programme.unit):
        raise PermissionDenied


def _chosen(programme: Programme, choice: Choice) -> list[Measure]:
    """Return the measures chosen. Raises Refused where there are none, or one that names a person."""
    if words := personal_words(programme.title):
        raise Refused(Message(NAMED_TITLE, {"words": ", ".join(words)}))
    rows = programme.measures.exclude(status=Measure.Status.MERGED).only(
        "programme", "label", "order", "text", "section"
    )
    found = [row for row in rows if choice.takes(row.pk, row.section)]
    if not found:
        raise Refused(NOTHING)
    for row in found:
        if row.pk in choice.measures and (words := personal_words(row.text)):
            values = {"number": row.label or row.order, "words": ", ".join(words)}
            raise Refused(Message(NAMED, values))
    return found


def _check_day(programme: Programme, day: date | None) -> None:
    if day is None:
        return
    if day >= timezone.localdate():
        raise Refused(AHEAD)
    if day < programme.addressed_on:
        raise Refused(Message(TOO_EARLY, {"day": programme.addressed_on.strftime("%d.%m.%Y")}))


def _values(row: Publication) -> dict[str, Any]:
    return {"whole": row.whole, "sections": row.sections, "links": row.links, "fixed_on": row.fixed_on} | {
        "measures": row.measures
    }
