// The report's own form, beside what grid.js does for every grid: scale words, no race between autosave and a
// step, and nothing replaced under the fingers of the one who types.
const form = document.querySelector("form.report-form");
const SCALED = /^\s*-?[\d.]+(,\d+)?\s*\p{L}/iu;

// "72 triệu" is understood by the server, which echoes it in words once saved.
form.addEventListener("input", (event) => {
  if (!event.target.matches("[data-money]") || !SCALED.test(event.target.value)) return;
  const echo = event.target.parentElement.querySelector(".echo");
  echo.classList.remove("unclear");
  echo.textContent = "…";
});

// A step sends the whole form. Were an autosave still under way, the two would overtake each other.
let leaving = false;
form.addEventListener("htmx:beforeRequest", (event) => {
  if (leaving) event.preventDefault();
});
form.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return; // keep.js puts it on the device first
  leaving = true;
  if (!form.classList.contains("htmx-request")) return;
  event.preventDefault();
  const button = event.submitter;
  form.addEventListener("htmx:afterRequest", () => setTimeout(() => form.requestSubmit(button)), { once: true });
});
addEventListener("pageshow", () => { leaving = false; });

document.addEventListener("htmx:oobBeforeSwap", (event) => {
  if (event.detail.target.contains(document.activeElement)) event.detail.shouldSwap = false;
});
