// The tree of units: a slider over the days on which it changed. Without this file the links beside it do the same.
function prepare(root) {
  const slider = root.querySelector("input[type=range][data-days]");
  const days = slider?.dataset.days.trim().split(" ") ?? [];
  if (days.length < 2) return;
  slider.hidden = false;
  slider.addEventListener("input", () => slider.setAttribute("aria-valuetext", days[slider.value]));
  slider.addEventListener("change", () => {
    location.search = new URLSearchParams({ "don-vi": slider.dataset.unit, ngay: days[slider.value] });
  });
}

prepare(document);
document.addEventListener("htmx:afterSwap", (event) => prepare(event.target.parentElement ?? document));
