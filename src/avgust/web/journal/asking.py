"""From the address to the entries: one question for the page and for the spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from avgust.web.accounts.models import User
from avgust.web.accounts.rights import Action
from avgust.web.audit import codes
from avgust.web.audit.models import Entry
from avgust.web.journal.forms import JournalFilter
from avgust.web.journal.reading import between, of_units, visible_to
from avgust.web.territory import places
from avgust.web.territory.models import Unit


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the form, the entries in scope that answer all but the words, and the words."""

    form: JournalFilter
    found: QuerySet[Entry]
    words: str
    subject: str = ""  # "programmes.measure:12" when the entries of one thing are asked for
    set: bool = False

    @classmethod
    def of(cls, given: Mapping[str, Any], user: User) -> Question:
        """Return the question that `given`, an address, asks; a wrong one finds nothing and says why."""
        visible = visible_to(user)
        unit = _one(Unit.objects.in_scope_of(user, Action.SEE_JOURNAL), given.get("unit"))
        who = _actor(visible, given.get("who"))
        form = JournalFilter(given, user=user, who=who, unit=unit)
        if not form.is_valid():
            return cls(form, visible.none(), "", set=True)
        asked: dict[str, Any] = form.cleaned_data
        subject = given.get("subject", "")
        condition = _kind(asked["kind"]) & between(asked["since"], asked["until"]) & _subject(subject)
        if asked["who"]:
            condition &= Q(actor=int(asked["who"]) or None)
        found = visible.filter(condition)
        if unit is not None:
            under = Unit.objects.filter(pk__in=places.under_for_rights([unit.pk], timezone.localdate()))
            found = found.filter(of_units(under.values_list("pk", flat=True)))
        return cls(form, found, asked["q"], subject, any(asked.values()) or bool(subject))


def _one(queryset: QuerySet[Any], pk: str | None) -> Any:
    """Return the row of a number in the address; None for none and for one out of scope."""
    return queryset.filter(pk=int(pk)).first() if pk and pk.isdecimal() and len(pk) < 19 else None


def _actor(visible: QuerySet[Entry], pk: str | None) -> User | None:
    """Return the person of a number in the address, if there is an act of hers in scope."""
    who: User | None = _one(User.objects.all(), pk)
    return who if who is not None and visible.filter(actor=who).exists() else None


def _kind(kind: str) -> Q:
    """Return the condition on a kind of act, or on all kinds of a station."""
    if "." in kind:
        return Q(code=kind)
    return Q(code__in=[code for code in codes.known() if code.startswith(f"{kind}.")]) if kind else Q()


def _subject(subject: str) -> Q:
    """Return the condition on one thing, named "type:number"."""
    kind, _, pk = subject.partition(":")
    return Q(subject_type=kind, subject_id=pk) if pk else Q()
