import { markedIn } from "./marked.js";

// "Citera" with words marked in a post quotes just those: in a reply, or in what is being written already.
const wrapper = document.querySelector("#composer [data-editor]");
const LONGEST = 1200; // characters that an address carries without trouble

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-quote]");
  const post = link?.closest(".post");
  const words = post && markedIn(post);
  if (!wrapper || !words) { return; }
  event.preventDefault();
  const form = wrapper.closest("form");
  const isBegun = form.elements.reply_to || form.elements.body.value.trim();
  if (!isBegun && words.length <= LONGEST) {
    const reply = new URL(link.href);
    reply.searchParams.set("words", words);
    location.assign(reply);
    return;
  }
  const page = `/posts/${post.id.slice(1)}`;
  wrapper.dispatchEvent(new CustomEvent("editor:insert", { detail: { html: html(words, page, link), text: text(words, page) } }));
  wrapper.scrollIntoView({ block: "center" });
});

function paragraphs(words) { return words.split(/\n\s*\n|\n/).filter((part) => part.trim()); }

function text(words, page) {
  return `${[...paragraphs(words), page].map((part) => `> ${part}`).join("\n> \n")}\n\n`;
}

function html(words, page, link) {
  const quote = document.createElement("blockquote");
  for (const part of paragraphs(words)) { quote.append(Object.assign(document.createElement("p"), { textContent: part })); }
  const source = Object.assign(document.createElement("a"), { textContent: link.dataset.quote });
  source.setAttribute("href", page);
  const last = document.createElement("p");
  last.append(source);
  quote.append(last);
  return `${quote.outerHTML}<p></p>`;
}
