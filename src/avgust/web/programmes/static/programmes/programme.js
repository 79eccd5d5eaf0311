// The table of measures with a keyboard: rows, search, filters; exports follow the view of the address.
"use strict";
(() => {
  // On a telephone the filters wait behind their button; without JavaScript they stand open.
  const filters = document.querySelector(".p-more-filters");
  if (matchMedia("(max-width: 991.98px)").matches && !filters.querySelector(".is-set")) filters.open = false;
  const rows = () => [...document.querySelectorAll(".p-tab .c-t .av-t")];
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
      filters.open = true;
      filters.querySelector("select").focus();
    } else return;
    event.preventDefault();
  });
  // Empty fields only lengthen the address that people send each other.
  document.addEventListener("htmx:configRequest", (event) => {
    if (!event.target.matches(".p-filter")) return;
    for (const [key, value] of Object.entries(event.detail.parameters)) if (value === "") delete event.detail.parameters[key];
  });
  document.addEventListener("htmx:pushedIntoHistory", () => {
    for (const link of document.querySelectorAll("[data-export]")) {
      const view = new URL(location.href).searchParams;
      view.delete("page");
      link.href = `${link.pathname}?${view}`;
    }
  });
})();
