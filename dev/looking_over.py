"""What a careful designer sees at once, found by the browser: cut, overlapping, too wide, not accessible."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

# Text that its box cuts: wider or higher than the box that hides what does not fit.
_CUT: Final = """() => {
  const said = [];
  for (const one of document.querySelectorAll("main *, header *, footer *")) {
    if (!one.checkVisibility || !one.checkVisibility()) continue;
    const style = getComputedStyle(one);
    const hides = ["hidden", "clip"];
    if (style.clip !== "auto" || style.clipPath !== "none" || one.closest(".visually-hidden, svg")) continue;
    if (![...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())) continue;
    const wide = hides.includes(style.overflowX) && one.scrollWidth > one.clientWidth + 1;
    const high = hides.includes(style.overflowY) && one.scrollHeight > one.clientHeight + 2;
    if (wide || high) said.push(one.outerHTML.slice(0, 100));
  }
  return said;
}"""

# Lines of text that lie on each other: each line's box, as far as what it scrolls in shows it, without what
# floats over the page on purpose and what is there for screen readers alone.
_OVERLAPPING: Final = """() => {
  const skipped = ".visually-hidden, .visually-hidden-focusable, svg, option, noscript, script";
  const shown = (box, one) => {
    let { left, top, right, bottom } = box;
    for (let up = one; up && up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (style.clip !== "auto" || ["fixed", "sticky"].includes(style.position)) return null;
      if (style.overflowX === "visible" && style.overflowY === "visible") continue;
      const frame = up.getBoundingClientRect();
      left = Math.max(left, frame.left), right = Math.min(right, frame.right);
      top = Math.max(top, frame.top), bottom = Math.min(bottom, frame.bottom);
    }
    return right - left > 2 && bottom - top > 2 ? { left, top, right, bottom } : null;
  };
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement, text = node.textContent.trim().slice(0, 40);
    if (!text || !parent.checkVisibility() || parent.closest(skipped)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      const box = shown(rect, parent);
      if (box) lines.push({ box, node, text });
    }
  }
  lines.sort((a, b) => a.box.top - b.box.top);
  const said = [];
  for (let i = 0; i < lines.length; i += 1) {
    const a = lines[i].box;
    for (let j = i + 1; j < lines.length && lines[j].box.top < a.bottom - 5; j += 1) {
      const b = lines[j].box;
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (lines[i].node !== lines[j].node && across > 3 && down > 5)
        said.push(`${lines[i].text} × ${lines[j].text}`);
    }
  }
  return said.slice(0, 5);
}"""

# What no sentence says: two full stops, Django's dashes for «choose», a value that was not there.
_SLIPS: Final = """() => {
  const slips = [/[^.]\\.\\.(?!\\.)/, /-{5,}/, /\\bNone\\b(?! (?:yet|is|of))/,
    /\\{\\{(?! [а-я_]+ \\}\\})|%\\(\\w+\\)s/, /,\\s*,/];
  const text = document.querySelector("main").innerText;
  return slips.map((slip) => text.match(slip)).filter(Boolean)
    .map((found) => text.slice(Math.max(0, found.index - 40), found.index + 20).replaceAll("\\n", " "));
}"""

# Where the focus stands: whether it can be seen there (WCAG 2.2: 2.4.7, 2.4.11), or was there before.
_FOCUSED: Final = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const lit = (one) => {
    const style = getComputedStyle(one);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return outlined || style.boxShadow !== "none";
  };
  const label = at.labels && at.labels[0], drawn = at.type === "file" && label ? label : at;
  const box = (drawn || at).getBoundingClientRect();
  const x = Math.max(0, Math.min(box.left + Math.min(box.width, 12) / 2, innerWidth - 1));
  const y = Math.max(0, Math.min(box.top + Math.min(box.height, 16) / 2, innerHeight - 1));
  const over = document.elementFromPoint(x, y);
  const known = [at, label].filter(Boolean).some((one) => one.contains(over) || (over && over.contains(one)));
  const before = at.focusedBefore;
  at.focusedBefore = true;
  return {
    what: at.outerHTML.slice(0, 100),
    before: Boolean(before),
    fault: !lit(at) && !(label && lit(label)) ? "no sign of focus"
      : box.width < 2 || box.height < 2 ? "focus on what is not seen"
      : !known ? "focus under something else" : "",
  };
}"""
_MOST_STOPS: Final = 250

_WIDE: Final = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Beside axe's own choice: what a finger must be able to press (WCAG 2.2, 24 px).
_AXE: Final = "axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})"


class Overlooker:
    """Looks an open page over."""

    def __init__(self) -> None:
        self._engine = Path(AXE_FILE_PATH).read_text("utf-8")

    def faults(self, page: Page, *, keyboard: bool = False) -> list[str]:
        """Return what is wrong with the page, a sentence each; `keyboard` walks it by the Tab key too."""
        said = [f"cut: {what}" for what in page.evaluate(_CUT)]
        said += [f"slip: {what}" for what in page.evaluate(_SLIPS)]
        said += [f"overlap: {what}" for what in page.evaluate(_OVERLAPPING)]
        wide = page.evaluate(_WIDE)
        if wide > 0:
            said.append(f"{wide} px wider than the window")
        page.evaluate(self._engine)  # by the debugger's door: the policy of the page stays as it is
        for one in page.evaluate(_AXE)["violations"]:
            said.append(f"axe {one['id']} × {len(one['nodes'])}: {one['nodes'][0]['html'][:160]}")
        return said + (self._walked(page) if keyboard else [])

    def _walked(self, page: Page) -> list[str]:
        """Walk the page by the Tab key to its end; return where the focus cannot be seen."""
        said = []
        for _ in range(_MOST_STOPS):
            page.keyboard.press("Tab")
            stop = page.evaluate(_FOCUSED)
            if stop is None or stop["before"]:
                break
            if stop["fault"]:
                said.append(f"keyboard: {stop['fault']}: {stop['what']}")
        return said
