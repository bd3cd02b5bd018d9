// The row of buttons: one stop for the Tab key, arrows between the buttons, the state of the text on each.
const ACTIONS = {
  heading: { run: (chain) => chain.toggleHeading({ level: 3 }), is: (editor) => editor.isActive("heading", { level: 3 }) },
  subheading: { run: (chain) => chain.toggleHeading({ level: 4 }), is: (editor) => editor.isActive("heading", { level: 4 }) },
  bold: { run: (chain) => chain.toggleBold(), is: (editor) => editor.isActive("bold") },
  italic: { run: (chain) => chain.toggleItalic(), is: (editor) => editor.isActive("italic") },
  bullets: { run: (chain) => chain.toggleBulletList(), is: (editor) => editor.isActive("bulletList") },
  numbers: { run: (chain) => chain.toggleOrderedList(), is: (editor) => editor.isActive("orderedList") },
  quote: { run: (chain) => chain.toggleBlockquote(), is: (editor) => editor.isActive("blockquote") },
  table: { run: (chain) => chain.insertTable({ rows: 2, cols: 3, withHeaderRow: true }), can: (editor) => !editor.isActive("table") },
  undo: { run: (chain) => chain.undo(), can: (editor) => editor.can().undo() },
  redo: { run: (chain) => chain.redo(), can: (editor) => editor.can().redo() },
  "add-row": { run: (chain) => chain.addRowAfter() },
  "add-column": { run: (chain) => chain.addColumnAfter() },
  "delete-row": { run: (chain) => chain.deleteRow() },
  "delete-column": { run: (chain) => chain.deleteColumn() },
  "delete-table": { run: (chain) => chain.deleteTable() },
};

export function toolbar(editor, bar, link, say) {
  const buttons = [...bar.querySelectorAll("button")];
  const tableTools = bar.querySelector("[data-in=table]");
  const actions = { ...ACTIONS, link: { open: link.open, is: (it) => it.isActive("link") } };
  let current = buttons[0];

  const reachable = () => buttons.filter((button) => !button.closest("[hidden]"));
  const stop = (button) => {
    current.tabIndex = -1;
    current = button;
    current.tabIndex = 0;
  };
  const move = (button) => { stop(button); button.focus(); };
  const press = (button) => {
    const action = actions[button.dataset.do];
    if (button.getAttribute("aria-disabled") === "true") { return; }
    if (action.open) { action.open(); return; }
    editor.view.focus();
    action.run(editor.chain()).run();
    if (action.is) { say(action.is(editor) ? "on" : "off", { name: button.textContent.trim() }); }
  };
  const refresh = () => {
    tableTools.hidden = !editor.isActive("table");
    for (const button of buttons) {
      const action = actions[button.dataset.do];
      if (action.is) { button.setAttribute("aria-pressed", String(action.is(editor))); }
      if (action.can) { button.setAttribute("aria-disabled", String(!action.can(editor))); }
    }
    if (!reachable().includes(current)) { stop(buttons[0]); }
  };

  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) { stop(button); press(button); }
  });
  // The text keeps its cursor while the mouse presses a button.
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  bar.addEventListener("keydown", (event) => {
    const row = reachable();
    const at = row.indexOf(current);
    const goal = { ArrowRight: row[(at + 1) % row.length], ArrowLeft: row.at(at - 1), Home: row[0], End: row.at(-1) }[event.key];
    if (goal) { event.preventDefault(); move(goal); }
    if (event.key === "Escape") { event.preventDefault(); editor.view.focus(); }
  });
  if (/Mac|iPhone|iPad/.test(navigator.userAgent)) {
    for (const button of buttons) { button.title = button.title.replace("Ctrl+", "⌘"); }
  }
  editor.on("transaction", refresh);
  stop(buttons[0]);
  refresh();
  return { focus: () => current.focus() };
}
