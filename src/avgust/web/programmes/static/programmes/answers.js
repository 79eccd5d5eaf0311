// Answers with a keyboard: J and K from measure to measure, A confirms the first suggestion, X rejects it.
"use strict";
(() => {
  const rows = () => [...document.querySelectorAll(".m-one")];
  const here = () => document.activeElement && document.activeElement.closest(".m-one");
  const step = (by) => {
    const all = rows();
    const at = all.indexOf(here());
    const next = at < 0 ? all[0] : all[Math.max(0, Math.min(all.length - 1, at + by))];
    if (next) next.focus();
  };
  const press = (selector) => {
    const row = here();
    const button = row && row.querySelector(selector);
    if (button) button.click();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target.matches("input, textarea, select")) return;
    if (event.code === "KeyJ") step(1);
    else if (event.code === "KeyK") step(-1);
    else if (event.code === "KeyA") press("[data-confirm]");
    else if (event.code === "KeyX") press("[data-reject]");
    else return;
    event.preventDefault();
  });
  // The row that was answered takes the focus again, so that J goes on from it.
  let last = "";
  document.addEventListener("htmx:beforeRequest", (event) => {
    const row = event.target.closest(".m-one");
    if (row) last = row.id;
  });
  document.addEventListener("htmx:afterSettle", () => {
    const row = last && document.getElementById(last);
    if (row) row.focus({ preventScroll: true });
    last = "";
  });
})();
