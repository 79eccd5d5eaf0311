"""For whom a person works: what she may report about, and what she may never decide about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from avgust.web.programmes.reach import organisations_of

if TYPE_CHECKING:
    from avgust.web.accounts.models import User


def working_units(user: User) -> frozenset[int]:
    """Return the ids of the units a person works for, the places of her posts and their authorities too.

    Read once for a request: the person is loaded anew by each.
    """
    if not hasattr(user, "_working_units"):
        own = {unit.pk for unit in organisations_of(user)}
        user._working_units = frozenset(own | {post.unit_id for post in user.current_posts})  # type: ignore[attr-defined]
    return user._working_units  # type: ignore[attr-defined]
