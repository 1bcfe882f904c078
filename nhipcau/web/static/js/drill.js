// A figure opens its source beneath itself; a second press closes it again.
document.addEventListener("htmx:beforeRequest", (event) => {
  const figure = event.target.closest("[data-drill]");
  if (figure?.getAttribute("aria-expanded") !== "true") return;
  event.preventDefault();
  document.getElementById(figure.dataset.drill).replaceChildren();
  figure.setAttribute("aria-expanded", "false");
});
// Several figures may open in one place: the last one pressed is the one that stands open.
document.addEventListener("htmx:afterSwap", (event) => {
  const pressed = event.detail.requestConfig.elt;
  for (const figure of document.querySelectorAll(`[data-drill="${CSS.escape(event.detail.target.id)}"]`)) {
    figure.setAttribute("aria-expanded", String(figure === pressed));
  }
});
