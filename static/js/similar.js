// While a title is being written, shows what has been discussed under much the same one.
const PAUSE = 400;

for (const field of document.querySelectorAll("[data-similar]")) {
  const place = field.form.querySelector("[data-similar-place]");
  let waiting = 0;
  let asked = 0;
  // What is being pressed must not move away under the pointer.
  field.form.addEventListener("pointerdown", ({ target }) => { if (target.closest("button")) { asked += 1; } });
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const turn = ++asked;
      const found = await ask(field);
      // A slow answer to an earlier wording must not replace a later one.
      if (turn === asked && found !== null) { place.innerHTML = found; }
    }, PAUSE);
  });
}

async function ask(field) {
  try {
    const answer = await fetch(`${field.dataset.similar}?title=${encodeURIComponent(field.value)}`);
    return answer.ok ? (await answer.json()).html : null;
  } catch {
    return null;
  }
}
