// Tables without widths, styles or tables inside them.
import { Table as BaseTable, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";

const content = "(paragraph | heading | bulletList | orderedList | blockquote)+";
const spans = {
  addAttributes: () => ({ colspan: span("colspan"), rowspan: span("rowspan"), colwidth: { default: null, rendered: false, parseHTML: () => null } }),
};

function span(name) {
  return {
    default: 1,
    parseHTML: (element) => Number.parseInt(element.getAttribute(name), 10) || 1,
    renderHTML: (attributes) => (attributes[name] > 1 ? { [name]: attributes[name] } : {}),
  };
}

export const Cell = TableCell.extend({ content, ...spans });
export const HeaderCell = TableHeader.extend({ content, ...spans });
export const Row = TableRow;
export const Table = BaseTable.extend({
  renderHTML: () => ["table", ["tbody", 0]],
  addKeyboardShortcuts() {
    return {
      ...this.parent?.(),
      // At the last cell the key leads on, out of the text: a keyboard must never be caught in a table.
      Tab: () => this.editor.commands.goToNextCell(),
    };
  },
}).configure({ View: null });
