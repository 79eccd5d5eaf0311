// What every page does better with JavaScript; without it every page is whole.
"use strict";
(() => {
  // Single letters, digits and marks act only where they are switched on and nobody types: for who dictates.
  const typing = (place) => place.matches("input, textarea, select, [contenteditable]");
  if (document.body.dataset.keys === "off") {
    window.addEventListener("keydown", (event) => {
      const plain = !(event.ctrlKey || event.metaKey || event.altKey);
      if (plain && event.key.length === 1 && event.key !== " " && !typing(event.target)) event.stopImmediatePropagation();
    }, true);
  }
  // One menu open at a time; Escape and a press elsewhere close it, focus returns to its opener.
  const menus = () => document.querySelectorAll("details.av-menu[open], details.av-drop-menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });
  // Paper has no arrows to press: what is folded in a tree or a list is printed open.
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("main details:not([open])")];
    for (const details of folded) details.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const details of folded) details.open = false;
  });
  // `data-auto` on a form sends it when a select changes; its button stays for those without JavaScript.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto]");
    if (form && event.target.matches("select")) form.requestSubmit();
  });
  // A button of a form that others see the effect of is pressed once: it keeps its width and says it works.
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || event.defaultPrevented || event.target.hasAttribute("data-again")) return;
    if (button.getAttribute("aria-busy") === "true") return event.preventDefault();
    button.setAttribute("aria-busy", "true");
    window.setTimeout(() => button.removeAttribute("aria-busy"), 8000);
  });
  window.addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("[aria-busy=true]")) button.removeAttribute("aria-busy");
  });
  // A fragment that failed is said in words, in the one place that is read aloud.
  const say = (text) => {
    const status = document.getElementById("av-status");
    if (status && text) status.textContent = text;
  };
  document.addEventListener("htmx:sendError", () => say(document.body.dataset.offline));
  document.addEventListener("htmx:responseError", (event) => say(event.detail.xhr.getResponseHeader("X-Avgust-Say") || document.body.dataset.failed));
  // `HX-Trigger: {"avgust:say": "…"}` lets a view announce what changed.
  document.addEventListener("avgust:say", (event) => say(event.detail.value));
})();
