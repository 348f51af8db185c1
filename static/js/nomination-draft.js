// The nomination form: what is typed stays in this browser until the server says it is saved.
(function () {
  "use strict";

  const PREFIX = "laurel-draft-";
  const OLDEST = 7 * 24 * 3600 * 1000;
  const NOT_KEPT = ["csrfmiddlewaretoken", "seen", "page", "keep_mine"];

  const done = document.querySelector("[data-forget]");
  if (done) localStorage.removeItem(PREFIX + done.dataset.forget);

  const form = document.querySelector("form[data-keep]");
  if (!form) return;
  const key = PREFIX + form.dataset.keep;
  let changedAt = 0;

  // Another person's text, and text nobody came back for, must not lie around.
  for (const name of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
    const mine = name.startsWith(PREFIX + form.dataset.keep.split("-")[0] + "-");
    if (!mine || Date.now() - (read(name)?.at || 0) > OLDEST) localStorage.removeItem(name);
  }
  if (form.hasAttribute("data-just-saved")) localStorage.removeItem(key);

  function read(name) {
    try {
      return JSON.parse(localStorage.getItem(name));
    } catch {
      return null;
    }
  }

  function values() {
    return [...new FormData(form)].filter(([name, value]) => !NOT_KEPT.includes(name) && typeof value === "string");
  }

  function keep() {
    changedAt = Date.now();
    try {
      localStorage.setItem(key, JSON.stringify({ at: changedAt, values: values() }));
    } catch {
      // No room, or storage is off: the server still has every saved state.
    }
  }

  function restore(kept) {
    for (const field of form.elements) {
      if (!field.name || NOT_KEPT.includes(field.name) || field.type === "submit") continue;
      // What the page knew of colleagues' answers goes with the text: the server joins those it did not show.
      if (field.type === "hidden" && !field.hasAttribute("data-restore")) continue;
      const found = kept.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "checkbox" || field.type === "radio") field.checked = found.includes(field.value);
      else if (found.length) field.value = found[0];
    }
  }

  const kept = read(key);
  if (kept && JSON.stringify(kept.values) !== JSON.stringify(values())) {
    restore(kept.values);
    form.querySelector("[data-restored]").hidden = false;
    // htmx is ready after this script: the restored text is saved like typed text.
    window.addEventListener("load", () => form.dispatchEvent(new Event("change", { bubbles: true })));
  } else if (kept) {
    localStorage.removeItem(key);
  }

  form.addEventListener("input", keep);
  form.addEventListener("change", keep);

  // A refusal is an answer too: its sentence is shown where "Saved" would stand.
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (event.target.id === "save-state" && [401, 409, 422].includes(event.detail.xhr.status)) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });

  document.addEventListener("htmx:beforeRequest", function (event) {
    if (event.target === form) event.detail.xhr.sentAt = Date.now();
  });

  document.addEventListener("htmx:afterRequest", function (event) {
    if (event.target !== form && event.detail.elt !== form) return;
    const status = event.detail.xhr.status;
    if (status === 200 && changedAt <= event.detail.xhr.sentAt) localStorage.removeItem(key);
    if (status === 0 || status === 403 || status >= 500) {
      document.getElementById("save-state").textContent = form.dataset.unsaved;
    }
  });

  // Rows for results: one empty row at a time.
  const rows = [...form.querySelectorAll("[data-row]")];
  const add = form.querySelector("[data-add-row]");
  const isEmpty = (row) => [...row.querySelectorAll("input")].every((input) => !input.value);
  const showNext = function () {
    const next = rows.find((row) => row.hidden);
    if (next) next.hidden = false;
    add.hidden = !rows.some((row) => row.hidden);
    return next;
  };
  if (add) {
    let spare = 0;
    for (const row of rows) row.hidden = isEmpty(row) && spare++ > 0;
    add.hidden = !rows.some((row) => row.hidden);
    add.addEventListener("click", () => showNext()?.querySelector("input").focus());
  }

  // A person is chosen, or typed; not both.
  const nominee = form.elements.nominee;
  const typed = document.getElementById("new-nominee");
  const choose = function () {
    typed.hidden = Boolean(nominee.value);
    if (typed.hidden) for (const field of typed.querySelectorAll("input, select")) field.value = "";
  };
  if (nominee && typed) {
    if (nominee.options.length > 1) nominee.addEventListener("change", choose);
    if (nominee.value) typed.hidden = true;
  }
})();
