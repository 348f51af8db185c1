// Whoever signs out leaves no unsaved nomination text behind in this browser.
(function () {
  "use strict";

  document.addEventListener("submit", function (event) {
    if (!new URL(event.target.action, location.href).pathname.endsWith("/logout/")) return;
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith("laurel-draft-")) localStorage.removeItem(name);
    }
  });
})();
