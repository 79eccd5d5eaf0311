"""Pages of reference made from the code: `python dev/reference.py write | check`.

docs/findings.md lists every kind of finding, docs/settings.md every setting. `check` fails when a page is not
what the code says, so that nothing stays undocumented.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from avgust.domain.messages import translate
from avgust.domain.resolutions.findings import finding_kinds

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = ROOT / "src" / "avgust" / "web" / "config" / "settings.py"
_NOTE = "<!-- Made by `python dev/reference.py write`; do not edit. -->"


def findings() -> str:
    """Return the page of findings, both languages."""
    lines = [
        "# Findings: the defects that Avgust shows before adoption",
        _NOTE,
        "One file a kind in `src/avgust/domain/resolutions/findings/catalogue/`;",
        "`avgust check FILE` prints them.",
        "",
        "| code | severity | what | what (по-русски) | why it matters |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| `{kind.code}` | {kind.severity} | {kind.label} | {translate(kind.label)} | {kind.explanation} |"
        for kind in finding_kinds()
    ]
    return "\n".join(lines) + "\n"


def settings() -> str:
    """Return the page of settings: the table of the module's own docstring."""
    docstring = ast.get_docstring(ast.parse(SETTINGS.read_text("utf-8"))) or ""
    table = "\n".join(line for line in docstring.splitlines() if line.startswith("|"))
    intro = "Every setting is an environment variable; a wrong one stops the start."
    return f"# Settings\n{_NOTE}\n{intro}\n\n{table}\n"


def undocumented() -> Iterator[str]:
    """Yield variables that the settings read and their docstring does not name."""
    source = SETTINGS.read_text("utf-8")
    docstring = ast.get_docstring(ast.parse(source)) or ""
    named = {"AVGUST_DEMO_PASSWORD"}  # of the demo, which tells it itself
    named |= set(re.findall(r"`((?:AVGUST_|DATABASE_)\w+)`", docstring))
    named |= {f"AVGUST_OIDC{suffix}" for suffix in re.findall(r"`(_[A-Z]+)`", docstring)}
    for name in sorted(set(re.findall(r"env(?:\.\w+)?\(\s*\"([A-Z_]+)\"", source))):
        if name not in named:
            yield name


PAGES = {ROOT / "docs" / "findings.md": findings, ROOT / "docs" / "settings.md": settings}


def main(command: str) -> int:
    """Write the pages, or say which are stale."""
    if command == "write":
        for path, page in PAGES.items():
            path.write_text(page(), "utf-8")
        return 0
    wrong = [
        f"{path.relative_to(ROOT)} is stale: run `python dev/reference.py write`"
        for path, page in PAGES.items()
        if not path.exists() or path.read_text("utf-8") != page()
    ]
    wrong += [
        f"{SETTINGS.name}: {name} is read but not in the table of the docstring" for name in undocumented()
    ]
    print("\n".join(wrong) or "The pages of reference are what the code says.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
