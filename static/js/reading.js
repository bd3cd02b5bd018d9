// Notes how far a member has read, once the last post of the page has come into view.
const thread = document.querySelector("[data-reading-url]");
const form = document.querySelector("#reading-form");
const last = thread ? [...thread.querySelectorAll(".post")].at(-1) : null;

if (form && last) {
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) { return; }
    watch.disconnect();
    // The hidden form carries the token and the post's number; a lost reading is noted on the next visit.
    fetch(thread.dataset.readingUrl, { method: "POST", body: new FormData(form), keepalive: true }).catch(() => {});
  });
  // The foot of the post, for a long post is not read when its first line shows.
  watch.observe(last.querySelector(".acts") ?? last);
}
