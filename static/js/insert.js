// Puts what another part of the page hands over, such as a quote, into a text box without the rich editor.
for (const wrapper of document.querySelectorAll("[data-editor]")) {
  wrapper.addEventListener("editor:insert", ({ detail }) => {
    if (wrapper.dataset.editor === "on") { return; }
    const box = wrapper.querySelector("textarea");
    const before = box.value.slice(0, box.selectionStart).trimEnd();
    const after = box.value.slice(box.selectionEnd).trimStart();
    const begun = [before, detail.text.trim()].filter(Boolean).join("\n\n");
    box.value = `${begun}\n\n${after}`;
    box.setSelectionRange(begun.length + 2, begun.length + 2);
    box.focus();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
