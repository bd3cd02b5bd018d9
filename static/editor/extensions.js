// What a text may hold, and the keys that lead out of it.
import { Extension } from "@tiptap/core";
import { Blockquote } from "@tiptap/extension-blockquote";
import { Bold } from "@tiptap/extension-bold";
import { Document } from "@tiptap/extension-document";
import { HardBreak } from "@tiptap/extension-hard-break";
import { Heading } from "@tiptap/extension-heading";
import { Italic } from "@tiptap/extension-italic";
import { BulletList, ListItem, ListKeymap, OrderedList } from "@tiptap/extension-list";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Text } from "@tiptap/extension-text";
import { TrailingNode, UndoRedo } from "@tiptap/extensions";
import { Plugin } from "@tiptap/pm/state";
import { Link } from "./link.js";
import { Cell, HeaderCell, Row, Table } from "./table.js";

// Ctrl + Alt writes signs such as @ and $ on a Swedish keyboard, so headings have no keys of their own.
const PlainHeading = Heading.extend({ addKeyboardShortcuts: () => ({}) }).configure({ levels: [3, 4] });
const PlainParagraph = Paragraph.extend({ addKeyboardShortcuts: () => ({}) });

// Lists without a start or a kind of their own: the page draws them alike.
const Numbers = OrderedList.extend({ addAttributes: () => ({ start: { default: 1, rendered: false } }) });

function ways({ toToolbar, toLink }) {
  return Extension.create({
    name: "ways",
    addKeyboardShortcuts: () => ({
      "Alt-F10": () => { toToolbar(); return true; },
      "Mod-k": () => { toLink(); return true; },
    }),
    addProseMirrorPlugins() {
      let leaving = false;
      // After Escape the Tab key leaves the text, also from a list or a table where it has a meaning.
      const keydown = (view, event) => {
        const leaves = leaving && event.key === "Tab";
        if (event.key !== "Shift") { leaving = event.key === "Escape"; }
        return leaves;
      };
      return [new Plugin({ props: { handleDOMEvents: { keydown } } })];
    },
  });
}

export function extensions(hands) {
  return [
    ways(hands), Document, PlainParagraph, Text, PlainHeading, Bold, Italic, Link, HardBreak,
    BulletList, Numbers, ListItem, ListKeymap, Blockquote, Table, Row, Cell, HeaderCell, TrailingNode, UndoRedo,
  ];
}
