"""Pictures of the running product: `python dev/screenshots.py [--all] [--only NAME…] [--variant 390 dark…]`.

Makes the demo, serves it on a free port, signs in and photographs the pages that `PAGES` of
tests/permissions/*.py name. Without `--all` only the pictures of README and the guides are made, in
docs/pictures. With `--all` every page is taken in every width, theme and language, looked over by axe and
by `dev/looking_over.py`, and laid out on contact sheets, to be looked at; the exit status is 1 when anything
is cut, overlaps, scrolls sideways or is not accessible.

`--only 'answers-*'` and `--variant 390 ru` choose; `--resume` leaves out the pictures that are there already;
`--demo FOLDER` keeps the filled demo for the next time.
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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatch
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from dev.contact_sheets import lay_out  # noqa: E402
from dev.looking_over import Overlooker  # noqa: E402
from tests.permissions.rows import Page  # noqa: E402

AVGUST = Path(sys.executable).parent / "avgust"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
]  # fmt: skip
SIZES = ((1440, 900), (390, 844))
THEMES = ("light", "dark")
LANGUAGES = ("ru", "en")


# A whole page is taken as seen at its end: a bar that sticks to the window would lie on the middle of it.
_AT_THE_END = """() => {
  for (const one of document.querySelectorAll("main *"))
    if (getComputedStyle(one).position === "sticky" && getComputedStyle(one).bottom === "0px")
      one.style.position = "static";
}"""


@dataclass(frozen=True)
class Variant:
    """How a page is looked at."""

    language: str = "ru"
    theme: str = "light"
    size: tuple[int, int] = SIZES[0]

    @property
    def label(self) -> str:
        """Return the end of a picture's name."""
        return f"{self.size[0]}-{self.theme}-{self.language}"


TELEPHONE = Variant(size=SIZES[1])
EVERY = [Variant(*chosen) for chosen in product(LANGUAGES, THEMES, SIZES)]


