"""What no right goes around: each guard returns the reason against an act, or None."""

from __future__ import annotations

from collections.abc import Callable

from avgust.domain.control.facts import Facts
from avgust.domain.messages import Message, mark

Guard = Callable[[Facts], Message | None]


def second_person(facts: Facts) -> Message | None:
    """Nobody decides about the work of her own organisation, and nobody about her own words."""
    if facts.actor is None or facts.actor in facts.spoke:
        return Message(mark("Who reported cannot decide about the report: a second person must."))
    if facts.actor_units & (facts.spoke_units | {facts.unit}):
        return Message(mark("Nobody decides about the work of her own organisation: a second person must."))
    return None


def reason_given(facts: Facts) -> Message | None:
    """An act that somebody must be able to understand later says why."""
    return None if facts.reason.strip() else Message(mark("Say the reason, in a sentence."))


def evidence_complete(facts: Facts) -> Message | None:
    """A report carries evidence of a kind that the measure needs."""
    if not facts.evidence:
        return Message(mark("Add what proves it: a file, a link, an act or an event."))
    if facts.needed and not facts.evidence & facts.needed:
        return Message(mark("The measure needs another kind of evidence; it is named beside the form."))
    return None


def nothing_asked(facts: Facts) -> Message | None:
    """A request to extend is answered before anything else is said."""
    if facts.asked_due is not None:
        return Message(mark("A request to extend waits for its answer; take it back or wait."))
    return None


def something_asked(facts: Facts) -> Message | None:
    """Only a request that was made can be answered."""
    return None if facts.asked_due is not None else Message(mark("Nobody asked for an extension."))


def later_date(facts: Facts) -> Message | None:
    """An extension ends after the present date and not in the past."""
    if facts.wanted_due is None:
        return Message(mark("Name the new date, for example 01.06.2026."))
    if facts.wanted_due <= facts.today or (facts.due is not None and facts.wanted_due <= facts.due):
        return Message(mark("The new date must be later than today and than the present one."))
    return None


def event_named(facts: Facts) -> Message | None:
    """The day of the event starts what waits for it; a day to come is only a plan."""
    if facts.event_on is None:
        return Message(mark("Name the day of the event, for example 01.11.2025."))
    if facts.event_on > facts.today:
        return Message(mark("The event has not happened yet: its day lies ahead."))
    return None
