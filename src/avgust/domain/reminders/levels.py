"""Who controls an organisation, and who stands one level above that."""

from __future__ import annotations

from collections.abc import Sequence

from avgust.domain.reminders.schedule import Audience


def escalated(line: Sequence[int], *, authority: bool, adopter: int) -> dict[Audience, int]:
    """Return the unit that each audience above is at; an audience may be missing.

    `line` are the units above the one that owes, the nearest first. An authority is the office of the place
    it stands in, so that place does not control it. Nothing goes above `adopter`, whose programme it is: who
    did not adopt it has no part in it.
    """
    above = list(line[1:] if authority else line)
    if adopter in above:
        above = above[: above.index(adopter) + 1]
    elif not (authority and line and line[0] == adopter):
        above = above[:1]
    else:
        above = []
    return dict(zip((Audience.CONTROLLER, Audience.ABOVE), above, strict=False))
