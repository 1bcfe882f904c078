// A figure opens its source beneath itself; a second press closes it again.
document.addEventListener("htmx:beforeRequest", (event) => {
  const figure = event.target.closest("[data-drill]");
  if (figure?.getAttribute("aria-expanded") !== "true") return;
  event.preventDefault();
  document.getElementById(figure.dataset.drill).replaceChildren();
  figure.setAttribute("aria-expanded", "false");
});
document.addEventListener("htmx:afterSwap", (event) => {
  const figure = document.querySelector(`[data-drill="${CSS.escape(event.detail.target.id)}"]`);
  figure?.setAttribute("aria-expanded", "true");
});
