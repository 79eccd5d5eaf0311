"""Pictures of every page from the running product: `python dev/screenshots.py [--out FOLDER] [--all]`.

Makes the demo in a folder of its own, serves it on a free port, signs in and photographs. Without `--all`
only the pictures of README and the guides are made, in docs/pictures.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
AVGUST = Path(sys.executable).parent / "avgust"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
]  # fmt: skip
OFFICER = "region@avgust.example"
WIDTHS = {1440: 900, 390: 844}

# name → how to reach the page from a signed-in officer's start; the last column: a picture of the guides.
PAGES = (
    ("home", "/", True),
    ("documents", "/documents/", True),
    ("review", "document:проект", True),
    ("programmes", "/programmes/", False),
    ("programme", "programme:", True),
    ("measure", "measure:", True),
    ("territory", "/territory/", True),
    ("unit", "unit:", False),
    ("account", "/accounts/", False),
)


@contextmanager
def served() -> Iterator[str]:
    """Run the demo in a folder of its own; yield its address."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        environment = {**os.environ, "AVGUST_VAR": folder}
        environment.pop("DATABASE_URL", None)
        server = subprocess.Popen(
            [str(AVGUST), "demo", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL
        )
        try:
            yield _answering(f"http://127.0.0.1:{port}", server)
        finally:
            server.terminate()
            server.wait(20)


def _answering(address: str, server: subprocess.Popen[bytes]) -> str:
    for _ in range(240):
        if server.poll() is not None:
            raise SystemExit(f"The demo stopped with status {server.returncode}.")
        try:
            urllib.request.urlopen(address, timeout=2)
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
        else:
            return address
    raise SystemExit("The demo did not answer within two minutes.")


def signed_in(browser: Browser, address: str, *, language: str, theme: str) -> BrowserContext:
    """Return a browser context where the officer of the region is signed in."""
    context = browser.new_context(
        base_url=address, locale=language, color_scheme=theme, reduced_motion="reduce"
    )
    context.add_cookies([{"name": "avgust_language", "value": language, "url": address}])
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("[name=login]", OFFICER)
    page.fill("[name=password]", "avgust-demo")
    page.locator("main form button[type=submit], main form .btn-primary").first.click()
    page.wait_for_url(f"{address}/")
    page.close()
    return context


def reach(page: Page, where: str) -> None:
    """Open an address, or the first card of a list."""
    kind, _, words = where.partition(":")
    if where.startswith("/"):
        page.goto(where)
        return
    lists = {"document": "/documents/", "programme": "/programmes/", "unit": "/territory/"}
    if kind == "measure":
        reach(page, "programme:")
        page.goto(page.locator("main a[href*='/measures/']").first.get_attribute("href") or "/")
        return
    page.goto(lists[kind] + (f"?q={words}" if words else ""))
    links = page.locator(f"main a[href^='{lists[kind]}']")
    hrefs = [link.get_attribute("href") or "" for link in links.all()]
    page.goto(next(h for h in hrefs if h.removeprefix(lists[kind]).split("?")[0].strip("/").isdigit()))


def photograph(page: Page, out: Path, name: str, width: int, *, full: bool) -> str:
    """Save the page as PNG; return what is wrong with its layout, if anything."""
    page.screenshot(path=out / f"{name}.png", full_page=full)
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return f"{name}: {overflow} px wider than the window of {width} px" if overflow > 0 else ""


def main() -> int:
    """Make the pictures; exit 1 when a page is wider than its window."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures")
    parser.add_argument("--all", action="store_true", help="every page, width, theme and language")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    wrong: list[str] = []
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        variants = (
            [("ru", "light")]
            if not options.all
            else [(la, th) for la in ("ru", "en") for th in ("light", "dark")]
        )
        for language, theme in variants:
            context = signed_in(browser, address, language=language, theme=theme)
            for name, where, in_guides in PAGES:
                if not options.all and not in_guides:
                    continue
                for width, height in WIDTHS.items() if options.all else [(1440, 900)]:
                    page = context.new_page()
                    page.set_viewport_size({"width": width, "height": height})
                    reach(page, where)
                    label = f"{name}-{width}-{theme}-{language}" if options.all else name
                    wrong.append(
                        photograph(page, options.out, label, width, full=options.all and name != "review")
                    )
                    page.close()
            context.close()
        browser.close()
    wrong = [line for line in wrong if line]
    print("\n".join(wrong) or f"Pictures are in {options.out}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
