// A button that copies a text. Without this script the button is hidden and the text is selected by hand.
(function () {
  "use strict";

  async function copy(button) {
    const field = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // No clipboard without https: the old way, or at least the text is marked.
      field.select();
      if (!document.execCommand("copy")) return;
    }
    document.getElementById(button.dataset.said).textContent = button.dataset.done;
  }

  function offer() {
    for (const button of document.querySelectorAll("button[data-copy][hidden]")) {
      button.hidden = false;
      button.addEventListener("click", function () { copy(button); });
    }
  }

  document.addEventListener("DOMContentLoaded", offer);
  document.addEventListener("htmx:afterSettle", offer);
})();
