// Links: the mark in the text, and the row where an address is written.
import { Mark } from "@tiptap/core";

const SAFE = /^(https?:\/\/|mailto:)\S+$/i;
const OWN = /^\/(?![/\\])\S*$/;
const MAIL = /^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/;
const BARE = /^[\p{L}\d-]+(\.[\p{L}\d-]+)+([/?#:]\S*)?$/u;

export function isSafe(href) {
  return SAFE.test(href) || OWN.test(href);
}

// The address as typed by a person, completed; null when it is none.
export function address(typed) {
  const text = typed.trim();
  if (isSafe(text)) { return text; }
  if (MAIL.test(text)) { return `mailto:${text}`; }
  return BARE.test(text) ? `https://${text}` : null;
}

export const Link = Mark.create({
  name: "link",
  priority: 1000,
  inclusive: false,
  addAttributes: () => ({ href: { default: null } }),
  parseHTML: () => [{ tag: "a[href]", getAttrs: (a) => isSafe(a.getAttribute("href").trim()) && null }],
  renderHTML: ({ HTMLAttributes }) => ["a", HTMLAttributes, 0],
});

export function linkRow(editor, row) {
  const input = row.querySelector("input");
  const error = row.querySelector("[role=alert]");
  const button = (name) => row.querySelector(`[data-do=${name}]`);

  error.id = `${editor.view.dom.getAttribute("aria-labelledby")}-bad-address`;
  input.setAttribute("aria-errormessage", error.id);

  const open = () => {
    const { href } = editor.getAttributes("link");
    row.hidden = false;
    error.hidden = true;
    input.removeAttribute("aria-invalid");
    input.value = href ?? "";
    button("unlink").hidden = !href;
    input.focus();
    input.select();
  };
  const close = () => { row.hidden = true; editor.view.focus(); };
  const apply = () => {
    const href = address(input.value);
    if (!href) {
      error.hidden = false;
      input.setAttribute("aria-invalid", "true");
      input.focus();
      return;
    }
    close();
    const chain = editor.chain();
    if (editor.isActive("link")) { chain.extendMarkRange("link").setMark("link", { href }); }
    else if (editor.state.selection.empty) { chain.insertContent(linked(input.value.trim(), href)); }
    else { chain.setMark("link", { href }); }
    chain.run();
  };

  button("apply").addEventListener("click", apply);
  button("unlink").addEventListener("click", () => { close(); editor.chain().extendMarkRange("link").unsetMark("link").run(); });
  button("cancel").addEventListener("click", close);
  row.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.preventDefault(); close(); }
    if (event.key === "Enter" && event.target === input) { event.preventDefault(); apply(); }
  });
  // The row's own input is no part of the text.
  for (const type of ["input", "change"]) { row.addEventListener(type, (event) => event.stopPropagation()); }
  return { open };
}

export function linked(text, href) {
  return { type: "text", text, marks: [{ type: "link", attrs: { href } }] };
}
