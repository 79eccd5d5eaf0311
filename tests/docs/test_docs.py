"""Documentation is what the code is: reference pages are current, links lead somewhere, terms exist."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)")
CODE_TERM = re.compile(r"`([A-Z][A-Za-z]+)(?:\.\w+)?`")


def test_pages_of_reference_are_current() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "dev" / "reference.py"), "check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    targets = [link for link in LINK.findall(page.read_text("utf-8")) if "://" not in link]
    assert [link for link in targets if not (page.parent / link).exists()] == []


def test_terms_of_the_glossary_are_in_the_code() -> None:
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    defined = set(re.findall(r"^class (\w+)", code, re.MULTILINE))
    terms = set(CODE_TERM.findall((ROOT / "docs" / "glossary.md").read_text("utf-8")))
    assert terms - defined == set()


def test_every_command_of_make_is_told_by_help() -> None:
    targets = re.findall(r"^([a-z-]+):(?!=)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    told = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [name for name in targets if name not in told] == []


def test_every_folder_of_the_layout_exists() -> None:
    """The table of docs/map.md names only what is there."""
    page = (ROOT / "docs" / "map.md").read_text("utf-8")
    named = re.findall(r"`((?:domain|web)/[\w/]+)/?`", page)
    missing = [name for name in named if not list((ROOT / "src" / "avgust").glob(f"{name.rstrip('/')}*"))]
    assert missing == []
