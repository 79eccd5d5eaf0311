// The board by keys: J K rows, X choose, Enter opens the report, A accepts, R goes to the reason.
"use strict";
(() => {
  const form = document.getElementById("bulk-form");
  if (!form) return;
  const rows = [...form.querySelectorAll("tbody tr")];
  const boxes = () => [...form.querySelectorAll("input[name=chosen]:not(:disabled)")];
  const said = form.querySelector("[data-chosen]");
  const plain = said ? said.textContent : "";
  const count = () => {
    const chosen = boxes().filter((box) => box.checked).length;
    if (said) said.textContent = chosen ? `${chosen} · ${plain}` : plain;
  };
  form.addEventListener("change", count);
  count();
  let at = -1;
  const go = (step) => {
    at = Math.max(0, Math.min(rows.length - 1, at + step));
    rows[at].querySelector("a.av-t").focus();
  };
  const current = () => document.activeElement.closest("tbody tr") || rows[at];
  const keys = {
    KeyJ: () => go(1),
    KeyK: () => go(-1),
    KeyX: () => {
      const box = current() && current().querySelector("input[name=chosen]:not(:disabled)");
      if (box) { box.checked = !box.checked; count(); }
    },
    KeyR: () => document.getElementById("b-why").focus(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input:not([type=checkbox]), textarea, select")) return;
    if (document.body.hasAttribute("data-no-keys")) return;
    const act = keys[event.code];
    if (act) { event.preventDefault(); act(); }
  });
})();
