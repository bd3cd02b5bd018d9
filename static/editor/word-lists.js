// Word writes its lists as paragraphs with a bullet or a number in front; here they become lists.
const LIST = /mso-list:\s*(l\d+)\s+level(\d+)\s+(lfo\d+)/i;
const NUMBER = /^\(?(\d+|[a-zåäö]|[ivxlcdm]+)(\.\d+)*[.):]\)?$|^\d+$/i;
const MARKED = "p, div, h1, h2, h3, h4, h5, h6";

export function foldLists(body, sheet) {
  for (const element of body.querySelectorAll(MARKED)) { mark(element, sheet); }
  for (const item of body.querySelectorAll("li[data-aria-level]")) { unwrap(item); }
  for (const parent of new Set([...body.querySelectorAll("[data-level]")].map((item) => item.parentNode))) { fold(parent); }
  // Google puts an inner list beside its item instead of into it.
  for (const list of body.querySelectorAll("ul > ul, ul > ol, ol > ol, ol > ul")) { list.previousElementSibling?.append(list); }
}

// Notes on a paragraph of a list its level and kind, and takes the bullet or number away.
function mark(element, sheet) {
  if (element.querySelector(MARKED)) { return; }
  const [, list, level, run] = LIST.exec(element.dataset.style ?? "") ?? [];
  const sign = takeSign(element);
  if (/^H[1-6]$/.test(element.nodeName) || (!list && sign === null)) { return; }
  element.dataset.level = level ?? byMargin(element);
  element.dataset.run = run ?? "";
  element.dataset.kind = (sign ? NUMBER.test(sign) : isNumbered(sheet, list, level)) ? "ol" : "ul";
}

// Some browsers drop the style and leave the comments around the sign; null when there is no sign at all.
function takeSign(element) {
  const ignored = element.querySelector("[data-style*='mso-list:Ignore' i], [data-style*='mso-list: Ignore' i]");
  if (ignored) {
    const sign = ignored.textContent.replace(/[\s\u00a0]+/g, "");
    ignored.remove();
    return sign;
  }
  const begins = [...element.childNodes].find((node) => node.nodeType === Node.COMMENT_NODE && node.data.includes("!supportLists"));
  if (!begins) { return null; }
  let sign = "";
  while (begins.nextSibling && begins.nextSibling.nodeType !== Node.COMMENT_NODE) {
    sign += begins.nextSibling.textContent;
    begins.nextSibling.remove();
  }
  return sign.replace(/[\s\u00a0]+/g, "");
}

function byMargin(element) {
  const points = /margin-left:\s*([\d.]+)pt/.exec(element.dataset.style ?? "")?.[1] ?? 36;
  return String(Math.max(1, Math.round(points / 36)));
}

// How the style sheet of the document describes the list, when the paragraph itself has no sign.
function isNumbered(sheet, list, level) {
  const rule = new RegExp(`@list\\s+${list}:level${level}\\s*\\{([^}]*)\\}`).exec(sheet);
  return Boolean(rule) && !/mso-level-number-format:\s*(bullet|image)/.test(rule[1]);
}

// Word on the web has a list of its own around every item.
function unwrap(item) {
  const holder = item.closest(".ListContainerWrapper") ?? item.parentNode;
  const paragraph = item.ownerDocument.createElement("div");
  paragraph.dataset.level = item.dataset.ariaLevel;
  paragraph.dataset.kind = item.parentNode.nodeName.toLowerCase();
  paragraph.dataset.run = "";
  paragraph.append(...item.childNodes);
  holder.before(paragraph);
  item.remove();
  if (!holder.querySelector("li")) { holder.remove(); }
}

function fold(parent) {
  let open = [];
  for (const element of [...parent.childNodes]) {
    if (element.dataset?.level) { open = place(element, open); }
    else if (open.length && continues(element)) { open.at(-1).lastElementChild.append(element); }
    else if (element.textContent.trim() && element.nodeType !== Node.COMMENT_NODE) { open = []; }
  }
}

// A paragraph of the list's own style without a sign belongs to the item before it.
function continues(element) {
  return element.nodeName === "P" && /^MsoList(Continue|Paragraph)/.test(element.className) && Boolean(element.textContent.trim());
}

// Puts a paragraph into the list it belongs to; `open` are the lists around the item before, outermost first.
function place(paragraph, open) {
  const level = Number(paragraph.dataset.level);
  const { kind, run } = paragraph.dataset;
  const lists = open.filter((list, depth) => depth === 0 || Number(list.dataset.level) <= level);
  const last = lists.at(-1);
  const isDeeper = last && level > Number(last.dataset.level);
  const isSame = last && !isDeeper && last.localName === kind && last.dataset.run === run;
  const document = paragraph.ownerDocument;
  const item = document.createElement("li");
  if (isSame) { paragraph.remove(); last.append(item); }
  else {
    const list = document.createElement(kind);
    Object.assign(list.dataset, { level, run });
    if (!isDeeper) { lists.pop(); }
    if (lists.length) { paragraph.remove(); lists.at(-1).lastElementChild.append(list); }
    else { paragraph.replaceWith(list); }
    lists.push(list);
    list.append(item);
  }
  const inner = paragraph.querySelector("p") ? item : item.appendChild(document.createElement("p"));
  inner.append(...paragraph.childNodes);
  return lists;
}
