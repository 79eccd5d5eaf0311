// What was typed when the session ended comes back after sign-in: kept in this tab, for this person, once.
"use strict";
(() => {
  const KEY = "avgust:typed";
  const who = document.body.dataset.who;
  const TYPED = "textarea[name], input[name]:not([type]), input[type=text][name], input[type=url][name], input[type=number][name], input[type=date][name]";
  const values = (form, chosen) => [...form.querySelectorAll(chosen)].map((field) => [field.name, field.value]);
  // Forms of one address are told apart by what they hide: which clause, which act.
  const name = (form) => {
    const hidden = values(form, "input[type=hidden][name]").filter(([key]) => key !== "csrfmiddlewaretoken");
    return JSON.stringify([form.getAttribute("hx-post") || new URL(form.action).pathname, hidden]);
  };
  const read = () => JSON.parse(sessionStorage.getItem(KEY) || "null");
  const forget = () => sessionStorage.removeItem(KEY);
  const keep = (kept) => sessionStorage.setItem(KEY, JSON.stringify(kept));

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!who || !(form.method === "post" || form.hasAttribute("hx-post")) || form.querySelector("[type=password]")) return;
    const typed = values(form, TYPED);
    if (typed.some(([, value]) => value)) keep({ who, form: name(form), typed });
  }, true);
  document.addEventListener("htmx:afterRequest", (event) => {
    const there = event.detail.xhr?.getResponseHeader("HX-Redirect") || "";
    if (event.detail.successful && event.detail.requestConfig.verb !== "get" && !there.includes("ended=1")) forget();
  });

  const put = (root) => {
    const kept = read();
    const forms = kept ? [...root.querySelectorAll("form"), ...(root.matches?.("form") ? [root] : [])] : [];
    const form = forms.find((one) => name(one) === kept.form);
    if (!form) return;
    const left = [...kept.typed];
    for (const field of form.querySelectorAll(TYPED)) {
      const at = left.findIndex(([key]) => key === field.name);
      if (at < 0) continue;
      const [[, value]] = left.splice(at, 1);
      if (field.value === value) continue;
      field.value = value;
      for (let up = field.closest("details"); up; up = up.parentElement.closest("details")) up.open = true;
    }
    forget();
    document.dispatchEvent(new CustomEvent("avgust:say", { detail: { value: document.body.dataset.typed } }));
  };
  const kept = read();
  if (!kept) return;
  if (!who) {
    if (location.search.includes("ended=1")) keep({ ...kept, ended: true });
    else if (!kept.ended) forget();
    const said = document.querySelector("[data-typed-kept]");
    if (said) said.hidden = false;
  } else if (!kept.ended || kept.who !== who) forget();
  else {
    put(document);
    document.addEventListener("htmx:load", (event) => put(event.detail.elt));
  }
})();
