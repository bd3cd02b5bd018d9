// The key n goes to the next unread post, or the next thread on the page of news, unless the member is typing.
const unread = (document.querySelector("[data-unread]")?.dataset.unread ?? "").split(" ").filter(Boolean);
const steps = document.querySelectorAll("[data-step]").length > 0
  ? [...document.querySelectorAll("[data-step]")]
  : unread.map((id) => document.getElementById(`p${id}`)).filter(Boolean)
    .sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
// Where there is nothing more here: the page that has it.
const beyond = document.querySelector("[data-next-unread]:not([href^='#'])") ?? document.querySelector("[data-next-step]");
let at = -1;

// A single key can be pressed by mistake, or by a voice; who does not want it turns it off here for good.
const OFF = "keys-off";
for (const help of document.querySelectorAll("[data-keys]")) {
  help.hidden = steps.length === 0 && !beyond;
  const button = help.querySelector("button");
  const say = () => { button.textContent = localStorage.getItem(OFF) ? button.dataset.on : button.dataset.off; };
  button.addEventListener("click", () => {
    if (localStorage.getItem(OFF)) { localStorage.removeItem(OFF); } else { localStorage.setItem(OFF, "yes"); }
    say();
  });
  say();
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "n" || localStorage.getItem(OFF) || event.ctrlKey || event.metaKey || event.altKey) { return; }
  if (event.target.closest("input, textarea, select, [contenteditable]")) { return; }
  at += 1;
  if (at < steps.length) { go(steps[at]); } else if (beyond) { beyond.click(); } else { at = steps.length - 1; }
});

function go(goal) {
  // The line above the first unread post belongs to it.
  const line = goal.previousElementSibling?.id === "first-unread" ? goal.previousElementSibling : goal;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  line.scrollIntoView({ behavior: still ? "auto" : "smooth" });
  const focus = goal.matches("a") ? goal : goal.querySelector("[data-step-link]") ?? goal;
  if (!focus.matches("a")) { focus.tabIndex = -1; }
  focus.focus({ preventScroll: true });
}
