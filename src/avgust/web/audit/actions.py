"""Writing the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

from avgust.web.audit import codes
from avgust.web.audit.models import Entry

if TYPE_CHECKING:
    from avgust.web.accounts.models import User


def _plain(values: dict[str, Any] | None) -> dict[str, Any] | None:
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
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> Entry:
    """Add the act to the journal; must run inside the transaction that does the act.

    `actor` is None for the system itself. Raises KeyError for an undeclared code and RuntimeError outside
    a transaction: both are mistakes of the programmer.
    """
    name = code.code if isinstance(code, codes.LogCode) else code
    codes.declared(name)
    if not connection.in_atomic_block:
        raise RuntimeError(f"The act {name!r} is recorded outside the transaction that does it.")
    return Entry.objects.create(
        actor=actor,
        code=name,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        subject=str(subject)[:300],
        before=_plain(before),
        after=_plain(after),
        reason=reason,
    )
