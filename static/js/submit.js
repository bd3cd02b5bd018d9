// One press makes one post: after the first submit the form's buttons rest until the page is shown again.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    // Only after the browser has read the pressed button's own name and value.
    setTimeout(() => rest(form, true));
  });
}

// A page brought back from the browser's memory must be usable again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-once]")) { delete form.dataset.sent; rest(form, false); }
});

function rest(form, resting) {
  for (const button of form.querySelectorAll("button")) { button.disabled = resting; }
}
