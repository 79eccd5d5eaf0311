// The table of measures with a keyboard: rows, search, filters; exports follow the view of the address.
"use strict";
(() => {
  // On a telephone the filters wait behind their button; without JavaScript they stand open.
  const filters = () => document.querySelector(".p-more-filters");
  const fold = () => {
    if (matchMedia("(max-width: 991.98px)").matches && !filters().querySelector(".is-set")) filters().open = false;
  };
  fold();
  const seen = (link) => link.offsetParent !== null;
  const rows = () => [...document.querySelectorAll("#table .av-t")].filter(seen);
  const step = (by) => {
    const all = rows();
    const at = all.indexOf(document.activeElement);
    const next = all[Math.max(0, Math.min(all.length - 1, at + by))];
    if (next) next.focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target.matches("input, textarea, select")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.code === "KeyJ") step(1);
    else if (event.code === "KeyK") step(-1);
    else if (event.code === "Slash") document.getElementById("f-q").focus();
    else if (event.code === "KeyF") {
      filters().open = true;
      filters().querySelector("select").focus();
    } else if (/^(Digit|Numpad)[1-9]$/.test(event.code)) {
      // Saved views, in the order of the row above.
      const view = document.querySelector(`[data-view-key="${event.code.slice(-1)}"]`);
      if (!view) return;
      location.assign(view.href);
    } else return;
    event.preventDefault();
  });
  // Empty fields only lengthen the address that people send each other.
  document.addEventListener("htmx:configRequest", (event) => {
    if (!event.target.matches(".p-filter")) return;
    for (const [key, value] of Object.entries(event.detail.parameters)) if (value === "") delete event.detail.parameters[key];
  });
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    if (event.detail.target.id === "p-filters" || document.getElementById("p-filters").contains(event.detail.target)) fold();
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches(".p-filter input[type=date]")) event.target.form.requestSubmit();
  });
})();
