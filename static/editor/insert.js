// Takes in what another part of the page hands over, such as a quote.
export function insertable(wrapper, editor) {
  wrapper.addEventListener("editor:insert", ({ detail }) => {
    editor.view.focus();
    // A quote comes as a block of its own; the writing goes on after it.
    editor.chain().insertContent(detail.html).scrollIntoView().run();
    const { $from, empty } = editor.state.selection;
    const quote = empty && [...Array($from.depth + 1).keys()].find((depth) => $from.node(depth).type.name === "blockquote");
    if (quote) { after(editor, $from.after(quote)); }
  });
}

function after(editor, position) {
  const next = editor.state.doc.resolve(position).nodeAfter;
  const chain = editor.chain();
  if (next?.type.name !== "paragraph") { chain.insertContentAt(position, { type: "paragraph" }); }
  chain.setTextSelection(position + 1).run();
}
