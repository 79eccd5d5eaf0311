"""References: acts, projects, programmes, systems, procedures and addresses that a clause names."""

from __future__ import annotations

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.model import Reference


def find_references(fragment: Fragment) -> tuple[Reference, ...]:
    """Return what `fragment` refers to, in the order of the text, not overlapping."""
    return ()
