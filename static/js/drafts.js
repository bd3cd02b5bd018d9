// Keeps on the server what is being written: after a pause, now and then while there is none, and when the page goes.
import { openDoor, look } from "./door.js";

const PAUSE = 2000;
const LONGEST = 10_000;
const RETRIES = [3000, 6000, 12_000, 30_000];
const KEEPALIVE = 60_000;

for (const form of document.querySelectorAll("form[data-draft-url]")) { keep(form); }
for (const time of document.querySelectorAll("time[data-clock]")) { time.textContent = when(time.dateTime); }

function keep(form) {
  const foot = form.querySelector(".draft");
  const line = foot.querySelector("[role=status]");
  const { draft_version: version, draft_page: page, draft_turn: turn } = form.elements;
  // A browser may bring back what an earlier visit to the page left in them.
  for (const hidden of [version, page, turn]) { hidden.value = hidden.defaultValue; }
  page.value ||= key();
  let tries = 0, entries = 0, since = 0, timer = 0;
  let unsaved = false, sending = null, waiting = false, leaving = false;

  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  form.addEventListener("submit", (event) => {
    leaving = true;
    sending?.abort();
    clearTimeout(timer);
    // Something else on the page may hold the form back.
    setTimeout(() => { if (event.defaultPrevented) { leaving = false; if (unsaved) { plan(PAUSE); } } });
  });
  addEventListener("pageshow", () => { leaving = false; });
  addEventListener("online", () => { if (unsaved) { save(); } });
  addEventListener("pagehide", last);
  addEventListener("beforeunload", (event) => { if (unsaved && !leaving && (waiting || tries)) { event.preventDefault(); } });
  document.addEventListener("visibilitychange", () => { if (document.hidden) { save(); } });
  if ("unsaved" in foot.dataset) { unsaved = true; plan(PAUSE); }

  function touched(event) {
    if (event.target.type === "file") { return; }
    if (waiting) { unsaved = true; return; }
    if (!unsaved) { unsaved = true; since = Date.now(); }
    plan(Math.max(Math.min(PAUSE, since + LONGEST - Date.now()), 0));
  }

  function plan(delay) { clearTimeout(timer); timer = setTimeout(save, delay); }

  function collected() {
    turn.value = String(Number(turn.value) + 1);
    const data = new FormData(form);
    for (const [name, value] of [...data]) { if (value instanceof File) { data.delete(name); } }
    return data;
  }

  function send(options) {
    return fetch(form.dataset.draftUrl, { method: "POST", body: collected(), headers: { Accept: "application/json" }, ...options });
  }

  async function save() {
    clearTimeout(timer);
    if (!unsaved || sending || waiting || leaving) { return; }
    unsaved = false;
    sending = new AbortController();
    const answer = await send({ signal: sending.signal }).catch(() => null);
    const told = await answer?.json().catch(() => null);
    sending = null;
    if (leaving) { return; }
    if (answer?.ok && told) { done(told); return; }
    unsaved = true;
    if (answer?.status === 401 || answer?.status === 403) { await enter(told); }
    else if (answer?.status === 409 && told?.version) { compare(told); }
    else if (told && [404, 413, 422].includes(answer.status)) { say(told.reason, true); }
    else { say(line.dataset.failing, true); plan(RETRIES[Math.min(tries, RETRIES.length - 1)]); tries += 1; }
  }

  function done(told) {
    tries = entries = 0;
    version.value = String(told.version);
    if (told.spent && form.elements.submission?.value === told.spent) { form.elements.submission.value = key(); }
    const over = form.parentElement.querySelector(":scope > .draft-bar time");
    if (over && told.saved_at) { over.textContent = when(told.saved_at); }
    say(told.saved_at ? line.dataset.saved.replace("{when}", when(told.saved_at)) : "");
    if (unsaved) { since = Date.now(); plan(PAUSE); }
  }

  // What was written just before the page goes is sent after it; a browser sends little so.
  function last() {
    if (!unsaved || waiting || leaving) { return; }
    const size = [...collected()].reduce((sum, [name, value]) => sum + name.length + 3 * value.length + 200, 0);
    if (size < KEEPALIVE) { send({ keepalive: true }).catch(() => {}); }
  }

  function say(words, failing = false) {
    line.classList.toggle("failing", failing);
    if (line.textContent !== words) { line.textContent = words; }
  }

  // The session or its token is gone: a fresh page tells which, and who is signed in now.
  async function enter(told) {
    waiting = true;
    let found = await look(foot.dataset, form.dataset.draftUrl);
    if (!found) { waiting = false; say(line.dataset.failing, true); plan(RETRIES.at(-1)); return; }
    entries += 1;
    if (found.out) {
      const before = document.activeElement;
      say(line.dataset.out, true);
      found = await openDoor(panel("door"), foot.dataset, form.dataset.draftUrl);
      before?.focus?.();
    }
    else if (found.who === foot.dataset.name && (!found.form || entries > 2)) {
      // Nothing is wrong with the session; what was refused is the act.
      waiting = false;
      say(told?.reason ?? line.dataset.failing, true);
      return;
    }
    if (found.member !== foot.dataset.member) { ask(found); return; }
    resume(found);
  }

  function resume(found) {
    for (const input of document.querySelectorAll("input[name=csrf_token]")) { input.value = found.token; }
    waiting = false;
    unsaved = true;
    say(line.dataset.in);
    save();
  }

  function ask(found) {
    say(line.dataset.other, true);
    const box = panel("other");
    const words = box.querySelector("p");
    words.textContent = words.textContent.replace("{name}", found.who);
    const button = box.querySelector("[data-do=theirs]");
    button.hidden = !found.form;
    // The one who wrote it may have come back through another tab.
    const again = async () => {
      const now = await look(foot.dataset, form.dataset.draftUrl);
      if (now?.member === foot.dataset.member && box.isConnected) { box.remove(); resume(now); }
    };
    addEventListener("focus", again);
    button.addEventListener("click", () => {
      removeEventListener("focus", again);
      box.remove();
      Object.assign(foot.dataset, { member: found.member, name: found.who });
      version.value = found.version;
      resume(found);
    });
  }

  // Two devices wrote in the same draft: both texts are kept until one is chosen.
  function compare(told) {
    waiting = true;
    say(line.dataset.newer, true);
    const box = panel("newer");
    box.querySelector("[data-text]").textContent = told.text;
    const chosen = () => { box.remove(); version.value = String(told.version); waiting = false; unsaved = true; save(); };
    box.querySelector("[data-do=mine]").addEventListener("click", chosen);
    box.querySelector("[data-do=insert]").addEventListener("click", () => { insert(told.text); chosen(); });
  }

  function insert(text) {
    const box = form.querySelector("[data-editor]");
    if (!box) { const field = form.querySelector("textarea"); field.value += `\n\n${text}`; return; }
    const holder = document.createElement("div");
    for (const part of text.split(/\n\s*\n/)) { holder.append(Object.assign(document.createElement("p"), { textContent: part })); }
    box.dispatchEvent(new CustomEvent("editor:insert", { detail: { html: holder.innerHTML, text } }));
  }

  function panel(name) {
    const old = form.parentElement.querySelector(":scope > .draft-panel");
    old?.remove();
    const shown = form.querySelector(`template[data-${name}]`).content.firstElementChild.cloneNode(true);
    form.after(shown);
    return shown;
  }
}

function key() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// In the reader's own clock, written as the page's language does.
function when(instant) {
  const language = document.documentElement.lang === "sv" ? "sv-SE" : "en-GB";
  const at = new Date(instant);
  const clock = at.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
  const shown = language === "sv-SE" ? clock.replace(":", ".") : clock;
  if (at.toDateString() === new Date().toDateString()) { return shown; }
  return `${at.toLocaleDateString(language, { day: "numeric", month: "long", year: "numeric" })} ${language === "sv-SE" ? "kl. " : ""}${shown}`;
}
