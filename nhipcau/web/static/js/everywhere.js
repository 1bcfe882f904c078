// From the box into the results and through them with the arrow keys; Tab and Enter work as everywhere.
const box = document.getElementById("tim-q");

document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const links = [...document.querySelectorAll("[data-hits] .found a")];
  const here = event.target === box ? -1 : links.indexOf(event.target);
  if (here < 0 && event.target !== box) return;
  const next = here + step < 0 ? box : links[here + step];
  if (!next || (here < 0 && step < 0)) return;
  event.preventDefault();
  next.focus();
});
