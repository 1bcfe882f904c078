// A figure opens its source beneath itself; a second press closes it again.
document.addEventListener("htmx:beforeRequest", (event) => {
  const figure = event.target.closest("[data-drill]");
  if (!figure) return;
  const place = document.getElementById(figure.dataset.drill);
  if (figure.getAttribute("aria-expanded") !== "true") { place.replaceChildren(coming()); return; }
  event.preventDefault();
  place.replaceChildren();
  figure.setAttribute("aria-expanded", "false");
});
for (const failed of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failed, (event) => event.detail.target.querySelector(":scope > .skeleton")?.remove());
}
// As parts/skeleton.html: on a slow line something shows at once that the source is on its way.
function coming() {
  const lines = document.createElement("div");
  lines.className = "skeleton";
  lines.setAttribute("aria-hidden", "true");
  lines.append(...[1, 2, 3].map(() => document.createElement("i")));
  return lines;
}
// Several figures may open in one place: the last one pressed is the one that stands open.
document.addEventListener("htmx:afterSwap", (event) => {
  const pressed = event.detail.requestConfig.elt;
  for (const figure of document.querySelectorAll(`[data-drill="${CSS.escape(event.detail.target.id)}"]`)) {
    figure.setAttribute("aria-expanded", String(figure === pressed));
  }
});
