// Offers people, institutions and threads while an @ or a # is being written; without an answer it stays away.
import { linked } from "./link.js";

const BEGUN = /(?:^|[\s(])([@#])(\p{L}[\p{L}\p{N}.'-](?: ?[\p{L}\p{N}.'-]){0,38})$/u;
const PAUSE = 150;

export function picker(editor, box, { mentions, references }, say) {
  const places = { "@": mentions, "#": references };
  const list = box.querySelector("[role=listbox]");
  const text = editor.view.dom;
  let offers = [];
  let chosen = 0;
  let range = null;
  let left = null;
  let waiting = 0;
  let asked = new AbortController();

  list.id = `${text.getAttribute("aria-labelledby")}-offers`;

  const close = () => {
    clearTimeout(waiting);
    asked.abort();
    offers = [];
    list.replaceChildren();
    list.hidden = true;
    for (const name of ["aria-activedescendant", "aria-controls", "aria-autocomplete"]) { text.removeAttribute(name); }
  };
  const choose = (index) => {
    chosen = (index + offers.length) % offers.length;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    list.children[chosen].scrollIntoView({ block: "nearest" });
    text.setAttribute("aria-activedescendant", list.children[chosen].id);
  };
  const take = (index) => {
    const { label, url } = offers[index];
    const name = range.sign === "@" ? `@${label}` : label;
    const { from, to } = range;
    close();
    editor.view.focus();
    editor.chain().insertContentAt({ from, to }, [linked(name, url), { type: "text", text: " " }]).run();
  };
  const show = (found) => {
    offers = found;
    if (!offers.length) { close(); return; }
    list.replaceChildren(...offers.map((offer, at) => option(offer, `${list.id}-${at}`)));
    list.hidden = false;
    text.setAttribute("aria-controls", list.id);
    text.setAttribute("aria-autocomplete", "list");
    stand();
    choose(0);
    say("offers", { n: offers.length });
  };
  // Under the sign where the word began, and never past the edge of the box.
  const stand = () => {
    const sign = editor.view.coordsAtPos(range.from);
    const frame = box.getBoundingClientRect();
    list.style.insetBlockStart = `${sign.bottom - frame.top + 4}px`;
    list.style.insetInlineStart = `${Math.max(0, Math.min(sign.left - frame.left, frame.width - list.offsetWidth))}px`;
  };
  const ask = async ({ sign, query }) => {
    asked = new AbortController();
    try {
      const answer = await fetch(`${places[sign]}?q=${encodeURIComponent(query)}`, { signal: asked.signal, headers: { Accept: "application/json" } });
      if (answer.status === 404) { delete places[sign]; }
      show(answer.ok ? await answer.json() : []);
    } catch { /* No answer, or one that came too late: nothing is offered. */ }
  };
  const look = () => {
    const { selection } = editor.state;
    const before = selection.empty ? selection.$from.parent.textBetween(0, selection.$from.parentOffset, "\n", "\ufffc") : "";
    const [, sign, query] = BEGUN.exec(before) ?? [];
    if (!sign || !places[sign] || editor.isActive("link")) { left = null; close(); return; }
    range = { sign, query, from: selection.from - query.length - 1, to: selection.from };
    clearTimeout(waiting);
    asked.abort();
    if (left !== range.from) { waiting = setTimeout(ask, PAUSE, range); }
  };

  editor.on("update", look);
  editor.on("selectionUpdate", ({ transaction }) => { if (!transaction.docChanged) { close(); } });
  editor.on("blur", close);
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const at = [...list.children].indexOf(event.target.closest("[role=option]"));
    if (at >= 0) { take(at); }
  });
  // Before the text itself reads the key.
  box.addEventListener("keydown", (event) => {
    const act = {
      ArrowDown: () => choose(chosen + 1),
      ArrowUp: () => choose(chosen - 1),
      Enter: () => take(chosen),
      Escape: () => { left = range.from; close(); },
    }[event.key];
    if (!offers.length || event.isComposing || !act) { return; }
    event.preventDefault();
    event.stopPropagation();
    act();
  }, true);
}

function option({ label, detail }, id) {
  const made = document.createElement("li");
  made.setAttribute("role", "option");
  made.id = id;
  made.textContent = label;
  if (detail) {
    const more = document.createElement("span");
    more.className = "muted";
    more.textContent = detail;
    made.append(" ", more);
  }
  return made;
}
