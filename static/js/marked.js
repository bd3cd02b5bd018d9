// Which words are marked in a post. A press on a link empties the selection in some browsers, so the last one is kept.
let marked = null;

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) { return; }
  const range = selection.getRangeAt(0);
  const node = range.commonAncestorContainer;
  const prose = (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement).closest(".prose");
  marked = prose ? { prose, words: selection.toString().trim() } : null;
});

// The words marked last, when they stand in the text of `place`; else nothing.
export function markedIn(place) {
  return marked && place.contains(marked.prose) ? marked.words : "";
}
