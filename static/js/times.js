// Dates of a program in the reader's own time zone. Without this script they stand in the program's, which stays in the title.
(function () {
  "use strict";

  function local(moment) {
    const language = document.documentElement.lang;
    const day = { day: "numeric", month: "long", year: "numeric" };
    const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    // The order of the rest of the page: 3 May 2026, 18:00.
    const words = language === "en" ? "en-GB" : language;
    const date = new Intl.DateTimeFormat(words, day).format(moment);
    return date + ", " + new Intl.DateTimeFormat(words, clock).format(moment);
  }

  function improve(time) {
    const moment = new Date(time.dateTime);
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (isNaN(moment) || !zone) return;
    time.title = time.textContent;
    time.textContent = local(moment) + " (" + zone.replaceAll("_", " ") + ")";
  }

  document.addEventListener("DOMContentLoaded", function () {
    for (const time of document.querySelectorAll("time.zoned")) improve(time);
    for (const note of document.querySelectorAll("[data-zone-note]")) note.hidden = false;
  });
})();
