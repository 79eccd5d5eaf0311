"""Run every benchmark, or those that are named: `python -m bench [parsing pages journal …]`."""

from __future__ import annotations

import importlib
import os
import sys

from bench.timing import machine_ms

BENCHMARKS = (
    "parsing",
    "deadlines",
    "hostile",
    "pages",
    "exports",
    "execution",
    "territory",
    "control",
    "answers",
    "journal",
    "notices",
    "reviews",
    "results",
    "psychometrics",
)


def main(names: list[str]) -> int:
    """Print the report of each benchmark."""
    for name in names or BENCHMARKS:
        if name not in BENCHMARKS:
            print(f"No benchmark {name!r}; there are: {', '.join(BENCHMARKS)}", file=sys.stderr)
            return 2
        print(f"── {name}: {(importlib.import_module(f'bench.{name}').__doc__ or '').splitlines()[0]}")
        print(f"   a million additions take {machine_ms():.0f} ms, load {os.getloadavg()[0]:.1f}", flush=True)
        for line in importlib.import_module(f"bench.{name}").report():
            print(f"   {line}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
