"""Run every benchmark, or those that are named: `python -m bench [parsing pages journal …]`."""

from __future__ import annotations

import importlib
import os
import subprocess
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
    """Print the report of each benchmark, in a process of its own: so are its memory and its folder."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"No benchmark {unknown[0]!r}; there are: {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    if len(names) != 1:
        return max(subprocess.call([sys.executable, "-m", "bench", one]) for one in names or BENCHMARKS)
    module = importlib.import_module(f"bench.{names[0]}")
    print(f"── {names[0]}: {(module.__doc__ or '').splitlines()[0]}", flush=True)
    print(f"   a million additions take {machine_ms():.0f} ms, load {os.getloadavg()[0]:.1f}", flush=True)
    for line in module.report():
        print(f"   {line}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
