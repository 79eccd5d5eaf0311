// The review with a keyboard: everything here presses what the page already has; without it the page is whole.
"use strict";
(() => {
  const status = document.getElementById("av-status");
  const opened = () => document.querySelector(".it.is-open");
  const items = () => [...document.querySelectorAll(".r-cl .it:not(.is-other)")];
  const wide = matchMedia("(min-width: 1100px)");
  let timer = 0;

  const toast = (text) => {
    status.classList.add("is-toast");
    status.textContent = text;
    clearTimeout(timer);
    timer = setTimeout(() => (status.textContent = ""), 6000);
  };
  document.addEventListener("avgust:say", (event) => toast(event.detail.value));

  // The clause in the text that belongs to the open one is marked, and both are brought into view.
  const bring = (element, block) => element && element.scrollIntoView({ block, inline: "nearest" });
  // Focus goes to the successor of what was pressed: the next severe finding, the open clause, what is left.
  // Never the adoption itself: who walks by Enter would adopt with one press too many. The link before it asks.
  const left = () => document.querySelector("#why-not[href], .r-bar a.btn:has(+ form), .r-bar .btn[data-key=KeyN]") || document.querySelector(".r-cl");
  const successor = (item, asked) => {
    const severe = (item && asked !== "document" && item.querySelector(".av-note.is-severe .btn")) || null;
    if (asked === "obstacle" || asked === "finding") return severe || (item ? item.querySelector("[data-key=Enter]") : left());
    if (asked === "document") return document.querySelector(".r-doc .av-note.is-severe .btn") || left();
    return item ? item.querySelector("[data-key=Enter]") || item.querySelector(".n") : left();
  };
  const settle = (focus, asked) => {
    for (const part of document.querySelectorAll(".r-src .cl.on")) part.classList.remove("on");
    const item = opened();
    if (!item) {
      if (focus) successor(null, asked).focus();
      return;
    }
    const parts = document.querySelectorAll(`.r-src [data-clause="${CSS.escape(item.dataset.clause)}"]`);
    for (const part of parts) part.classList.add("on");
    if (wide.matches) {
      const half = item.closest(".r-cl");
      const there = item.getBoundingClientRect();
      const box = half.getBoundingClientRect();
      if (there.top < box.top || there.bottom > box.bottom) half.scrollTop += there.top - box.top - 64;
      if (parts[0]) {
        const source = parts[0].closest(".r-src");
        source.scrollTop += parts[0].getBoundingClientRect().top - source.getBoundingClientRect().top - 120;
      }
    } else if (focus) bring(item, "start");
    if (focus) successor(item, asked).focus({ preventScroll: asked !== "document" });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-show]");
    if (link && !wide.matches) document.getElementById(`v-${link.dataset.show}`).checked = true;
    const number = event.target.closest(".r-src a.n");
    if (number && !wide.matches) document.getElementById("v-c").checked = true;
    // A press on a clause in the text opens it, where no words are being selected; so does its number.
    const words = event.target.closest(".r-src .cl");
    const open = words && (number || getSelection().isCollapsed) && opened()?.dataset.clause !== words.dataset.clause;
    const way = open && document.getElementById(`p-${words.dataset.clause}`)?.querySelector(".tx a");
    if (way) {
      event.preventDefault();
      way.click();
    }
    if (event.target.closest("[data-keys-open]")) document.getElementById("keys").showModal();
    // What stops adoption leads to the finding itself, also from the button that cannot be pressed yet.
    if (event.target.closest("[aria-disabled][aria-describedby=why-not]")) document.querySelector("#why-not[href]")?.click();
    const place = event.target.closest("[data-obstacle]:not([hx-get])");
    const note = place && document.getElementById(decodeURIComponent(place.hash.slice(1)));
    if (note) {
      event.preventDefault();
      document.getElementById("v-c").checked = true;
      bring(note, "center");
      note.querySelector(".btn").focus({ preventScroll: true });
    }
  });

  // The other half begins where the reader was: at the open clause.
  document.addEventListener("change", (event) => {
    if (!event.target.matches(".vh")) return;
    bring(event.target.id === "v-s" ? document.querySelector(".r-src .cl.on") : opened(), event.target.id === "v-s" ? "center" : "start");
  });

  const visible = (element) => element.getClientRects().length > 0;
  const press = (key) => {
    const here = opened();
    const places = [...(here ? here.querySelectorAll(`[data-key="${key}"]`) : []), ...document.querySelectorAll(`[data-key="${key}"]`)];
    const target = places.find((place) => visible(place) || (place.closest("details") && !place.hidden));
    if (!target || target.disabled) return false;
    if (target.dataset.say) {
      toast(target.dataset.say);
      return true;
    }
    const row = target.closest("details:not([open])");
    if (row && target.tagName !== "SUMMARY") row.open = true;
    if (target.matches("input, textarea")) {
      target.focus();
      target.select();
    } else if (target.tagName === "SUMMARY") {
      target.parentElement.open = true;
      // A split begins where the text itself parts: at the first joint.
      const field = target.parentElement.querySelector(".is-joint input") || target.parentElement.querySelector("input:not([type=hidden]), textarea, select");
      if (field) field.focus();
    } else target.click();
    return true;
  };
  const move = (step) => {
    const all = items();
    const now = document.activeElement.closest(".it:not(.is-other)") || opened();
    const next = all[Math.max(0, Math.min(all.length - 1, all.indexOf(now) + step))];
    if (!next) return;
    (next.querySelector(".tx a") || next.querySelector("[data-key=Enter]") || next.querySelector(".n")).focus();
    bring(next, "nearest");
  };
  // The field that is unsure, or the one asked for by its number, or the first.
  const edit = (number) => {
    const rows = opened() ? [...opened().querySelectorAll(".ed details")] : [];
    const unsure = rows.find((row) => row.querySelector("summary .wait"));
    const row = number ? rows.find((one) => one.dataset.field === number) : unsure || rows[0];
    if (!row) return false;
    row.open = true;
    const field = row.querySelector("textarea, select, input:not([type=hidden])");
    if (field) field.focus();
    return true;
  };
  // Words of a split: arrows go along them, the space bar marks, Enter splits.
  const along = (event) => {
    const all = [...event.target.closest("[data-words]").querySelectorAll("input")];
    const at = all.indexOf(event.target);
    const places = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + 5, ArrowUp: at - 5, Home: 0, End: all.length - 1 };
    if (event.key === "Enter") event.target.form.requestSubmit();
    else if (event.key in places) all[Math.max(0, Math.min(all.length - 1, places[event.key]))].focus();
    else return false;
    return true;
  };
  const typing = (at) => at.matches("input:not([type=checkbox]):not([type=radio]), textarea, select");
  const SINGLE = ["KeyN", "KeyA", "KeyX", "KeyZ", "KeyS", "KeyM", "KeyI", "KeyD"];
  const letter = (event) => {
    const digit = /^Digit([1-8])$/.exec(event.code);
    if (event.code === "KeyJ") move(1);
    else if (event.code === "KeyK") move(-1);
    else if (event.code === "KeyE") return edit();
    else if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) press("Slash");
    else if (digit && !event.shiftKey) return edit(digit[1]);
    else if (event.shiftKey && ["KeyM", "KeyZ"].includes(event.code)) return press(`Shift${event.code}`);
    else if (SINGLE.includes(event.code) && !event.shiftKey) return press(event.code);
    else return false;
    return true;
  };

  document.addEventListener("keydown", (event) => {
    const at = event.target;
    const send = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (send && at.matches("textarea")) {
      event.preventDefault();
      at.form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const row = at.closest && at.closest("details.ed-row, details.r-add, .is-open details.av-more");
    if (event.key === "Escape" && row && row.open) {  // the way back is its head, not the top of the page
      row.open = false;
      row.querySelector("summary").focus();
      return;
    }
    if (typing(at)) {
      if (event.key === "Escape") at.blur();
      return;
    }
    let done;
    if (at.matches("[data-words] input") && along(event)) done = true;
    else if (event.code === "Enter") done = !at.closest("a, button, summary, label") && press("Enter");
    else done = !document.querySelector(".r-page[data-keys=off]") && letter(event);
    if (done) event.preventDefault();
  });

  // A conflict is an answer to be read, not an error to be swallowed.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 409) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  // Fragments come out of band: settle once after the last of them.
  let asked = "";
  // Acts on their way. News asked beside an act would cross its answer and put the bar of before over it.
  let acting = 0;
  document.addEventListener("htmx:beforeRequest", (event) => {
    const from = event.detail.elt;
    if (from.matches("[data-quiet], #bar")) return;
    acting += 1;
    htmx.trigger("#bar", "htmx:abort");
    asked = from.closest("[data-obstacle]") ? "obstacle" : from.closest(".r-doc") ? "document" : from.closest(".av-note") ? "finding" : "";
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt.matches("[data-quiet], #bar")) return;
    acting = Math.max(0, acting - 1);
    if (event.detail.xhr && event.detail.xhr.status < 500) setTimeout(() => settle(true, asked), 30);
  });
  // What others change comes by itself while nothing is being typed.
  const busy = () => document.querySelector("dialog[open], .is-open details[open]") || typing(document.activeElement);
  setInterval(() => {
    const page = document.querySelector("[data-news]");
    if (!page || document.hidden || acting || busy()) return;
    const values = Object.fromEntries([...document.querySelectorAll("#was input")].map((one) => [one.name, one.value]));
    htmx.ajax("GET", page.dataset.news, { values: { ...values, news: 1 }, source: "#bar", swap: "none" });
  }, 15000);
  document.addEventListener("DOMContentLoaded", () => settle(false));
  if (document.readyState !== "loading") settle(false);
  if (status.textContent.trim()) toast(status.textContent.trim());
})();
