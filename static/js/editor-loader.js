// Fetches the rich editor when a text box comes near the view or is used; until then the box is a plain one.
const NEAR = "400px 0px";

for (const wrapper of document.querySelectorAll("[data-editor][data-src]")) {
  const textarea = wrapper.querySelector("textarea");
  const uses = ["focusin", "editor:insert"];
  let loading = null;
  let composing = false;

  const watch = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) { load(); }
  }, { rootMargin: NEAR });
  const load = () => (loading ??= fetched());
  const fetched = async () => {
    watch.disconnect();
    try {
      const { start } = await import(wrapper.dataset.src);
      // A letter that is being put together, as é by two keys, is let finish first.
      if (composing) { await new Promise((done) => textarea.addEventListener("compositionend", done, { once: true })); }
      start(wrapper);
    }
    catch (failure) { wrapper.dataset.editor = "plain"; throw failure; }
    finally { for (const use of uses) { wrapper.removeEventListener(use, used, true); } }
  };
  const used = (event) => {
    if (event.type !== "editor:insert") { load(); return; }
    // What is to be inserted waits for the editor; insert.js takes it when there will be none.
    event.stopImmediatePropagation();
    const again = () => wrapper.dispatchEvent(new CustomEvent("editor:insert", { bubbles: true, detail: event.detail }));
    load().then(again, again);
  };

  for (const use of uses) { wrapper.addEventListener(use, used, true); }
  textarea.addEventListener("compositionstart", () => { composing = true; });
  textarea.addEventListener("compositionend", () => { composing = false; });
  watch.observe(textarea);
}
