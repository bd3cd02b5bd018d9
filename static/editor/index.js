// The rich editor over a plain textarea; the textarea stays in the form as the text without its looks.
import { Editor } from "@tiptap/core";
import { fromPlain } from "./plain.js";
import { extensions } from "./extensions.js";
import { insertable } from "./insert.js";
import { linkRow } from "./link.js";
import { picker } from "./mention.js";
import { pasting } from "./paste.js";
import { bind, written } from "./mirror.js";
import { toolbar } from "./toolbar.js";

export function start(wrapper) {
  const textarea = wrapper.querySelector("textarea");
  const template = wrapper.querySelector("template[data-tools]");
  const parts = template.content.cloneNode(true);
  const box = parts.querySelector(".editor");
  const status = parts.querySelector("[role=status]");
  const words = JSON.parse(template.dataset.words);
  const say = (key, values = {}) => {
    status.textContent = words[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  };

  const hands = {};
  const editor = new Editor({
    element: parts.querySelector(".editor-text"),
    extensions: extensions({ toToolbar: () => hands.bar.focus(), toLink: () => hands.link.open() }),
    content: written(wrapper, textarea),
    injectCSS: false,
    // Marks that plain writing has too; nobody here is surprised by a # or a *.
    enableInputRules: ["bulletList", "orderedList", "blockquote"],
    enablePasteRules: false,
    editorProps: { attributes: named(wrapper, textarea, parts), ...pasting(() => editor, say) },
  });
  hands.link = linkRow(editor, parts.querySelector(".editor-link"));
  hands.bar = toolbar(editor, parts.querySelector("[role=toolbar]"), hands.link, say);
  picker(editor, box, wrapper.dataset, say);
  insertable(wrapper, editor);

  const typed = document.activeElement === textarea ? textarea.selectionStart : null;
  textarea.before(parts);
  bind(wrapper, textarea, editor);
  if (typed !== null) { continueAt(editor, textarea.value, typed); }
  wrapper.dataset.editor = "on";
  wrapper.dispatchEvent(new CustomEvent("editor:ready", { bubbles: true, detail: { editor } }));
}

// The text takes over the name and the descriptions that the textarea had.
function named(wrapper, textarea, parts) {
  const label = wrapper.querySelector(`label[for="${textarea.id}"]`);
  label.id ||= `${textarea.id}-label`;
  const keys = parts.querySelector(".editor-keys");
  keys.id = `${textarea.id}-keys`;
  const attributes = {
    class: "prose",
    role: "textbox",
    "aria-multiline": "true",
    "aria-labelledby": label.id,
    "aria-describedby": [textarea.getAttribute("aria-describedby"), keys.id].filter(Boolean).join(" "),
    lang: textarea.lang || document.documentElement.lang,
    spellcheck: "true",
  };
  if (textarea.required) { attributes["aria-required"] = "true"; }
  if (textarea.getAttribute("aria-invalid")) { attributes["aria-invalid"] = "true"; }
  return attributes;
}

// Someone was typing in the textarea while the editor arrived: the cursor stays where it was.
function continueAt(editor, text, offset) {
  const MARK = "\ue000";
  editor.commands.setContent(fromPlain(text.slice(0, offset) + MARK + text.slice(offset)), { emitUpdate: false });
  editor.state.doc.descendants((node, position) => {
    const at = node.isText ? node.text.indexOf(MARK) : -1;
    if (at < 0) { return; }
    editor.view.dispatch(editor.state.tr.delete(position + at, position + at + 1).setMeta("addToHistory", false));
    editor.commands.setTextSelection(position + at);
  });
  editor.view.focus();
}
