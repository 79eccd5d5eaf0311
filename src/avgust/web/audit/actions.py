"""Writing the journal."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.utils import timezone, translation

from avgust.web.audit import codes
from avgust.web.audit.models import Entry, Private, Words
from avgust.web.audit.requests import current_request
from avgust.web.audit.words import kept_words

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

Values = dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Act:
    """One act to be recorded.

    `unit` is the organisation (or its id) by which the act is found in the journal; by default the subject's
    own: itself, or its `unit_id`. `person` is whose the personal values are; by default the subject.
    """

    code: codes.LogCode | str
    subject: models.Model
    before: Values = None
    after: Values = None
    reason: str = ""
    unit: models.Model | int | None = None
    person: models.Model | None = None

    @property
    def name(self) -> str:
        """The code's name."""
        return self.code.code if isinstance(self.code, codes.LogCode) else self.code


def _plain(values: Values) -> Values:
    """Return `values` as JSON keeps them: dates and decimals as Django's own encoder writes them."""
    if values is None:
        return None
    encoder = DjangoJSONEncoder()

    def flat(value: Any) -> Any:
        if value is None or isinstance(value, (str, int, float, bool)):
            return value
        if isinstance(value, dict):
            return {str(key): flat(item) for key, item in value.items()}
        if isinstance(value, (list, tuple, set, frozenset)):
            return [flat(item) for item in value]
        return encoder.default(value)

    return {key: flat(value) for key, value in values.items()}


def record(
    *,
    actor: User | None,
    code: codes.LogCode | str,
    subject: models.Model,
    before: Values = None,
    after: Values = None,
    reason: str = "",
    unit: models.Model | int | None = None,
    person: models.Model | None = None,
) -> Entry:
    """Add the act to the journal; must run inside the transaction that does the act.

    `actor` is None for the system itself. Raises KeyError for an undeclared code and RuntimeError outside
    a transaction: both are mistakes of the programmer.
    """
    return record_all([Act(code, subject, before, after, reason, unit, person)], actor=actor)[0]


def record_all(acts: Iterable[Act], *, actor: User | None) -> list[Entry]:
    """Add many acts of one person at once, each an entry of its own: three statements for all."""
    planned = list(acts)
    for act in planned:
        codes.declared(act.name)
    if not connection.in_atomic_block:
        names = sorted({act.name for act in planned})
        raise RuntimeError(f"The act {', '.join(names)} is recorded outside the transaction that does it.")
    made = [_entry(act, actor) for act in planned]
    entries: list[Entry] = Entry.objects.bulk_create([entry for entry, _private in made])
    kept = []
    for entry, private in made:
        if private is not None:
            private.entry = entry
            kept.append(private)
    Private.objects.bulk_create(kept)
    index(entries)
    return entries


def index(entries: Sequence[Entry]) -> None:
    """Make the words that `entries` are searched by, in place of those that are there.

    Who acted is not among them: the journal has a filter for that, and a name stays erasable.
    """
    with translation.override("ru"):
        rows = [Words(entry=entry, text=kept_words(_texts(entry))) for entry in entries]
    Words.objects.bulk_create(rows, update_conflicts=True, unique_fields=["entry"], update_fields=["text"])


def _texts(entry: Entry) -> list[str]:
    values = [*(entry.before or {}).values(), *(entry.after or {}).values()]
    said = [value for value in values if isinstance(value, str)]
    return [entry.subject, entry.reads_as(""), entry.reason, *said]


def _entry(act: Act, actor: User | None) -> tuple[Entry, Private | None]:
    """Return the entry and what is kept apart from it, neither saved yet."""
    personal = codes.declared(act.name).personal
    if isinstance(act.subject, AbstractBaseUser):
        personal |= {"subject", "reason"}
    before, own_before = _parted(_plain(act.before), personal)
    after, own_after = _parted(_plain(act.after), personal)
    title, reason = str(act.subject)[:300], act.reason
    apart: dict[str, Any] = {"before": own_before, "after": own_after}
    if "subject" in personal:
        apart["subject"], title = title, ""
    if "reason" in personal:
        apart["reason"], reason = reason, ""
    apart = {key: value for key, value in apart.items() if value}
    person = act.person or act.subject
    private = (
        Private(
            person_type=person._meta.label_lower,
            person_id=str(person.pk),
            salt=secrets.token_hex(16),
            values=apart,
        )
        if apart
        else None
    )
    entry = Entry(
        at=timezone.now(),
        actor=actor,
        code=act.name,
        subject_type=act.subject._meta.label_lower,
        subject_id=str(act.subject.pk),
        kept_subject=title,
        kept_before=before,
        kept_after=after,
        kept_reason=reason,
        unit_id=_unit_id(act),
        request=current_request(),
        private_digest=private.digest() if private else "",
    )
    if private is not None:
        private.entry = entry
    entry.digest = entry.content_digest()
    return entry, private


def _parted(values: Values, personal: frozenset[str]) -> tuple[Values, dict[str, Any]]:
    """Return what is not personal, with gaps, and what is."""
    if values is None:
        return None, {}
    own = {key: value for key, value in values.items() if key in personal and value is not None}
    return {key: None if key in personal else value for key, value in values.items()}, own


def _unit_id(act: Act) -> int | None:
    """Return the organisation that the act belongs to; None for what belongs to the whole system."""
    if isinstance(act.unit, models.Model):
        return int(act.unit.pk)
    if act.unit is not None:
        return act.unit
    if act.subject._meta.label_lower == "territory.unit":
        return int(act.subject.pk)
    found = getattr(act.subject, "unit_id", None)
    return int(found) if found is not None else None
