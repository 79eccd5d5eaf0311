"""What no right goes around: each guard returns the reason against a move, or None."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from avgust.domain.acts.facts import Facts
from avgust.domain.messages import Message, mark

Guard = Callable[[Facts], Message | None]

LONGEST_WAIT: Final = timedelta(days=366)  # between adoption and coming into force


def filled_in(facts: Facts) -> Message | None:
    """A draft with gaps is nothing that anybody can agree to."""
    return (
        Message(mark("Fill in the fields that are marked, then send the draft.")) if facts.unfilled else None
    )


def second_person(facts: Facts) -> Message | None:
    """Who wrote a draft or sent it does not agree to it."""
    if facts.actor is None or facts.actor in facts.authors:
        return Message(mark("Who wrote the draft does not agree to it: a second person must."))
    return None


def reason_given(facts: Facts) -> Message | None:
    """A move that somebody must be able to understand later says why."""
    return None if facts.reason.strip() else Message(mark("Say the reason, in a sentence."))


def paper_named(facts: Facts) -> Message | None:
    """An adopted act has the number and the day of the order that adopted it."""
    if not facts.number.strip():
        return Message(mark("The number is needed, for example “41-ОД”."))
    if facts.adopted_on is None:
        return Message(mark("The day of adoption is needed, for example 11.09.2025."))
    if facts.adopted_on > facts.today:
        return Message(mark("This day has not come yet: an act is entered when it is adopted."))
    return None


def file_attached(facts: Facts) -> Message | None:
    """What was signed is kept as a file."""
    return None if facts.has_file else Message(mark("Attach the signed act: PDF, DOCX or a picture of it."))


def comes_into_force(facts: Facts) -> Message | None:
    """An act comes into force on the day of its adoption or later, within a year."""
    if facts.in_force_from is None:
        return Message(mark("Say from which day the act is in force."))
    if facts.adopted_on is not None and facts.in_force_from < facts.adopted_on:
        return Message(mark("An act is not in force before the day of its adoption."))
    if facts.adopted_on is not None and facts.in_force_from > facts.adopted_on + LONGEST_WAIT:
        return Message(mark("The act would come into force in more than a year: look at the date again."))
    return None


def ends_after_beginning(facts: Facts) -> Message | None:
    """The last day in force is named; it may lie ahead, but not before the first one."""
    if facts.ends_on is None:
        return Message(mark("Name the last day on which the act is in force."))
    if facts.in_force_from is not None and facts.ends_on < facts.in_force_from - timedelta(days=1):
        return Message(mark("The last day lies before the act came into force."))
    return None


def newer_adopted(facts: Facts) -> Message | None:
    """An act is replaced by a newer one only."""
    return None if facts.newer else Message(mark("No newer act of the organisation replaces it."))
