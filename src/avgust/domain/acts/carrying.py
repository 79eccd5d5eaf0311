"""Taking what was filled in over to another version of a template."""

from __future__ import annotations

from collections.abc import Mapping

from avgust.domain.acts.fields import Field, checked


def carried(values: Mapping[str, str], before: tuple[Field, ...], after: tuple[Field, ...]) -> dict[str, str]:
    """Return what of `values` holds under the fields `after`: the same key, and a value of its kind."""
    known = {field.key for field in before}
    found = {field.key: checked(field, values.get(field.key, "")) for field in after if field.key in known}
    return {key: value for key, (value, fault) in found.items() if value and fault is None}
