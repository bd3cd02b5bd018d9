// Keeps the textarea and the editor saying the same, and sends HTML with the form.
import { fromPlain, toPlain } from "./plain.js";

// What the editor begins with: the text as it was given, unless the textarea has been written in since.
export function written(wrapper, textarea) {
  const html = wrapper.querySelector("template[data-html]").content.textContent.trim();
  return html && textarea.value === textarea.defaultValue ? html : fromPlain(textarea.value);
}

export function bind(wrapper, textarea, editor) {
  const html = () => editor.getHTML().replace(/(?:<p><\/p>)+$/, "");
  const mirror = () => { textarea.value = toPlain(editor.state.doc); };
  const first = html();

  wrapper.querySelector(`label[for="${textarea.id}"]`).removeAttribute("for");
  wrapper.querySelector("label").addEventListener("click", () => editor.view.focus());
  textarea.tabIndex = -1;
  textarea.setAttribute("aria-hidden", "true");
  // A link to the field, from the list of errors above all, leads to the text.
  textarea.addEventListener("focus", () => editor.view.focus());

  editor.on("update", () => { mirror(); wrapper.dispatchEvent(new Event("input", { bubbles: true })); });
  // A script, an extension or dictation has filled the textarea.
  textarea.addEventListener("input", () => {
    editor.commands.setContent(fromPlain(textarea.value), { emitUpdate: false });
  });
  textarea.form.addEventListener("reset", () => editor.commands.setContent(first));
  textarea.form.addEventListener("formdata", ({ formData }) => {
    formData.set(textarea.name, html());
    formData.set("format", "html");
  });
}
