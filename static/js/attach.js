// Sends each file as soon as it is chosen, shows how far it has come, and keeps the list of files that wait.
// Without this script the files are sent with the text.
for (const place of document.querySelectorAll("[data-attach]")) {
  const form = place.closest("form");
  const input = place.querySelector("input[type=file]");
  const list = place.querySelector("[data-attach-list]");
  const bar = place.querySelector("progress");
  const status = place.querySelector("[role=status]");
  const queue = [];
  let busy = false;

  const say = (sentence, name = "") => { status.textContent = (sentence ?? "").replace("{name}", name); };

  input.addEventListener("change", () => {
    queue.push(...input.files);
    input.value = ""; // What is sent here is not sent once more with the text.
    next();
  });

  // A text that is published while a file is on its way would lose it.
  form.addEventListener("submit", (event) => {
    if (!busy) { return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    say(place.dataset.wait);
  }, true);

  list.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-drop]");
    if (!button) { return; }
    const name = button.closest("[data-file]").dataset.file;
    const body = new FormData();
    body.set("csrf_token", form.elements.csrf_token.value);
    button.disabled = true;
    const answer = await fetch(button.dataset.drop, { method: "POST", body }).catch(() => null);
    button.disabled = false;
    if (!answer?.ok || !show(await answer.text())) { say(place.dataset.failed, name); return; }
    say(place.dataset.gone, name);
    input.focus(); // The button that had the focus is gone.
  });

  async function next() {
    if (busy) { return; }
    busy = true;
    const troubles = [];
    while (queue.length) {
      const file = queue.shift();
      const trouble = file.size > Number(place.dataset.largest) ? place.dataset.tooLarge : await send(file);
      if (trouble) { troubles.push(trouble.replace("{name}", file.name)); }
      say(trouble ?? place.dataset.done, file.name);
    }
    busy = false;
    bar.parentElement.hidden = true;
    if (troubles.length) { say(troubles.join(" ")); }
    status.classList.toggle("error", troubles.length > 0);
  }

  // Resolves to what went wrong, or to null.
  function send(file) {
    const body = new FormData();
    body.set("csrf_token", form.elements.csrf_token.value);
    body.set("submission", form.elements.submission.value);
    body.set("file", file);
    bar.parentElement.hidden = false;
    bar.value = 0;
    bar.setAttribute("aria-label", place.dataset.sending.replace("{name}", file.name));
    say(place.dataset.sending, file.name);
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open("POST", place.dataset.url);
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) { bar.value = event.loaded / event.total; }
      });
      request.addEventListener("load", () => {
        const shown = [200, 422].includes(request.status) && show(request.responseText);
        resolve(shown ? refusal() : place.dataset.failed);
      });
      request.addEventListener("error", () => resolve(place.dataset.failed));
      request.send(body);
    });
  }

  // Draws the list that the server answered with; descriptions being written stay. False for another page.
  function show(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-pending]");
    if (!fresh) { return false; }
    const written = new Map([...list.querySelectorAll("input[type=text]")].map((field) => [field.name, field.value]));
    list.replaceChildren(document.importNode(fresh, true));
    for (const field of list.querySelectorAll("input[type=text]")) { field.value = written.get(field.name) ?? field.value; }
    dress();
    return true;
  }

  // What the server refused is told with everything else, in the status line.
  function refusal() {
    const said = list.querySelector("[data-refused]");
    said?.remove();
    return said ? said.textContent.trim() : null;
  }

  function dress() {
    for (const box of list.querySelectorAll("[data-drop-box]")) { box.hidden = true; }
    for (const button of list.querySelectorAll("[data-drop]")) { button.hidden = false; }
  }
  dress();
}
