// The key n goes to the next unread post, or the next thread on the page of news, unless the member is typing.
const unread = (document.querySelector("[data-unread]")?.dataset.unread ?? "").split(" ").filter(Boolean);
const steps = document.querySelectorAll("[data-step]").length > 0
  ? [...document.querySelectorAll("[data-step]")]
  : unread.map((id) => document.getElementById(`p${id}`)).filter(Boolean)
    .sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
// Where there is nothing more here: the page that has it.
const beyond = document.querySelector("[data-next-unread]:not([href^='#'])") ?? document.querySelector("[data-next-step]");
let at = -1;

for (const help of document.querySelectorAll("[data-keys]")) { help.hidden = steps.length === 0 && !beyond; }

document.addEventListener("keydown", (event) => {
  if (event.key !== "n" || event.ctrlKey || event.metaKey || event.altKey) { return; }
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
