// Files may be dropped on their form; without this they are chosen. One that is too large says so after the sending.
(function () {
  "use strict";

  const formAt = (event) => event.target.closest?.("form[data-drop]");

  document.addEventListener("dragover", function (event) {
    const form = formAt(event);
    if (!form || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    form.classList.add("is-over");
  });

  document.addEventListener("dragleave", function (event) {
    formAt(event)?.classList.remove("is-over");
  });

  document.addEventListener("drop", function (event) {
    const form = formAt(event);
    if (!form || !event.dataTransfer.files.length) return;
    event.preventDefault();
    form.classList.remove("is-over");
    form.elements.files.files = event.dataTransfer.files;
    form.requestSubmit();
  });

  document.addEventListener("htmx:afterRequest", function (event) {
    const section = event.detail.elt.closest?.("[data-unsent]");
    if (section && !event.detail.successful) section.querySelector("[data-said]").textContent = section.dataset.unsent;
  });
})();
