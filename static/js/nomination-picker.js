// Arrow keys between the search box and the companies found below it.
(function () {
  "use strict";

  document.addEventListener("keydown", function (event) {
    const box = document.querySelector("[data-picker] input[type=search]");
    const picks = [...document.querySelectorAll("[data-picks] button")];
    const place = picks.indexOf(document.activeElement);
    if (!picks.length || (place < 0 && document.activeElement !== box)) return;
    if (event.key === "ArrowDown") (picks[place + 1] || picks[place]).focus();
    else if (event.key === "ArrowUp" && place >= 0) (picks[place - 1] || box).focus();
    else if (event.key === "Escape" && place >= 0) box.focus();
    else return;
    event.preventDefault();
  });
})();
