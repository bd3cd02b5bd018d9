// Makes HTML from elsewhere (Word, Word on the web, Google Docs, LibreOffice, web pages) as plain as ours.
import { foldLists } from "./word-lists.js";
import { isSafe } from "./link.js";

const DROPPED = "script, style, meta, link, title, xml, object, img, svg, video, audio, iframe, input, select, del, "
  + ".MsoCommentReference, .MsoCommentText, a.msocomanchor, .Apple-interchange-newline";
const HIDDEN = /mso-hide:\s*all|display:\s*none|mso-element:\s*(comment-list|comment|header|footer)\b/i;
const BLOCKS = "p, h1, h2, h3, h4, h5, h6, li, ul, ol, table, tr, td, th, blockquote, div, pre, section, article";
const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^'"<>])*>/gi;
const KEPT = { P: "p", LI: "li", UL: "ul", OL: "ol", BLOCKQUOTE: "blockquote", BR: "br", STRONG: "strong", B: "strong", EM: "em", I: "em" };

export function clean(html) {
  const { markup, sheet } = disarmed(html);
  const page = new DOMParser().parseFromString(markup, "text/html");
  for (const element of page.querySelectorAll(DROPPED)) { element.remove(); }
  for (const element of page.querySelectorAll("[data-style]")) {
    if (HIDDEN.test(element.dataset.style)) { element.remove(); }
  }
  foldLists(page.body, sheet);
  const to = page.createElement("div");
  copyInto(to, page.body, { levels: levels(page.body) });
  return to.innerHTML;
}

// The page's policy forbids inline style and scripts, and reports even those of a page that nobody sees.
function disarmed(html) {
  let sheet = "";
  const bare = html.replace(/<style\b[^>]*>([\s\S]*?)<\/style>/gi, (_, rules) => { sheet += rules; return ""; });
  return { markup: bare.replace(TAG, (tag) => tag.replace(/\s(style|on\w+)(?=\s*=)/gi, " data-$1")), sheet };
}

// A heading's level in the source; the title of a document stands above its first heading.
function levelOf(element) {
  if (element.classList.contains("MsoTitle")) { return 0; }
  if (element.getAttribute("role") === "heading") { return Number(element.getAttribute("aria-level")) || 2; }
  return /^H[1-6]$/.test(element.nodeName) ? Number(element.nodeName[1]) : null;
}

// Which levels there are: the highest becomes our heading, all below it our subheading.
function levels(body) {
  const found = [...body.querySelectorAll("h1, h2, h3, h4, h5, h6, .MsoTitle, [role=heading]")];
  return Math.min(...found.filter((element) => element.textContent.trim()).map(levelOf));
}

function copyInto(to, from, state) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) { to.append(spaced(node, from)); }
    if (node.nodeType === Node.ELEMENT_NODE) { copy(to, node, state); }
  }
}

// One space where a typewriter has many; a single hard space inside a text is meant, as in 10 %.
function spaced(node, parent) {
  if (/mso-tab-count|mso-spacerun/.test(parent.dataset?.style ?? "")) { return " "; }
  return node.data.replace(/[ \t\r\n]+/g, " ").replace(/[ \u00a0]{2,}|^\u00a0|\u00a0$/g, " ");
}

function copy(to, element, state) {
  const level = levelOf(element);
  if (level !== null) { add(to, level === state.levels ? "h3" : "h4", element, { ...state, plain: true }); }
  else if (element.nodeName === "TABLE") { copyTable(to, element, state); }
  else if (element.matches(".MsoQuote, .MsoIntenseQuote")) { add(to, "blockquote", wrapped(element), { ...state, quiet: true }); }
  else if (element.nodeName === "BR" && standsBetween(element)) { /* A gap between two blocks is ours to draw. */ }
  else if (element.nodeName === "A") { copyLink(to, element, state); }
  else if (KEPT[element.nodeName] && !(element.nodeName === "B" && isLight(element))) { add(to, KEPT[element.nodeName], element, state); }
  else if (element.matches(BLOCKS)) { add(to, "div", element, state); }
  else { copyInto(marked(to, element, state), element, state); }
}

function standsBetween(line) {
  return [line.previousElementSibling, line.nextElementSibling].some((beside) => beside?.matches(BLOCKS));
}

function add(to, name, element, state) {
  const inline = name === "strong" || name === "em";
  if ((name === "strong" && state.plain) || (name === "em" && state.quiet)) { copyInto(to, element, state); return; }
  const made = to.ownerDocument.createElement(name);
  copyInto(made, element, state);
  const isBare = !inline && name !== "br" && !made.textContent.trim();
  if (!isBare) { to.append(made); }
}

// Google, LibreOffice and Word on the web say bold and italic in the style of a span.
function marked(to, element, state) {
  let inner = to;
  if (!state.plain && isHeavy(element)) { inner = inner.appendChild(to.ownerDocument.createElement("strong")); }
  if (!state.quiet && styled(element, "font-style") === "italic") { inner = inner.appendChild(to.ownerDocument.createElement("em")); }
  return inner;
}

function copyLink(to, element, state) {
  const href = (element.getAttribute("href") ?? "").trim();
  if (!isSafe(href) || href.startsWith("/")) { copyInto(to, element, state); return; }
  const made = to.ownerDocument.createElement("a");
  made.setAttribute("href", href);
  copyInto(made, element, state);
  to.append(made);
}

// A table of one cell is only a frame, and a table inside another one becomes its lines.
function copyTable(to, table, state) {
  const rows = [...table.rows];
  if (state.inTable || rows.reduce((sum, row) => sum + row.cells.length, 0) < 2) {
    for (const cell of rows.flatMap((row) => [...row.cells])) { add(to, "div", cell, state); }
    return;
  }
  const made = to.appendChild(to.ownerDocument.createElement("table"));
  const isHead = rows[0].closest("thead") || [...rows[0].cells].every(isBold);
  for (const row of rows) {
    const line = made.insertRow();
    for (const cell of row.cells) {
      const head = cell.nodeName === "TH" || (isHead && row === rows[0]);
      const copied = line.appendChild(to.ownerDocument.createElement(head ? "th" : "td"));
      for (const name of ["colspan", "rowspan"]) {
        if (cell.getAttribute(name) > 1) { copied.setAttribute(name, cell.getAttribute(name)); }
      }
      copyInto(copied, cell, { ...state, inTable: true, plain: state.plain || head });
    }
  }
}

function isBold(cell) {
  const text = (element) => element.textContent.replace(/\s+/g, "");
  const heavy = [...cell.querySelectorAll("b, strong, span")].filter((part) => part.nodeName !== "SPAN" || isHeavy(part));
  return cell.nodeName === "TH" || (text(cell) !== "" && heavy.some((part) => text(part) === text(cell)));
}

function isHeavy(element) {
  return /^(bold|[6-9]00)/.test(styled(element, "font-weight"));
}

function isLight(element) {
  return /^(normal|[1-5]00)/.test(styled(element, "font-weight"));
}

function wrapped(element) {
  const inner = element.ownerDocument.createElement("p");
  inner.append(...element.childNodes);
  element.append(inner);
  return element;
}

// One property of the style; mso-bidi-font-weight is another one than font-weight.
function styled(element, name) {
  return new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]*)`, "i").exec(element.dataset.style ?? "")?.[1].trim().toLowerCase() ?? "";
}
