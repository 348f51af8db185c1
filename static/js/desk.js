// The judging desk: what is answered is saved at once. Without a connection it is kept in this browser
// and sent later. The form works without this script.
(function () {
  "use strict";

  const PREFIX = "laurel-judging-";
  const NOT_TAKEN = "!"; // after the name: answers the server did not take, for the person to decide
  const OLDEST = 60 * 24 * 3600 * 1000;
  const AGAIN_AFTER = 10_000;
  const TYPING = 800;

  const form = document.querySelector("form[data-save]");
  const unsent = document.getElementById("unsent");
  const seat = (form || unsent)?.dataset.seat;

  // Whoever closes the desk leaves nothing behind in this browser.
  for (const leaving of document.querySelectorAll("form[data-leave-desk]")) {
    leaving.addEventListener("submit", () => names().forEach((name) => localStorage.removeItem(name)));
  }
  if (!seat) return;

  // Another person's answers, and those nobody came back for, must not lie around.
  for (const name of names()) if (!isMine(name) || Date.now() - (read(name)?.at || 0) > OLDEST) localStorage.removeItem(name);
  if (form) editor();
  else sendKept().then(report);

  function names() {
    try {
      return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
    } catch {
      return []; // Storage is off.
    }
  }

  function isMine(name) {
    return name.startsWith(`${PREFIX}${seat}-`);
  }

  function read(name) {
    try {
      return JSON.parse(localStorage.getItem(name));
    } catch {
      return null;
    }
  }

  function keep(name, record) {
    try {
      localStorage.setItem(name, JSON.stringify({ ...record, at: Date.now() }));
      return true;
    } catch {
      return false; // No room, or storage is off.
    }
  }

  // One sending: what changed, and what the page knew before. Rejects when nothing came back.
  async function post(record) {
    const body = new URLSearchParams(record.changes);
    for (const [name, value] of Object.entries(record.seen)) body.set(`seen-${name}`, value);
    if (record.handIn) body.set("hand_in", "1");
    if (record.handIn === "next") body.set("next", "1");
    const token = JSON.parse(document.body.getAttribute("hx-headers"))["x-csrftoken"];
    const headers = { "X-CSRFToken": token, Accept: "application/json" };
    // Goes through even when the page is left meanwhile.
    const answer = await fetch(record.url, { method: "POST", headers, body, keepalive: true });
    if (answer.status >= 500) throw new Error("server");
    const isData = (answer.headers.get("content-type") || "").startsWith("application/json");
    // A page instead of data is the sign-in page, or the refusal of a session that is over.
    return isData ? answer.json() : { state: "signed_out" };
  }

  // What was kept on pages other than this one. Returns what still waits.
  async function sendKept(except = "") {
    let sent = 0;
    for (const name of names()) {
      const record = read(name);
      if (!record || !isMine(name) || name.endsWith(NOT_TAKEN) || name === except) continue;
      try {
        const answer = await post(record);
        if (answer.state === "signed_out") break;
        localStorage.removeItem(name);
        if (answer.state !== "saved") keepNotTaken(name, record, answer);
        sent += 1;
      } catch {
        window.addEventListener("online", () => sendKept(except).then(report), { once: true });
        break;
      }
    }
    return sent;
  }

  function keepNotTaken(name, record, answer) {
    const refused = Object.entries(record.changes).filter(([key]) => !answer.not_taken || answer.not_taken.includes(key));
    const facts = { here: record.here, label: record.label, sentence: answer.sentence, mayUse: answer.state === "conflict" };
    keep(name + NOT_TAKEN, { ...facts, changes: Object.fromEntries(refused) });
  }

  // The queue says what waits, and shows the new state of what was sent.
  function report(sent) {
    if (!unsent) return;
    const waiting = names().filter(isMine);
    if (sent && !waiting.length) return location.reload();
    unsent.hidden = !waiting.length;
    unsent.replaceChildren(...waiting.map(lineOf));
  }

  function lineOf(name) {
    const record = read(name);
    const line = document.createElement("p");
    const link = document.createElement("a");
    link.href = record.here;
    link.textContent = record.label;
    const drop = document.createElement("button");
    drop.className = "btn btn-link";
    drop.type = "button";
    drop.textContent = unsent.dataset.drop;
    drop.addEventListener("click", function () {
      localStorage.removeItem(name);
      report(0);
    });
    line.append(link, `: ${record.sentence || unsent.dataset.waiting} `, drop);
    return line;
  }

  function editor() {
    const words = form.dataset;
    const name = `${PREFIX}${seat}-${words.save}`;
    const state = document.getElementById("save-state");
    const box = document.getElementById("not-taken");
    let seen = shownByServer();
    let isSending = false;
    let isHeld = false; // The server refused: nothing more is sent until something is changed.
    let handIn = null;
    let timer = null;

    const kept = read(name);
    if (kept) takeUp(kept);
    showNotTaken();
    sendKept(name);

    form.addEventListener("change", save);
    form.addEventListener("input", function (event) {
      if (event.target.name !== "comment") return;
      isHeld = false;
      store();
      again(TYPING);
    });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      handIn = event.submitter?.name === "next" ? "next" : "stay";
      save();
    });
    window.addEventListener("online", send);
    window.addEventListener("beforeunload", function (event) {
      if (Object.keys(changes()).length && !read(name)) event.preventDefault();
    });
    box.querySelector("[data-use-mine]").addEventListener("click", function () {
      show(read(name + NOT_TAKEN).changes);
      drop();
      save();
    });
    box.querySelector("[data-drop-mine]").addEventListener("click", function () {
      drop();
      localStorage.removeItem(name);
      location.reload();
    });

    // What the page was made with, whatever the browser has put into the fields since.
    function shownByServer() {
      const values = { comment: text(form.elements.comment.defaultValue) };
      for (const radio of form.querySelectorAll("input[type=radio]")) if (radio.defaultChecked) values[radio.name] = radio.value;
      return values;
    }

    function shownNow() {
      const entries = [...new FormData(form)].filter(([key]) => key === "comment" || key.startsWith("component-"));
      return Object.fromEntries(entries.map(([key, value]) => [key, text(value)]));
    }

    function text(value) {
      return value.replace(/\r\n?/g, "\n");
    }

    function changes() {
      return Object.fromEntries(Object.entries(shownNow()).filter(([key, value]) => value !== seen[key]));
    }

    function show(values) {
      if ("comment" in values) form.elements.comment.value = values.comment;
      for (const radio of form.querySelectorAll("input[type=radio]")) {
        if (radio.name in values) radio.checked = radio.value === values[radio.name];
      }
      document.dispatchEvent(new CustomEvent("desk:shown"));
    }

    function record() {
      const changed = changes();
      const before = Object.fromEntries(Object.entries(seen).filter(([key]) => key in changed));
      return { url: words.save, here: words.here, label: words.label, changes: changed, seen: before, handIn };
    }

    function store() {
      return keep(name, record());
    }

    // Answers from an earlier visit: shown again, and sent against what was known then.
    function takeUp(record) {
      show(record.changes);
      for (const key of Object.keys(record.changes)) delete seen[key];
      Object.assign(seen, record.seen);
      handIn = record.handIn;
      window.addEventListener("load", send);
    }

    function save() {
      isHeld = false;
      store();
      send();
    }

    function again(after) {
      clearTimeout(timer);
      timer = setTimeout(send, after);
    }

    async function send() {
      clearTimeout(timer);
      const sending = record();
      if (isSending || isHeld || !(Object.keys(sending.changes).length || handIn)) return;
      isSending = true;
      state.textContent = words.saving;
      let arrived = true;
      try {
        take(await post(sending), sending);
      } catch {
        arrived = false;
        state.textContent = store() ? (handIn ? words.keptHandedIn : words.kept) : words.lost;
        again(AGAIN_AFTER);
      }
      isSending = false;
      if (arrived && (handIn || Object.keys(changes()).length)) send(); // changed while this one was under way
    }

    function take(answer, sent) {
      if (answer.state === "saved") return saved(answer, sent);
      if (answer.state === "signed_out") {
        isHeld = true;
        store();
        state.textContent = answer.sentence || words.signedOut;
        return undefined;
      }
      handIn = null;
      keepNotTaken(name, sent, answer);
      if (answer.state === "conflict") {
        // What stands on the server is newer and stays; what was not taken is listed and can still be used.
        const later = Object.fromEntries(Object.entries(changes()).filter(([key]) => !(key in sent.changes)));
        seen = { comment: "", ...answer.values };
        show({ ...answer.values, ...later });
        settle();
      } else {
        isHeld = true;
        localStorage.removeItem(name);
      }
      state.textContent = "";
      return showNotTaken();
    }

    function saved(answer, sent) {
      Object.assign(seen, sent.changes);
      if (sent.handIn && sent.handIn === handIn) {
        handIn = null;
        localStorage.removeItem(name);
        drop();
        location.assign(answer.next);
        return;
      }
      settle();
      const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
      state.textContent = words.saved.replace("{time}", time);
    }

    // Only what has not arrived stays in the browser.
    function settle() {
      if (handIn || Object.keys(changes()).length) store();
      else localStorage.removeItem(name);
    }

    function drop() {
      localStorage.removeItem(name + NOT_TAKEN);
      box.hidden = true;
    }

    function showNotTaken() {
      const refused = read(name + NOT_TAKEN);
      if (!refused) return;
      const list = document.createElement("ul");
      list.append(...Object.entries(refused.changes).map(([key, value]) => line(key, value)));
      box.querySelector("ul")?.remove();
      box.querySelector("p").textContent = refused.sentence;
      box.querySelector("p").after(list);
      box.querySelector("[data-use-mine]").hidden = !refused.mayUse;
      box.hidden = false;
      box.focus();
    }

    function line(key, value) {
      const item = document.createElement("li");
      item.textContent = `${labelOf(key)}: ${value === "na" ? words.notApplicable : value}`;
      return item;
    }

    function labelOf(key) {
      if (key === "comment") return form.querySelector("label[for=id_comment]").textContent;
      const radio = form.querySelector(`input[name="${key}"]`);
      return radio ? radio.closest("fieldset").querySelector("legend").firstChild.textContent.trim() : key;
    }
  }
})();
