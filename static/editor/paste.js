// What happens when something is pasted: foreign HTML is made ours, plain text gets its lists.
import { DOMParser, Slice } from "@tiptap/pm/model";
import { isSafe } from "./link.js";
import { fromPlain } from "./plain.js";
import { clean } from "./word.js";

const LONGEST = 1_000_000;

export function pasting(theEditor, say) {
  return {
    handleDOMEvents: {
      // Before anything is parsed, for that alone would stop the page for a long while.
      paste(view, event) {
        const html = event.clipboardData?.getData("text/html") ?? "";
        if (html.length <= LONGEST) { return false; }
        event.preventDefault();
        view.pasteText(event.clipboardData.getData("text/plain"));
        say("toolarge");
        return true;
      },
    },
    transformPastedHTML: (html) => (html.includes("data-pm-slice") ? html : clean(html)),
    clipboardTextParser: (text, $context) => slice(text, $context),
    handlePaste(view, event) {
      // An address pasted over chosen words becomes their link.
      const text = event.clipboardData?.getData("text/plain").trim() ?? "";
      if (view.state.selection.empty || /\s/.test(text) || text.startsWith("/") || !isSafe(text)) { return false; }
      return theEditor().commands.setMark("link", { href: text });
    },
  };
}

function slice(text, $context) {
  const page = new window.DOMParser().parseFromString(fromPlain(text), "text/html");
  if (!page.body.firstChild) { return Slice.empty; }
  return DOMParser.fromSchema($context.doc.type.schema).parseSlice(page.body, { context: $context });
}
