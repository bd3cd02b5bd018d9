// Says how many characters are left, and only when the limit in data-limit comes near.
const NEAR = 0.9;
const figures = new Intl.NumberFormat(document.documentElement.lang);

for (const field of document.querySelectorAll("[data-limit]")) {
  const limit = Number(field.dataset.limit);
  const line = document.createElement("p");
  line.className = "counter";
  line.setAttribute("role", "status");
  field.after(line);
  const tell = () => {
    // Counted as the server counts: whole characters, a line break as one.
    const left = limit - [...field.value].length;
    const sentence = left < 0 ? field.dataset.over : field.dataset.left;
    line.classList.toggle("over", left < 0);
    line.textContent = left > limit * (1 - NEAR) ? "" : sentence.replace("{n}", figures.format(Math.abs(left)));
  };
  // The rich editor writes the field's text itself, and tells so on the wrapper.
  (field.closest("[data-editor]") ?? field).addEventListener("input", tell);
  tell();
}
