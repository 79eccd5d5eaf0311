"""Results of pupils who do not exist, any number, with a known truth: for demo, tests, benchmarks."""

from __future__ import annotations

from avgust.domain.assessment.simulation.population import Plan, SchoolPlan, Truth, simulate
from avgust.domain.assessment.simulation.profiles import PROFILES, Profile

__all__ = ["PROFILES", "Plan", "Profile", "SchoolPlan", "Truth", "simulate"]
