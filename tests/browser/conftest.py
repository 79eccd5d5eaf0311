"""A real browser on a live server: `page` signed out, `sign_in(person)`, `assert_accessible(page)`.

The browser is Debian's chromium (`CHROMIUM` names another). Without one the journeys are skipped, except
under `AVGUST_REQUIRE_BROWSER=1` (CI), where that is a failure. Under `AVGUST_SECOND_TRY=1` (CI too) a
journey that failed is walked once more, and the summary names it: mend it, such a one was always a race.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
SIZES = {"desk": (1440, 900), "telephone": (390, 844)}
PATIENCE = 20_000  # ms: a machine that runs all tests at once is slow, and slowness is no fault
SCREENSHOTS = os.environ.get("AVGUST_SCREENSHOTS", "")

# Playwright's loop makes Django refuse the ORM in the test's own thread; nothing here is asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))
            if os.environ.get("AVGUST_SECOND_TRY") == "1":
                item.add_marker(pytest.mark.flaky(reruns=1))


def _chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    return (
        named or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = _chromium()
    if executable is None:
        if os.environ.get("AVGUST_REQUIRE_BROWSER") == "1":
            pytest.fail("No chromium was found; apt-get install chromium, or name one with CHROMIUM.")
        pytest.skip("no chromium; apt-get install chromium, or name one with CHROMIUM")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def context(browser: Browser, live_server: Any, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A context of the size of a desk, or of `@pytest.mark.parametrize("size", …)`.

    The policy of the pages stays on: a script or style that it stops fails the test.
    """
    size = request.getfixturevalue("size") if "size" in request.fixturenames else "desk"
    width, height = SIZES[size]
    made = browser.new_context(
        base_url=live_server.url,
        viewport={"width": width, "height": height},
        locale="ru-RU",
        timezone_id="Europe/Moscow",
        has_touch=size == "telephone",
    )
    made.set_default_timeout(PATIENCE)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that fails its test on an error of a script, a broken policy or a missing file."""
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(f"script: {error}"))
    opened.on(
        "console",
        lambda said: (
            faults.append(f"console: {said.text}")
            if said.type == "error" and "status of 4" not in said.text
            else None
        ),
    )
    opened.on(
        "response",
        lambda got: (
            faults.append(f"{got.status}: {got.url}") if got.status >= 400 and "/static/" in got.url else None
        ),
    )
    yield opened
    if SCREENSHOTS:
        folder = Path(SCREENSHOTS)
        folder.mkdir(parents=True, exist_ok=True)
        name = "".join(letter if letter.isalnum() else "-" for letter in request.node.name)
        opened.screenshot(path=folder / f"{name}.png", full_page=True)
    assert not faults, faults


def _sign_in(context: BrowserContext, person: Any, address: str) -> None:
    """Sign a person in without the form, by the session's cookie."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])


@pytest.fixture
def sign_in(context: BrowserContext, live_server: Any) -> Callable[[Any], None]:
    """Return a function that signs a person in at `page`."""
    return lambda person: _sign_in(context, person, live_server.url)


@pytest.fixture
def page_of(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a browser of its own for a person: several may work at once."""
    contexts: list[BrowserContext] = []

    def opened(person: Any, size: str = "desk", **options: Any) -> Page:
        width, height = SIZES[size]
        contexts.append(
            browser.new_context(
                base_url=live_server.url,
                viewport={"width": width, "height": height},
                has_touch=size == "telephone",
                **options,
            )
        )
        _sign_in(contexts[-1], person, live_server.url)
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def assert_accessible() -> Callable[..., None]:
    """Return a check of the page by axe (by all rules, or by those named), and that it scrolls not sideways."""
    from axe_playwright_python.base import AXE_FILE_PATH

    engine = Path(AXE_FILE_PATH).read_text(encoding="utf-8")

    def check(page: Page, *rules: str) -> None:
        page.evaluate("document.fonts.ready.then(() => true)")
        page.evaluate(engine)  # by the debugger's door: the policy of the page stays as it is
        asked: dict[str, Any] = {"resultTypes": ["violations"]}
        if rules:
            asked["runOnly"] = list(rules)
        found = page.evaluate("asked => axe.run(document, asked)", asked)
        said = [
            f"{one['id']}: {node['html'][:160]} — {node.get('failureSummary', '')}"
            for one in found["violations"]
            for node in one["nodes"]
        ]
        assert not said, f"{page.url}\n" + "\n".join(said)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} is {wide} px wider than the screen"

    return check


@pytest.fixture
def look(assert_accessible: Callable[..., None], request: pytest.FixtureRequest) -> Callable[[Page], None]:
    """Return a check of the page that also takes its picture, numbered, where AVGUST_SCREENSHOTS names a folder."""
    taken = 0

    def check(page: Page) -> None:
        nonlocal taken
        assert_accessible(page)
        taken += 1
        if SCREENSHOTS:
            folder = Path(SCREENSHOTS) / request.node.originalname
            folder.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=folder / f"{taken:02}.png", full_page=True)

    return check
