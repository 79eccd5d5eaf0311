"""A review by the keyboard alone, and by two people at once, in a real browser."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from bench.varied import resolution

CLAUSES = 56
NBSP = "\u00a0"


class Desk:
    """The page of a review under the hands of a person without a mouse."""

    def __init__(self, page: Page, document: Any) -> None:
        self.page = page
        self.keys = page.keyboard
        self.version = document.version
        page.goto(f"/documents/{document.pk}/?clause=c1")
        self.opened = page.locator(".it.is-open")
        self.visited = {self.id}

    @property
    def id(self) -> str:
        """The id of the open clause."""
        return self.opened.get_attribute("data-clause") or ""

    def saved(self, steps: int = 1) -> None:
        """Wait until the act is stored and shown, and the focus stands where the next key goes."""
        self.version += steps
        expect(self.page.locator("#was [name=version]")).to_have_value(str(self.version))
        expect(
            self.page.locator(".is-open [data-key=Enter]:focus, .r-bar :focus, .r-cl:focus")
        ).to_have_count(1)
        if self.opened.count():
            self.visited.add(self.id)

    def press(self, key: str) -> None:
        """Press a key that is an act by itself."""
        self.keys.press(key)
        self.saved()

    def write(self, field: str, words: str, *, lines: bool = True) -> None:
        """Open a field by its number, write over it and save."""
        self.keys.press(field)
        self.keys.press("Control+a")
        self.keys.type(words)
        self.keys.press("Control+Enter" if lines else "Enter")
        self.saved()

    def choose(self, field: str, steps: int = 1) -> None:
        """Open a field by its number, take another one of its list and save."""
        self.keys.press(field)
        for _ in range(steps):
            self.keys.press("ArrowDown")
        chosen = self.opened.locator(f"[data-field='{field}'] select")
        expect(chosen).to_be_focused()
        while not self.opened.locator(f"[data-field='{field}'] [type=submit]").evaluate(
            "button => button === document.activeElement"
        ):
            self.keys.press("Tab")
        self.keys.press("Enter")
        self.saved()


def uploaded(cast: Any, text: str) -> Any:
    from avgust.web.documents.actions import upload_document

    return upload_document(
        actor=cast.municipal_officer, unit=cast.units.municipality, name="р.txt", data=text.encode()
    ).document


@pytest.fixture
def document(cast: Any, read_here: None) -> Any:
    return uploaded(cast, resolution(CLAUSES))


def corrected_by_keys(desk: Desk) -> None:
    """Make a correction of every kind, each where the reader stands."""
    desk.write("2", "до 15 апреля 2026 года", lines=False)
    desk.press("Enter")
    desk.write("1", "Методический центр")
    desk.press("Enter")
    desk.write("3", "не менее 60 процентов обучающихся")
    desk.press("Enter")
    desk.write("4", "Федеральный закон от 29.12.2012 № 273-ФЗ")
    desk.press("Enter")
    desk.choose("5")
    desk.press("Enter")
    desk.keys.press("6")
    desk.keys.press("Tab")
    desk.keys.press("End")
    desk.keys.type(" и отчитаться")
    desk.keys.press("Control+Enter")
    desk.saved()
    desk.press("Enter")
    desk.choose("7")
    desk.choose("8", steps=2)  # taken out as another kind
    desk.press("x")
    desk.keys.press("s")
    desk.keys.press("Home")
    desk.keys.press("ArrowRight")
    desk.keys.press("Space")
    desk.keys.press("Enter")
    desk.saved()
    assert desk.id.endswith(".1")
    desk.press("Enter")
    desk.press("m")
    assert "-" in desk.id
    desk.press("Shift+M")
    desk.keys.press("i")
    desk.keys.type("Открыть школьный музей до 1 мая 2026 года")
    desk.keys.press("Control+Enter")
    desk.saved()
    assert desk.id.startswith("a")


def test_fifty_six_clauses_by_the_keyboard_alone(page_of: Any, cast: Any, document: Any) -> None:
    from avgust.domain.resolutions.review.clause import opening
    from avgust.domain.resolutions.review.fold import reviewed
    from avgust.web.documents.models import Correction
    from avgust.web.documents.standing import Standing, resolution_of

    desk = Desk(page_of(cast.municipal_officer), document)
    corrected_by_keys(desk)
    standing = Standing.of(document)
    assert [row.clause.text for row in standing.review.measures if row.id.startswith("a")] == [
        "Открыть школьный музей до 1 мая 2026 года"
    ]
    mends = 0
    while desk.opened.count():  # "right, next" to the end; a mend where one is offered, three of them
        offered = desk.opened.locator("[data-key=KeyA]")
        if mends < 3 and offered.count():
            mends += 1
            desk.press("a")
        else:
            desk.press("Enter")
    assert mends
    total = desk.page.locator(".r-bar .av-prog")
    assert total.get_attribute("value") == total.get_attribute("max")
    desk.keys.press("n")
    expect(desk.page.locator("#av-status")).to_have_text("Проверять больше нечего.")
    said = Correction.objects.filter(document=document)
    acts = set(said.values_list("act", flat=True))
    assert len(acts - {"confirm", "split", "merge", "add"}) >= 9, acts
    assert {"confirm", "split", "merge", "add"} <= acts
    gone = {*said.filter(act__in=("merge", "split", "not_measure")).values_list("clause", flat=True)}
    gone |= {row.said.following for row in said.filter(act="merge")}
    assert {f"c{n}" for n in range(1, CLAUSES + 1)} <= desk.visited | gone

    for _ in range(said.count()):
        desk.keys.press("z")
        desk.version += 1
        expect(desk.page.locator("#was [name=version]")).to_have_value(str(desk.version))
    expect(desk.page.locator("[data-key=KeyZ]")).to_be_disabled()
    untouched = opening(resolution_of(document))
    assert Standing.of(document).review == untouched
    assert reviewed(resolution_of(document), [row.said for row in said.standing()]) == untouched
    assert tuple(row.clause for row in untouched.measures) == resolution_of(document).clauses
    expect(desk.page.locator(".r-cl .it:not(.is-other)")).to_have_count(CLAUSES)


def test_the_last_clause_gives_its_focus_on(page_of: Any, cast: Any, read_here: None) -> None:
    desk = Desk(page_of(cast.municipal_officer), uploaded(cast, resolution(2)))
    desk.press("Enter")
    desk.press("Enter")
    # Nothing is open any more: the focus is at what comes next, not lost on the page, and keys still act.
    expect(desk.page.locator(".it.is-open")).to_have_count(0)
    focused = desk.page.evaluate("document.activeElement.closest('.r-bar, .r-cl') !== null")
    assert focused, desk.page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    desk.keys.press("z")
    desk.saved()
    expect(desk.page.locator(".it.is-open")).to_have_count(1)


def opened(page: Page, clause: str) -> None:
    page.locator(f"#p-{clause} .tx a").click()
    expect(page.locator(".it.is-open")).to_have_attribute("data-clause", clause)


def changed_deadline(page: Page, words: str) -> None:
    page.locator("body").press("d")
    field = page.locator(".is-open input[name=deadline]")
    field.fill(words)
    field.press("Enter")


def bound(words: str) -> re.Pattern[str]:
    return re.compile(words.replace(" ", f"[ {NBSP}]"))


def deadline_of(page: Page) -> Locator:
    return page.locator(".is-open [data-field='2'] .dd")


def test_two_people_at_one_document_lose_nothing(page_of: Any, cast: Any, document: Any) -> None:
    from avgust.web.documents.models import Correction
    from avgust.web.documents.standing import Standing

    first, second = page_of(cast.municipal_officer), page_of(cast.methodologist)
    first.goto(f"/documents/{document.pk}/?clause=c1")
    second.clock.install()
    second.goto(f"/documents/{document.pk}/?clause=c2")
    # Elsewhere: what the first changed comes to the second with her own act, and is told.
    changed_deadline(first, "до 5 апреля 2026 года")
    expect(deadline_of(first)).to_contain_text(bound("5 апреля"))
    changed_deadline(second, "до 6 апреля 2026 года")
    expect(second.locator("#av-status")).to_contain_text(bound("изменены пункты 1.1: Н. П. Ветрова"))
    expect(second.locator("#p-c1 .ch")).to_contain_text(bound("5 апреля"))
    # The same field of the same clause: both stand side by side, one press puts hers.
    for page in (second, first):
        opened(page, "c3")
    changed_deadline(first, "до 7 апреля 2026 года")
    expect(deadline_of(first)).to_contain_text(bound("7 апреля"))
    changed_deadline(second, "до 8 апреля 2026 года")
    told = second.locator(".is-open .av-summary")
    expect(told).to_contain_text(bound("7 апреля"))
    expect(told).to_contain_text(bound("до 8 апреля 2026 года"))
    expect(deadline_of(second)).to_contain_text(bound("7 апреля"))
    told.get_by_role("button").click()
    expect(deadline_of(second)).to_contain_text(bound("8 апреля"))
    # A clause that is no more: the second is told, and her words are kept before her eyes.
    for page in (second, first):
        opened(page, "c4")
    first.locator("body").press("m")
    expect(first.locator("#p-c4-c5")).to_have_count(1)
    changed_deadline(second, "до 9 апреля 2026 года")
    expect(second.locator("#halves .av-summary")).to_contain_text(bound("до 9 апреля"))
    expect(second.locator("#p-c4-c5")).to_have_count(1)
    # Undo is each one's own; what the first takes back comes to the second by itself.
    first.locator("body").press("z")
    expect(first.locator("#p-c4")).to_have_count(1)
    second.locator(".r-cl").focus()
    second.clock.fast_forward(16_000)
    expect(second.locator("#p-c4")).to_have_count(1)
    rows = Correction.objects.filter(document=document)
    assert rows.count() == 5
    assert rows.standing().count() == 4
    ends = {row.id: row.clause.deadline.end for row in Standing.of(document).review.measures[:3]}
    assert {name: end.day for name, end in ends.items()} == {"c1": 5, "c2": 6, "c3": 8}


def test_news_never_crosses_an_act(page_of: Any, cast: Any, document: Any) -> None:
    page = page_of(cast.municipal_officer)
    page.clock.install()
    page.goto(f"/documents/{document.pk}/?clause=c1")
    held: list[Route] = []

    def hold(route: Route) -> None:  # no answer comes
        held.append(route)

    page.route("**/*news=1*", hold)
    page.locator(".r-cl").focus()
    with page.expect_request("**/*news=1*") as asked:
        page.clock.fast_forward(16_000)
    with page.expect_event("requestfailed", lambda request: request == asked.value):
        page.keyboard.press("Enter")  # the act goes first: what was asked before it is asked no more
    version = page.locator("#was [name=version]")
    expect(version).to_have_value(str(document.version + 1))
    page.clock.run_for(100)
    page.route("**/correct/", hold)
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.htmx-request') !== null")
    asks = len(held)
    page.clock.fast_forward(16_000)  # and nothing is asked beside it
    page.wait_for_timeout(300)
    assert len(held) == asks
    held[-1].continue_()
    expect(version).to_have_value(str(document.version + 2))


def test_text_and_clauses_answer_each_other(page_of: Any, cast: Any, document: Any) -> None:
    page = page_of(cast.municipal_officer)
    page.goto(f"/documents/{document.pk}/?clause=c1")
    shown = page.locator(".is-open [data-field='2'] [data-m]").first
    place = shown.get_attribute("data-m")
    assert place
    lit = page.locator(f".r-src [data-m='{place}'].is-lit")
    page.locator(".is-open [data-field='2'] summary").focus()  # by the keyboard, from the field to its words
    expect(lit).to_have_count(1)
    page.locator(".is-open [data-field='1'] summary").focus()
    expect(lit).to_have_count(0)
    page.locator(f".r-src [data-m='{place}']").hover()  # and under the pointer, from the words to the field
    expect(page.locator(f".is-open [data-m='{place}'].is-lit")).not_to_have_count(0)
    page.locator("#t-c5 a.n").focus()
    expect(page.locator("#p-c5.is-near")).to_have_count(1)
    page.locator("#t-c9").click()  # a press on words opens their clause
    expect(page.locator(".it.is-open")).to_have_attribute("data-clause", "c9")


def test_selected_words_become_a_measure(page_of: Any, cast: Any, document: Any) -> None:
    from avgust.web.documents.standing import Standing

    page = page_of(cast.municipal_officer)
    page.goto(f"/documents/{document.pk}/?clause=c1")
    page.evaluate(
        """() => {
            const words = document.querySelector("#t-u1, .r-src p:last-of-type");
            const range = document.createRange();
            range.selectNodeContents(words);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }"""
    )
    chosen = page.evaluate("getSelection().toString()").strip()
    expect(page.locator("#take")).to_be_visible()
    page.locator("body").press("i")
    expect(page.locator(".r-add[open] textarea")).to_have_value(chosen)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".it.is-open[data-clause^=a]")).to_have_count(1)
    added = next(row for row in Standing.of(document).review.measures if row.id.startswith("a"))
    source = Standing.of(document).resolution.document.text
    assert added.clause.span.of(source) == chosen
    assert page.locator(f"#t-{added.id}").count() == 1


def test_keys_are_places_and_can_be_switched_off(page_of: Any, cast: Any, document: Any) -> None:
    page = page_of(cast.municipal_officer)
    here = f"/documents/{document.pk}/?clause=c1"
    page.goto(here)
    first = page.locator("#p-c1 [data-key=Enter]")
    first.focus()
    # The Russian layout: the letter differs, the key is the same.
    page.dispatch_event("#p-c1 [data-key=Enter]", "keydown", {"code": "KeyJ", "key": "о", "bubbles": True})
    expect(page.locator("#p-c2 .tx a")).to_be_focused()
    page.keyboard.press("Shift+Slash")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.goto("/accounts/")
    page.locator("main").get_by_role("button", name="выключены").click()
    expect(page.locator("body")).to_have_attribute("data-keys", "off")
    page.goto(here)
    page.keyboard.press("x")
    page.keyboard.press("j")
    expect(page.locator("#p-c2 .tx a")).not_to_be_focused()
    expect(page.locator(".is-open kbd:visible")).to_have_count(0)
    expect(page.locator("#p-c1.is-open")).to_have_count(1)
    page.keyboard.press("Enter")  # no letter: it stays
    expect(page.locator("#p-c2.is-open")).to_have_count(1)
