// Upload with a drop zone and a share of what was sent; without it the form sends itself.
"use strict";
(() => {
  const form = document.querySelector(".d-drop");
  const lines = document.getElementById("u-lines");
  if (!form || !lines) return;
  const input = form.querySelector("input[type=file]");
  const error = document.getElementById("u-error");
  const limit = Number(form.dataset.limit) * 1024 * 1024;

  // The label is the one button: the browser's own field speaks its own language and needs a second press.
  const label = form.querySelector("label[for=u-file]");
  label.className = "btn btn-primary";
  label.textContent = label.dataset.plain;
  input.classList.add("visually-hidden");
  input.after(label);
  form.querySelector(".d-pick [type=submit]").hidden = true;
  input.addEventListener("change", () => take([...input.files]));

  const line = (name) => {
    const item = document.createElement("li");
    const text = document.createElement("div");
    const title = document.createElement("b");
    title.textContent = name;
    const bar = document.createElement("progress");
    bar.className = "av-prog";
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", name);
    const note = document.createElement("p");
    note.className = "small muted";
    text.append(title, bar, note);
    item.append(document.createElement("span"), text);
    lines.prepend(item);
    return { item, bar, note };
  };
  const fail = (row, words) => {
    row.item.classList.add("is-bad");
    row.bar.remove();
    row.note.className = "bad";
    row.note.textContent = words;
  };
  // One file after another: each reading takes a processor of the server.
  const send = (file) =>
    new Promise((done) => {
      const row = line(file.name);
      if (file.size > limit) {
        fail(row, form.dataset.tooLarge);
        return done();
      }
      const body = new FormData(form);
      body.delete("file");
      body.append("file", file);
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.setRequestHeader("X-Avgust-Upload", "1");
      request.upload.addEventListener("progress", (event) => {
        if (!event.lengthComputable) return;
        row.bar.value = (100 * event.loaded) / event.total;
        row.note.textContent = event.loaded < event.total ? `${Math.round(row.bar.value)} %` : form.dataset.reading;
      });
      request.addEventListener("load", () => {
        if (request.status === 200) row.item.outerHTML = request.responseText;
        else fail(row, form.dataset.failed);
        done();
      });
      request.addEventListener("error", () => {
        fail(row, form.dataset.failed);
        done();
      });
      request.send(body);
    });
  const take = async (files) => {
    error.hidden = files.length > 0;
    for (const file of files) await send(file);
    input.value = "";
    // What was read stands in the list at once, and the page's first sentence counts it.
    if (lines.querySelector("a") && window.htmx)
      htmx.ajax("GET", window.location.href, { target: "#d-list", swap: "outerHTML" });
    const only = lines.querySelectorAll("a.btn-primary");
    if (files.length === 1 && only.length === 1) only[0].focus();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    take([...input.files]);
  });
  for (const name of ["dragenter", "dragover"])
    form.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.add("is-over");
    });
  for (const name of ["dragleave", "drop"]) form.addEventListener(name, () => form.classList.remove("is-over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    take([...event.dataTransfer.files]);
  });
})();
