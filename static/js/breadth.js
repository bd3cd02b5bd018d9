// In place of the steps a slider, whose place is told in words as it moves; a press brings the steps back.
for (const form of document.querySelectorAll("[data-strip]")) {
  const { none, toSteps, toSlider } = form.dataset;
  const ways = JSON.parse(form.dataset.ways);
  const steps = form.querySelector("[data-steps]");
  const radios = [...steps.querySelectorAll("input")];
  const first = radios[0].id;
  let chosen = radios.find((radio) => radio.checked)?.value ?? null;

  const range = Object.assign(document.createElement("input"), { type: "range", min: 0, max: 100, value: chosen ?? 50 });
  range.setAttribute("aria-label", form.querySelector("legend").textContent);
  range.setAttribute("aria-describedby", steps.closest("fieldset").getAttribute("aria-describedby"));
  const told = Object.assign(document.createElement("p"), { className: "strip-told" });
  const slider = Object.assign(document.createElement("div"), { className: "strip-slider" });
  slider.append(range);
  const button = Object.assign(document.createElement("button"), { type: "button", className: "linkish strip-other" });
  steps.after(slider);
  steps.parentElement.append(told);
  steps.parentElement.after(button);

  function tell() {
    const words = chosen === null ? none : ways.find(([last]) => Number(chosen) <= last)[1];
    range.setAttribute("aria-valuetext", words);
    form.classList.toggle("unplaced", chosen === null);
    told.textContent = words;
    // A slider always has a place; until it is touched, none is meant and none is sent.
    if (chosen === null) { range.removeAttribute("name"); } else { range.name = "place"; }
  }
  function choose() { chosen = range.value; tell(); }
  range.addEventListener("input", choose);
  range.addEventListener("click", choose);
  range.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); choose(); } });
  steps.addEventListener("change", (event) => { chosen = event.target.value; range.value = chosen; tell(); });

  function show(asSlider) {
    slider.hidden = !asSlider;
    told.hidden = !asSlider;
    // The slider says the same itself, so the words beside it are for the eye.
    if (asSlider) { told.setAttribute("aria-hidden", "true"); } else { told.removeAttribute("aria-hidden"); }
    steps.hidden = asSlider;
    range.disabled = !asSlider;
    // A message about the place leads to whichever of the two is shown.
    (asSlider ? radios[0] : range).removeAttribute("id");
    (asSlider ? range : radios[0]).id = first;
    // A place between two steps is taken along to the nearer of them.
    const far = (radio) => Math.abs(radio.value - chosen);
    const near = chosen === null ? null : radios.reduce((nearest, radio) => (far(radio) < far(nearest) ? radio : nearest));
    for (const radio of radios) { radio.disabled = asSlider; radio.checked = radio === near; }
    button.textContent = asSlider ? toSteps : toSlider;
  }
  button.addEventListener("click", () => show(slider.hidden));
  tell();
  show(true);
}
