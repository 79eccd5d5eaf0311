// A report in under a minute: files go as soon as they are chosen, taken or dropped; without it a button sends them.
"use strict";
(() => {
  document.documentElement.classList.add("has-script");

  // A paper shows the fields that its kind has.
  const FIELDS = { local_act: ["title", "number", "dated"], minutes: ["title", "number", "dated"], event: ["title", "dated"], link: ["title", "url"] };
  const fit = (form) => {
    const kind = form.querySelector("[name=paper-kind]");
    if (!kind) return;
    for (const name of ["title", "number", "dated", "url"]) {
      const field = form.querySelector(`[name=paper-${name}]`);
      field.closest(".av-field").hidden = !FIELDS[kind.value].includes(name) && !field.value;
    }
  };
  const ready = (root) => {
    const forms = root.matches?.(".as-form") ? [root] : root.querySelectorAll(".as-form");
    for (const form of forms) {
      for (const input of form.querySelectorAll(".as-pick input")) input.disabled = false;
      fit(form);
      form.querySelector(".av-summary")?.focus();
    }
  };
  document.addEventListener("DOMContentLoaded", () => ready(document));
  document.addEventListener("htmx:load", (event) => ready(event.detail.elt));

  // What is too large stays here, and says so in its own line.
  const small = (form, files) => {
    const lines = form.querySelector(".av-files");
    const limit = Number(form.dataset.limit) * 1024 * 1024;
    return files.filter((file) => {
      if (file.size <= limit) return true;
      const line = document.createElement("li");
      line.className = "is-bad";
      const words = document.createElement("span");
      const why = document.createElement("span");
      why.className = "small bad av-under";
      why.textContent = form.dataset.tooLarge;
      words.append(file.name, why);
      line.append(document.createElement("span"), words);
      lines.prepend(line);
      return false;
    });
  };
  const send = (form, input, files) => {
    const kept = new DataTransfer();
    for (const file of small(form, files)) kept.items.add(file);
    input.files = kept.files;
    if (kept.files.length) form.requestSubmit(form.querySelector(".as-plain-add"));
  };
  document.addEventListener("change", (event) => {
    const form = event.target.closest(".as-form");
    if (!form) return;
    if (event.target.matches("[type=file]")) send(form, event.target, [...event.target.files]);
    if (event.target.matches("[name=paper-kind]")) fit(form);
  });
  const zone = (event) => event.target.closest?.(".as-drop");
  for (const name of ["dragenter", "dragover"])
    document.addEventListener(name, (event) => {
      if (!zone(event)) return;
      event.preventDefault();
      zone(event).classList.add("is-over");
    });
  for (const name of ["dragleave", "drop"]) document.addEventListener(name, (event) => zone(event)?.classList.remove("is-over"));
  document.addEventListener("drop", (event) => {
    if (!zone(event)) return;
    event.preventDefault();
    const form = zone(event).closest(".as-form");
    send(form, form.querySelector("[type=file]"), [...event.dataTransfer.files]);
  });
  document.addEventListener("htmx:xhr:progress", (event) => {
    const bar = event.target.querySelector?.(".as-drop .av-prog");
    if (!bar || !event.detail.lengthComputable) return;
    bar.hidden = event.detail.loaded >= event.detail.total;
    bar.value = (100 * event.detail.loaded) / event.detail.total;
  });
})();
