"""Days, months, quarters, half-years, years and school years as one type."""

from avgust.domain.periods.period import Period

__all__ = ["Period"]
