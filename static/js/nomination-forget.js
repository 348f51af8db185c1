// Whoever signs out leaves no unsaved nomination text and no unsent scores behind in this browser.
(function () {
  "use strict";

  const PREFIXES = ["laurel-draft-", "laurel-judging-"];

  document.addEventListener("submit", function (event) {
    if (!new URL(event.target.action, location.href).pathname.endsWith("/logout/")) return;
    for (const name of Object.keys(localStorage)) {
      if (PREFIXES.some((prefix) => name.startsWith(prefix))) localStorage.removeItem(name);
    }
  });
})();
