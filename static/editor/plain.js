// Plain text and the editor's content, each from the other, by the rules the server goes by.
const ITEM = /^(\s*)(?:[-•*·]|(\d{1,3})[.)])\s+(.*)$/;
const QUOTED = /^\s*>\s?/;
const SOURCE = /^\s*(\/posts\/\d+)\s*$/;

export function fromPlain(text) {
  const blocks = text.replace(/\r\n?/g, "\n").split(/\n[^\S\n]*\n/);
  return blocks.filter((block) => block.trim()).map((block) => drawn(block.split("\n"))).join("");
}

// One block, whose lines may be a paragraph, a list, a quote, and where a quote was taken from.
function drawn(lines) {
  const groups = [];
  for (const line of lines) {
    const last = groups.at(-1);
    const { kind, part } = read(line, last?.kind);
    if (kind === "more") { last.parts.at(-1).text += `<br>${escaped(line.trim())}`; }
    else if (last?.kind === kind) { last.parts.push(part); }
    else { groups.push({ kind, parts: [part] }); }
  }
  return groups.map(({ kind, parts }) => WRITE[kind](parts)).join("");
}

function read(line, before) {
  const item = ITEM.exec(line);
  if (QUOTED.test(line)) { return { kind: "quote", part: line.replace(QUOTED, "") }; }
  // A list begins with 1: what begins with a year is a sentence.
  if (item && (!item[2] || item[2] === "1" || before === "list")) {
    return { kind: "list", part: { indent: item[1].length, tag: item[2] ? "ol" : "ul", text: escaped(item[3]) } };
  }
  if (before === "list" && /^\s{2,}\S/.test(line)) { return { kind: "more" }; }
  return SOURCE.test(line) ? { kind: "source", part: line.trim() } : { kind: "words", part: escaped(line.trim()) };
}

const WRITE = {
  words: (lines) => `<p>${lines.join("<br>")}</p>`,
  quote: (lines) => `<blockquote>${fromPlain(lines.join("\n")) || "<p></p>"}</blockquote>`,
  source: (links) => links.map((href) => `<p><a href="${href}">${href}</a></p>`).join(""),
  list: (items) => nested(items),
};

// Items further in than the one before them are a list inside it.
function nested(items) {
  let html = "";
  let tag = null;
  for (let at = 0; at < items.length;) {
    const inner = items.slice(at + 1).findIndex((item) => item.indent < items[at].indent + 2);
    const next = inner < 0 ? items.length : at + 1 + inner;
    if (items[at].tag !== tag) { html += (tag ? `</${tag}>` : "") + `<${items[at].tag}>`; ({ tag } = items[at]); }
    html += `<li><p>${items[at].text}</p>${nested(items.slice(at + 1, next))}</li>`;
    at = next;
  }
  return html + (tag ? `</${tag}>` : "");
}

function escaped(text) {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

export function toPlain(doc) {
  return blocks(doc).join("\n\n").trim();
}

function blocks(node) {
  return node.children.map((child) => sourceOf(child, node) ?? block(child)).filter(Boolean);
}

// The post that the last line of a quote leads to.
function sourceOf(node, parent) {
  const href = parent.type.name === "blockquote" && node.childCount === 1 ? hrefOf(node.firstChild) : null;
  return href && SOURCE.test(href) ? href : null;
}

function block(node) {
  switch (node.type.name) {
    case "bulletList": return node.children.map((item) => `- ${listed(item)}`).join("\n");
    case "orderedList": return node.children.map((item, index) => `${index + 1}. ${listed(item)}`).join("\n");
    case "blockquote": return blocks(node).join("\n\n").split("\n").map((line) => `> ${line}`.trim()).join("\n");
    case "table": return node.children.map((row) => row.children.map(cell).join(" | ")).join("\n");
    default: return words(node);
  }
}

function listed(item) {
  return blocks(item).join("\n").replace(/\n(?=.)/g, "\n  ");
}

function cell(node) {
  return blocks(node).join(" ").replaceAll("\n", " ");
}

// What a paragraph says, with the address of a link that does not say it itself.
function words(node) {
  let text = "";
  node.children.forEach((child, index) => {
    if (!child.isText) { text += "\n"; return; }
    const href = hrefOf(child);
    text += child.text;
    if (!href || hrefOf(node.children[index + 1]) === href) { return; }
    const label = text.slice(text.length - labelOf(node, index, href).length);
    const says = [href, href.replace(/^mailto:/, ""), href.replace(/^https:\/\//, "")].includes(label);
    if (!says && !(label.startsWith("@") && href.startsWith("/members/"))) { text += ` (${href.replace(/^mailto:/, "")})`; }
  });
  return text.trim();
}

function labelOf(node, index, href) {
  let label = "";
  for (let at = index; at >= 0 && hrefOf(node.children[at]) === href; at -= 1) { label = node.children[at].text + label; }
  return label;
}

function hrefOf(node) {
  return node?.marks.find((mark) => mark.type.name === "link")?.attrs.href;
}
