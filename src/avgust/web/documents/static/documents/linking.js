// The text and its clauses answer each other; what is selected in the text can become a measure.
"use strict";
(() => {
  // Under the pointer and under the focus: the field in both halves, else the clause.
  const toggle = (selector, name, on) => {
    for (const part of document.querySelectorAll(selector)) part.classList.toggle(name, on);
  };
  const clear = () => {
    toggle(".is-lit", "is-lit", false);
    toggle(".is-near", "is-near", false);
  };
  const light = (element) => {
    clear();
    const owner = element.closest && element.closest("[data-clause]");
    if (owner) toggle(`[data-clause="${CSS.escape(owner.dataset.clause)}"]`, "is-near", true);
    const row = element.closest && element.closest(".ed-row");
    const field = element.closest && element.closest("[data-m]");
    const places = field ? [field] : row ? row.querySelectorAll("summary [data-m]") : [];
    for (const place of places) if (place.dataset.m) toggle(`[data-m="${place.dataset.m}"]`, "is-lit", true);
  };
  document.addEventListener("mouseover", (event) => light(event.target));
  document.addEventListener("mouseleave", clear);
  document.addEventListener("focusin", (event) => light(event.target));

  // Places of the selection in the text of the document: every block says where it begins.
  const place = (node, offset) => {
    const block = (node.nodeType === 1 ? node : node.parentElement).closest("[data-at]");
    if (!block || !block.closest(".r-src")) return null;
    const range = document.createRange();
    range.setStart(block, 0);
    range.setEnd(node, offset);
    // Characters as the server counts them: a letter beyond the basic plane is one.
    return Number(block.dataset.at) + [...range.toString()].length;
  };
  let chosen = null;
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    const take = document.getElementById("take");
    if (!take || document.activeElement.matches("input, textarea")) return;
    chosen = null;
    if (selection.rangeCount && !selection.isCollapsed) {
      const range = selection.getRangeAt(0);
      const from = place(range.startContainer, range.startOffset);
      const to = place(range.endContainer, range.endOffset);
      if (from !== null && to > from) chosen = { from, to, text: selection.toString().replace(/\s+/g, " ").trim() };
    }
    take.hidden = !chosen;
  });
  const fill = () => {
    const form = document.querySelector(".r-add[open] form");
    if (!form || !chosen) return;
    for (const name of ["from", "to", "text"]) form.elements[name].value = chosen[name];
    chosen = null;
    document.getElementById("take").hidden = true;
  };
  document.addEventListener("toggle", (event) => event.target.matches(".r-add") && fill(), true);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#take")) return;
    const add = document.querySelector(".is-open .r-add") || document.querySelector(".r-add");
    document.getElementById("v-c").checked = true;
    if (add.open) fill();
    add.open = true;
    add.querySelector("textarea").focus();
  });
})();
