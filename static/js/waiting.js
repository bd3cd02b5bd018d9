// While a long file is being drawn, tells how far it has come and fetches it when it is there.
const PAUSE = 2000;

for (const place of document.querySelectorAll("[data-waiting]")) {
  const bar = place.querySelector("progress");
  const said = place.querySelector("[data-share]");
  const timer = setInterval(async () => {
    const state = await ask(place.dataset.waiting);
    if (state === null) { return; }
    said.textContent = said.textContent.replace(/\d+/, state.ready ? 100 : state.share);
    bar.value = state.ready ? 100 : state.share;
    if (state.ready || state.failed) {
      clearInterval(timer);
      place.querySelector("[data-ready]").hidden = !state.ready;
      location.assign(place.dataset.waiting);
    }
  }, PAUSE);
}

async function ask(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
