import { markedIn } from "./marked.js";

// "Till underlaget" with words marked in the post takes just those along.
const LONGEST = 1200; // characters that an address carries without trouble

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-pick]");
  const post = link?.closest(".post");
  const words = post && markedIn(post);
  if (!words || words.length > LONGEST) { return; }
  event.preventDefault();
  const form = new URL(link.href);
  form.searchParams.set("words", words);
  location.assign(form);
});

// Beside the form stands the post: what is marked there goes into the box with one press.
const take = document.querySelector("[data-take]");
const source = document.querySelector("[data-source]");
if (take && source) {
  take.hidden = false;
  take.querySelector("button").addEventListener("click", () => {
    const words = markedIn(source.parentElement);
    const box = document.getElementById(take.dataset.take);
    if (words) { box.value = words; }
    box.focus();
  });
}
