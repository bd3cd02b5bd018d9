// Notes how far a member has read, once the last post of the page has come into view.
const form = document.querySelector("#reading-form");
const last = [...document.querySelectorAll(".timeline .post")].at(-1);

if (form && last) {
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) { return; }
    watch.disconnect();
    // The form carries the token and which page was shown; a lost reading is noted on the next visit.
    fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true, redirect: "manual" }).catch(() => {});
  });
  // The foot of the post, for a long post is not read when its first line shows.
  watch.observe(last.querySelector(".acts") ?? last);
}
