// A list of organisations with marks: the number of marked ones stands in the button; without it the form is whole.
"use strict";
(() => {
  for (const form of document.querySelectorAll("form[data-pick]")) {
    const button = form.querySelector("[type=submit]:not([name])");
    const label = button.textContent;
    const count = () => {
      const marked = new Set();
      for (const whole of form.querySelectorAll("[name=place]:checked"))
        for (const one of whole.closest("details").querySelectorAll("[name=unit]")) marked.add(one.value);
      for (const one of form.querySelectorAll("[name=unit]:checked")) marked.add(one.value);
      button.textContent = marked.size ? `${label}: ${marked.size}` : label;
    };
    form.addEventListener("change", (event) => {
      const group = event.target.name === "place" && event.target.closest("details");
      if (group) for (const one of group.querySelectorAll("[name=unit]")) one.checked = event.target.checked;
      if (event.target.name === "unit" && !event.target.checked) {
        const whole = event.target.closest("details").querySelector("[name=place]");
        if (whole) whole.checked = false;
      }
      count();
    });
    count();
  }
})();
