"""Calibration and value added on 200,000 × 30 beside Python's peers: seconds, extra memory, errors.

Every contender runs in a process of its own on the same files; a peer that is not installed, fails or exceeds
its time is said so. `python -m bench.psychometrics NAME FILE` is that process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from avgust.domain.assessment.steps import ItemParameters, Steps

PERSONS, ITEMS, SCHOOLS = 200_000, 30, 10_000
GROWTH = 1_000_000
PEER_SECONDS = 300
RUNS = 3  # of ours, the best counts; a peer runs once
STEPS = {"2pl": [1] * ITEMS, "gpcm": [1, 2, 3] * (ITEMS // 3), "rasch": [1] * ITEMS}
CONTENDERS = {
    "2pl": ["avgust", "mirt", "girth"],
    "gpcm": ["avgust", "mirt", "girth"],
    "rasch": ["avgust", "girth", "raschpy"],
    "value_added": ["avgust", "statsmodels"],
}
BARS = {"2pl": 3.0, "gpcm": 4.0, "rasch": 0.4, "value_added": 0.06}


def truth(kind: str) -> ItemParameters:
    """Return the items that the answers are drawn from."""
    generator = np.random.default_rng(2026)
    steps = Steps(np.array(STEPS[kind]))
    slopes = np.ones(ITEMS) if kind == "rasch" else np.exp(generator.normal(0, 0.3, ITEMS))
    location = generator.normal(0, 1, ITEMS)
    offset = np.array([0.0, 0.4, 0.8])[steps.category_of - 1] - 0.2 * (steps.per_item[steps.item_of] - 1)
    thresholds = location[steps.item_of] + offset
    parts = np.split(-slopes[steps.item_of] * thresholds, steps.starts[1:])
    return ItemParameters(steps, slopes, np.concatenate([np.cumsum(part) for part in parts]))


def write_answers(kind: str, persons: int, folder: Path) -> Path:
    """Draw answers under the truth; a Parquet file for the counts, an array for the rest."""
    items = truth(kind)
    generator = np.random.default_rng(7)
    scores = np.empty((persons, ITEMS), dtype=np.int8)
    for start in range(0, persons, 20_000):
        part = slice(start, min(start + 20_000, persons))
        theta = generator.normal(size=part.stop - part.start)
        chances, _ = items.probabilities(theta)
        for j in range(ITEMS):
            above = np.cumsum(chances[items.steps.of_item(j)][::-1], axis=0)[::-1]
            scores[part, j] = (generator.random(len(theta)) < above).sum(axis=0)
    path = folder / f"{kind}-{persons}.npy"
    np.save(path, scores)
    if kind == "rasch":
        import pyarrow as pa
        import pyarrow.parquet as pq

        pq.write_table(pa.table({f"i{j}": scores[:, j] for j in range(ITEMS)}), path.with_suffix(".parquet"))
    return path


def write_pupils(folder: Path) -> Path:
    """Draw pupils in schools: intercept, three covariates, tau² = 0.16, sigma² = 1."""
    generator = np.random.default_rng(9)
    group = generator.integers(0, SCHOOLS, PERSONS)
    design = np.column_stack([np.ones(PERSONS), generator.normal(size=(PERSONS, 3))])
    effect = generator.normal(0, 0.4, SCHOOLS)
    outcome = design @ [1, 0.5, 0.2, 0.1] + effect[group] + generator.normal(size=PERSONS)
    path = folder / "pupils.npz"
    np.savez(path, group=group, design=design, outcome=outcome)
    return path


def report() -> Iterator[str]:
    """Yield a line for each contender, then growth."""
    load = os.getloadavg()[0]
    yield f"load before: {load:.1f} on {os.cpu_count()} processors; best of {RUNS} runs of avgust;"
    yield "cpu: seconds of all threads together, which other programs on the machine disturb less"
    with tempfile.TemporaryDirectory() as folder:
        for kind, names in CONTENDERS.items():
            path = (
                write_pupils(Path(folder))
                if kind == "value_added"
                else write_answers(kind, PERSONS, Path(folder))
            )
            for name in names:
                yield f"{kind:12}{name:12}{_told(kind, name, path)}"
        for kind in ("2pl", "gpcm", "rasch"):
            path = write_answers(kind, GROWTH, Path(folder))
            yield f"{kind:12}{'avgust':12}{_told(kind, 'avgust', path)} on {GROWTH:,} persons"


def _told(kind: str, name: str, path: Path) -> str:
    runs = [_run(kind, name, path) for _ in range(RUNS if name == "avgust" else 1)]
    failed = [run for run in runs if isinstance(run, str)]
    if failed:
        return failed[0]
    best: dict[str, Any] = min(runs, key=lambda run: run["seconds"])
    bar = f" (bar {BARS[kind]} s)" if name == "avgust" else ""
    errors = ", ".join(f"{key} {value:.5f}" for key, value in best["errors"].items())
    extra = f", {best['note']}" if best.get("note") else ""
    took = f"{best['seconds']:8.3f} s{bar}, cpu {best['cpu']:.3f} s, {best['megabytes']:.0f} MB more"
    return f"{took}, error {errors}{extra}"


def _run(kind: str, name: str, path: Path) -> Any:
    # Two threads of OpenBLAS on shared processors run many times slower than one (TECH): one for everybody.
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-W", "ignore", "-m", "bench.psychometrics", f"{kind}:{name}", str(path)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=PEER_SECONDS, env=environment
        )
    except subprocess.TimeoutExpired:
        return f"stopped after {PEER_SECONDS} s"
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        return f"failed: {lines[-1][:100] if lines else done.returncode}"
    return json.loads(done.stdout.strip().splitlines()[-1])


def measure(work: Callable[[], Any]) -> tuple[Any, float, float, float]:
    """Return what `work` returns, its seconds, those of all threads, and the megabytes it added."""
    Path("/proc/self/clear_refs").write_text("5")  # the high-water mark begins anew
    before = _status("VmRSS")
    began, cpu = time.perf_counter(), time.process_time()
    result = work()
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    return result, seconds, cpu, max(_status("VmHWM") - before, 0.0)


def _status(field: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(field)).split()[1]) / 1024


def main(contender: str, path: str) -> None:
    """Run one contender and print what it took."""
    from bench.psychometrics_contenders import CONTENDED

    kind, name = contender.split(":")
    prepare = CONTENDED[kind, name]
    work, judge = prepare(Path(path))
    result, seconds, cpu, megabytes = measure(work)
    errors, note = judge(result)
    record = {"seconds": seconds, "cpu": cpu, "megabytes": megabytes, "errors": errors, "note": note}
    print(json.dumps(record))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
