// Scoring by keyboard. The page works without it; numbers act only inside a question, j, k, n and p from anywhere.
(function () {
  "use strict";

  const form = document.getElementById("scores");
  if (!form) return;
  const questions = Array.from(form.querySelectorAll(".question"));
  const toggle = document.getElementById("keys-on");
  const STORED = "judging-keys";

  function stored() {
    try {
      return localStorage.getItem(STORED) !== "off";
    } catch {
      return true;
    }
  }

  function store(on) {
    try {
      localStorage.setItem(STORED, on ? "on" : "off");
    } catch {
      // Without storage the choice holds for this page only.
    }
  }

  function isWriting(element) {
    return element.matches("textarea, select, input:not([type=radio]):not([type=checkbox]), [contenteditable]");
  }

  function show(question) {
    if (!question) return;
    question.focus({ preventScroll: true });
    const box = question.getBoundingClientRect();
    const smooth = window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    if (box.top < 0 || box.bottom > window.innerHeight - 70) question.scrollIntoView({ block: "start", behavior: smooth });
  }

  function move(from, step) {
    const at = questions.indexOf(from);
    show(at === -1 ? questions[step > 0 ? 0 : questions.length - 1] : questions[at + step]);
  }

  function answer(question, value) {
    const choice = question.querySelector(`input[type=radio][value="${value}"]`);
    if (!choice) return false;
    choice.checked = true;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
    move(question, 1);
    return true;
  }

  function pressed(event) {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && form.contains(event.target)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button[name=next]"));
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !toggle.checked || isWriting(event.target)) return;
    const question = event.target.closest(".question");
    if (act(event, question)) event.preventDefault();
  }

  function act(event, question) {
    // On a radio button the arrows stay what they are everywhere: they change the choice.
    const arrows = question && event.target === question;
    if (event.key === "j" || (arrows && event.key === "ArrowDown")) return move(question, 1), true;
    if (event.key === "k" || (arrows && event.key === "ArrowUp")) return move(question, -1), true;
    if (event.key === "n") return go("go-after");
    if (event.key === "p") return go("go-before");
    if (!question) return false;
    if (/^[1-5]$/.test(event.key)) return answer(question, event.key);
    if (event.key === "0") return answer(question, "na");
    return false;
  }

  function go(id) {
    const link = document.getElementById(id);
    if (link) link.click();
    return Boolean(link);
  }

  function count() {
    const answered = questions.filter((question) => question.querySelector("input:checked")).length;
    const status = document.getElementById("answered");
    if (!status) return; // Locked: there is nothing to answer.
    status.textContent = status.dataset.words.replace("{answered}", answered).replace("{all}", questions.length);
  }

  form.addEventListener("change", count);
  document.addEventListener("desk:shown", count);

  for (const question of questions) question.tabIndex = -1;
  toggle.checked = stored();
  toggle.addEventListener("change", function (event) {
    event.stopPropagation();
    store(toggle.checked);
  });
  document.addEventListener("keydown", pressed);
  count();
  const wrong = form.querySelector(".question.wrong");
  if (wrong) show(wrong);
})();
