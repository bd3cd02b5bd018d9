// What was just done is told at the post it was done to; at the top of the page it would be out of sight.
const told = document.querySelector(".messages");
const post = document.getElementById(location.hash.slice(1))?.querySelector(".post-body");

if (post && told?.firstElementChild) { post.prepend(told); }
