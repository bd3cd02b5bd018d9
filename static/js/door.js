// Signs in again without leaving the page: the real sign-in form, however many steps it has, shown in a panel.

// What the page at `address` says now: who is signed in, its token, and whether the form is there for them.
export async function look({ door, page: address }, draftUrl) {
  const answer = await fetch(address, { headers: { Accept: "text/html" }, cache: "no-store" }).catch(() => null);
  if (!answer) { return null; }
  const page = parsed(await answer.text());
  const form = [...page.querySelectorAll("form[data-draft-url]")].find((each) => each.getAttribute("data-draft-url") === draftUrl);
  const foot = form?.querySelector(".draft");
  return {
    out: under(answer.url, door),
    form: Boolean(form),
    member: foot?.dataset.member,
    who: foot?.dataset.name ?? page.querySelector(".account a")?.firstChild.textContent ?? "",
    version: form?.querySelector("[name=draft_version]").value,
    token: page.querySelector("input[name=csrf_token]")?.value,
  };
}

// Fills `panel` with the form of the door, and answers what the page says when somebody has signed in.
export function openDoor(panel, where, draftUrl) {
  const place = panel.querySelector("[data-form]");
  return new Promise((resolve) => {
    const show = async (answer) => {
      const form = parsed(await answer.text()).querySelector("main form");
      if (under(answer.url, where.door) && form) { place.replaceChildren(form); focus(form); return; }
      const found = await look(where, draftUrl);
      if (!found || found.out) { begin(); return; }
      panel.remove();
      resolve(found);
    };
    const begin = () => fetch(where.door, { cache: "no-store" }).then(show, () => setTimeout(begin, 5000));
    place.addEventListener("submit", (event) => {
      event.preventDefault();
      const form = event.target;
      const data = new FormData(form, event.submitter);
      for (const button of form.querySelectorAll("button")) { button.disabled = true; }
      const again = () => { for (const button of form.querySelectorAll("button")) { button.disabled = false; } };
      fetch(form.action, { method: "POST", body: data, cache: "no-store" }).then(show, again);
    });
    begin();
  });
}

function parsed(html) { return new DOMParser().parseFromString(html, "text/html"); }

// Whether an address belongs to the door: /auth/login leads to the other steps under /auth/.
function under(address, door) {
  const folder = new URL(".", new URL(door, location.href)).pathname;
  return new URL(address).pathname.startsWith(folder);
}

// Somebody in the middle of a sentence keeps the keyboard; the line beside the text tells them where to go.
function focus(form) {
  if (document.activeElement?.closest("textarea, [contenteditable]")) { return; }
  (form.querySelector("[role=alert]") ?? form.querySelector("input:not([type=hidden])"))?.focus();
}
