"""`avgust demo`: a fictional territory, ready to look at."""

from __future__ import annotations


def run(arguments: list[str], language: str) -> int:
    """Hand `arguments` over to the demo."""
    from avgust.demo.command import run as run_demo

    return run_demo(arguments, language)
