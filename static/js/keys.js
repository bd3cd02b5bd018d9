// The key n goes to the first unread post, unless the member is typing.
const goal = document.querySelector("#first-unread");

if (goal) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "n" || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.target.closest("input, textarea, select, [contenteditable]")) { return; }
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    goal.scrollIntoView({ behavior: still ? "auto" : "smooth" });
    goal.focus({ preventScroll: true });
  });
}
