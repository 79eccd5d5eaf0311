"""Results: rows a second and peak memory of an import, then what the warehouse answers and how fast.

The bars are the project's own: 5 million participants within 500 MB. `AVGUST_BENCH_RESULTS` says how many.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

PUPILS = int(os.environ.get("AVGUST_BENCH_RESULTS", "1000000"))
SCHOOLS = 1_500

# A process of its own: the memory is that of the import alone.
CHILD = """
import os, sys, time
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
from datetime import date
from avgust.web.accounts.models import Post, User
from avgust.web.assessments import actions, importing
from avgust.web.assessments.models import Work
from avgust.web.assessments.schools import SYSTEM
from avgust.web.territory.models import ExternalId, Membership, Unit
day = date(2020, 9, 1)
region = Unit.objects.create(kind="region", name="Область", opened=day)
made = (Unit(kind="school", name=f"Школа {n}", opened=day) for n in range(1, SCHOOLS + 1))
schools = Unit.objects.bulk_create(made)
Membership.objects.bulk_create(Membership(unit=unit, parent=region, since=day) for unit in schools)
logins = (ExternalId(unit=unit, system=SYSTEM, value=f"edu{n:06}") for n, unit in enumerate(schools, 1))
ExternalId.objects.bulk_create(logins)
analyst = User.objects.create_user("a@b.test", "a long password", full_name="А")
Post.objects.create(user=analyst, role="analyst", unit=region, since=day)
said = {"title": "ВПР", "procedure": "vpr", "subject": "ru", "grade": 4, "school_year": 2025}
work = actions.add_work(actor=analyst, unit=region, held_on=date(2026, 4, 14), **said)
def peak():
    return int([line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")][0]) // 1024
for name in ("first", "again"):
    upload = actions.upload_paths(work, actor=analyst, paths=[Path(sys.argv[1])])
    began = time.perf_counter()
    importing.carry_out(upload.pk)
    upload.refresh_from_db()
    seconds = time.perf_counter() - began
    taken = upload.taken + upload.absent
    print(f"import, {name}: {taken} participants, {upload.refused} refused, {seconds:.0f} s,",
          f"{taken / seconds:.0f} a second, peak {peak()} MB", flush=True)
from avgust.web.warehouse.results import open_results
maxima = [item.maximum for item in work.specification.items.all()]
for name, ask in (("by school", lambda r: r.schools()), ("by item", lambda r: r.item_results()),
                  ("counts for CML", lambda r: r.score_counts(maxima)),
                  ("rows of all pupils as an array", lambda r: r.responses())):
    began = time.perf_counter()
    with open_results(work.dataset) as results:
        ask(results)
    print(f"{name}: {time.perf_counter() - began:.2f} s, peak {peak()} MB", flush=True)
path = Path(os.environ["AVGUST_VAR"]) / "warehouse"
size = sum(file.stat().st_size for file in path.rglob("*.parquet")) / 2**20
print(f"on the disk: {size:.0f} MB (the old version too)")
"""


def report() -> Iterator[str]:
    """Yield the lines of the report."""
    with tempfile.TemporaryDirectory(prefix="avgust-bench-") as folder:
        per_class = -(-PUPILS // SCHOOLS // 10)
        made = [
            sys.executable, "-m", "avgust.cli", "demo-results", folder, "--format", "csv",
            "--schools", str(SCHOOLS), "--classes", "10", "--pupils", str(per_class),
        ]  # fmt: skip
        began = time.perf_counter()
        subprocess.run(made, check=True, capture_output=True)
        table = Path(folder) / "results.csv"
        size = table.stat().st_size / 2**20
        seconds = time.perf_counter() - began
        yield f"generated: {SCHOOLS * 10 * per_class} rows, {size:.0f} MB, {seconds:.0f} s"
        own = {"AVGUST_VAR": folder, "AVGUST_DEBUG": "1", "AVGUST_LOG_LEVEL": "WARNING"}
        environment = os.environ | own | {"DJANGO_SETTINGS_MODULE": "avgust.web.config.settings"}
        environment.pop("PYTEST_VERSION", None)
        child = CHILD.replace("SCHOOLS", str(SCHOOLS))
        command = [sys.executable, "-c", child, str(table)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        yield from done.stdout.splitlines()
        if done.returncode:
            yield done.stderr[-2000:]