@contextmanager
def served(kept: Path | None = None) -> Iterator[tuple[str, Path]]:
    """Run the demo in `kept` or in a folder of its own; yield its address and the folder."""
    with tempfile.TemporaryDirectory() as temporary, socket.socket() as probe:
        folder = kept or Path(temporary)
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        environment = {**os.environ, "AVGUST_VAR": str(folder)}
        environment.pop("DATABASE_URL", None)
        server = subprocess.Popen(
            [str(AVGUST), "demo", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL
        )
        try:
            yield _answering(f"http://127.0.0.1:{port}", server), folder
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


def addresses(folder: Path) -> list[tuple[Page, str]]:
    """Return every page with its address in the demo of `folder`, "" where it has no subject."""
    os.environ |= {"AVGUST_VAR": str(folder), "AVGUST_DEMO": "1", "AVGUST_LOG_LEVEL": "ERROR"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "avgust.web.config.settings"
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from tests.permissions.tables import PAGES

    return [(page, _address(page)) for page in PAGES]


def _address(page: Page) -> str:
    try:
        return page.address()
    except Exception as absent:
        print(f"{page.name}: {absent!r}", flush=True)
        return ""


class Camera:
    """A browser with one context for each reader, language and theme."""

    def __init__(self, browser: Browser, address: str, out: Path) -> None:
        self._browser, self._address, self._out = browser, address, out
        self._contexts: dict[tuple[str, str, str], BrowserContext] = {}
        self._overlooker = Overlooker()

    def _context(self, who: str, variant: Variant) -> BrowserContext:
        key = (who, variant.language, variant.theme)
        if key not in self._contexts:
            self._contexts[key] = self._signed_in(*key)
        return self._contexts[key]

    def _signed_in(self, who: str, language: str, theme: str) -> BrowserContext:
        context = self._browser.new_context(
            base_url=self._address, locale=language, color_scheme=theme, reduced_motion="reduce"
        )
        context.add_cookies([{"name": "avgust_language", "value": language, "url": self._address}])
        if who:
            page = context.new_page()
            page.goto("/accounts/login/")
            page.locator(f".av-demo li:has-text('{who}') button").click()
            page.wait_for_url(f"{self._address}/")
            page.close()
        return context

    def put_away(self) -> None:
        """Close what is open: a variant needs nothing of the one before it."""
        for context in self._contexts.values():
            context.close()
        self._contexts.clear()

    def take(self, page: Page, address: str, variant: Variant, *, name: str, check: bool) -> list[str]:
        """Save the picture; return what is wrong with the page, when it is to be checked."""
        if not address:
            return [f"{name}: the demo has no such page"]
        tab = self._context(page.who, variant).new_page()
        width, height = variant.size
        tab.set_viewport_size({"width": width, "height": height})
        answer = tab.goto(address)
        tab.evaluate("document.fonts.ready.then(() => true)")
        if check:
            tab.evaluate(_AT_THE_END)
        tab.screenshot(path=self._out / f"{name}.png", full_page=check)
        wrong = [] if answer is None or answer.status in (200, 401) else [f"status {answer.status}"]
        wrong += self._overlooker.faults(tab, keyboard=variant == Variant()) if check else []
        tab.close()
        return [f"{name}: {fault}" for fault in wrong]


@dataclass(frozen=True)
class Chosen:
    """What is to be photographed: all options of the command."""

    out: Path
    everything: bool
    only: Sequence[str] = ()
    variants: Sequence[str] = ()
    resume: bool = False
    demo: Path | None = None

    def pages(self, pages: list[tuple[Page, str]]) -> list[tuple[Page, str]]:
        """Return the pages that the options name, `*` standing for any letters."""
        return [
            pair
            for pair in pages
            if (self.everything or pair[0].guide)
            and (not self.only or any(fnmatch(pair[0].name, pattern) for pattern in self.only))
        ]

    def views(self) -> list[Variant]:
        """Return the variants whose label has every word asked for."""
        if not self.everything:
            return [Variant()]
        return [one for one in EVERY if set(self.variants) <= set(one.label.split("-"))]

    def name(self, page: Page, variant: Variant) -> str:
        """Return the picture's name without its ending."""
        return f"{page.name}-{variant.label}" if self.everything else page.name

    def is_wanted(self, name: str) -> bool:
        """Return whether the picture is still to be taken."""
        return not (self.resume and (self.out / f"{name}.png").exists())


def photograph(chosen: Chosen) -> list[str]:
    """Make the pictures; return what is wrong with the pages."""
    chosen.out.mkdir(parents=True, exist_ok=True)
    wrong: list[str] = []
    with served(chosen.demo) as (address, folder):
        pages = chosen.pages(addresses(folder))  # before the browser: its loop forbids the database
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            camera = Camera(browser, address, chosen.out)
            for variant in chosen.views():
                for page, where in pages:
                    name = chosen.name(page, variant)
                    if chosen.is_wanted(name):
                        seen = variant if chosen.everything or not page.narrow else TELEPHONE
                        found = camera.take(page, where, seen, name=name, check=chosen.everything)
                        print("".join(f"{fault}\n" for fault in found), end="", flush=True)
                        wrong += found
                camera.put_away()
                print(f"{variant.label}: {len(pages)} pages", flush=True)
            browser.close()
    if chosen.everything:
        lay_out(chosen.out, [variant.label for variant in chosen.views()], [page.name for page, _ in pages])
    return wrong


def main() -> int:
    """Make the pictures; exit 1 when something is wrong with a page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--all", action="store_true", help="every page, width, theme and language, checked")
    parser.add_argument("--only", nargs="+", default=(), metavar="NAME", help="these pages alone; * is any")
    parser.add_argument("--variant", nargs="+", default=(), metavar="WORD", help="1440 390 light dark ru en")
    parser.add_argument("--resume", action="store_true", help="leave out pictures that are there already")
    parser.add_argument("--demo", type=Path, metavar="FOLDER", help="where the demo is kept between runs")
    options = parser.parse_args()
    out = options.out or (ROOT / "var" / "pictures" if options.all else ROOT / "docs" / "pictures")
    chosen = Chosen(out, options.all, options.only, options.variant, options.resume, options.demo)
    wrong = photograph(chosen)
    print(f"Pictures are in {out}; faults: {len(wrong)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
