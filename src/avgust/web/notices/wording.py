"""How a reminder reads: made of its step and its date, so that it is true on the day it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from avgust.domain.reminders import Audience
from avgust.web.notices.kinds import Section, known
from avgust.web.ui import dates

if TYPE_CHECKING:
    from avgust.web.notices.letters import Told
    from avgust.web.notices.models import Notice

__all__ = ["Section", "Words", "heading_of", "words_of"]


@dataclass(frozen=True, slots=True)
class Words:
    """A notice in words: where it stands, what it is about, and what there is to say about that."""

    section: Section
    title: str
    said: str = ""


def words_of(notice: Notice | Told) -> Words:
    """Return how a notice reads today, in the language of the reader."""
    if notice.due is None or not notice.step:
        kind = known(notice.kind)
        return Words(kind.section, kind.read(notice.title, notice.values))
    values = {"day": dates.long(notice.due), "distance": dates.distance(notice.due), "count": notice.count}
    if notice.step.startswith(Audience.CONTROLLER):
        said = ngettext(
            "%(count)d organisation is late; the deadline was %(day)s",
            "%(count)d organisations are late; the deadline was %(day)s",
            notice.count,
        )
        return Words(Section.CONTROL, notice.title, said % values)
    if notice.step.startswith(Audience.ABOVE):
        said = ngettext(
            "%(count)d organisation is still late; the deadline was %(day)s",
            "%(count)d organisations are still late; the deadline was %(day)s",
            notice.count,
        )
        return Words(Section.CONTROL, notice.title, said % values)
    if notice.step.startswith(Audience.GIVER):
        said = _("The colleague is late; the errand was due on %(day)s, %(distance)s")
        return Words(Section.LATE, notice.title, said % values)
    if notice.due < timezone.localdate():
        return Words(Section.LATE, notice.title, _("The deadline was %(day)s, %(distance)s") % values)
    return Words(Section.DUE, notice.title, _("The deadline is %(day)s, %(distance)s") % values)


def heading_of(section: Section) -> str:
    """Return the heading of a section of the list and of the letter."""
    return {
        Section.LATE: _("The deadline has passed"),
        Section.DUE: _("The deadline is near"),
        Section.CONTROL: _("Late at organisations under control"),
        Section.OTHER: pgettext("notices", "Other"),
    }[section]
