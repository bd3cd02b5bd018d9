// Says how many characters are left, and only when the limit in data-limit comes near.
const NEAR = 0.9;
const language = document.documentElement.lang;

for (const field of document.querySelectorAll("[data-limit]")) {
  const limit = Number(field.dataset.limit);
  const line = document.createElement("p");
  line.className = "counter";
  line.setAttribute("role", "status");
  field.after(line);
  const tell = () => {
    // Counted as the server counts: whole characters, a line break as one.
    const left = limit - [...field.value].length;
    line.classList.toggle("over", left < 0);
    line.textContent = left > limit * (1 - NEAR) ? "" : words(left);
  };
  field.addEventListener("input", tell);
  tell();
}

function words(left) {
  const n = Math.abs(left).toLocaleString(language);
  if (language === "en") { return left < 0 ? `${n} characters too many` : `${n} characters left`; }
  return left < 0 ? `${n} tecken för mycket` : `${n} tecken kvar`;
}
