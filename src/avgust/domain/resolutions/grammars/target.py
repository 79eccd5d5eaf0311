"""Targets: measurable quantities that a clause demands («не менее 70 % педагогов»)."""

from __future__ import annotations

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.model import Target


def find_targets(fragment: Fragment) -> tuple[Target, ...]:
    """Return the quantities that `fragment` demands, in the order of the text."""
    return ()
