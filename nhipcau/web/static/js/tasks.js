// Tasks: set every unit's role at once, take over a deadline of the letter, open and close a branch in place.
const all = document.querySelector("[data-set-all]");
if (all) {
  all.hidden = false;
  all.querySelector("select").addEventListener("change", (event) => {
    if (!event.target.value) return;
    for (const role of document.querySelectorAll("select[name^=role-]")) role.value = event.target.value;
  });
}

// Rows below a row carry the task they belong to; closing takes them out again, with what was opened under them.
function close(task) {
  for (const body of document.querySelectorAll(`tbody[data-under="${task}"]`)) {
    for (const link of body.querySelectorAll("[data-expands][aria-expanded=true]")) close(link.dataset.expands);
    body.remove();
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-expands]");
  if (!link || event.ctrlKey || event.metaKey) return;
  if (link.getAttribute("aria-expanded") !== "true") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  close(link.dataset.expands);
  link.setAttribute("aria-expanded", "false");
}, true);

document.addEventListener("htmx:afterRequest", (event) => {
  const link = event.target.closest?.("[data-expands]");
  if (link && event.detail.successful) link.setAttribute("aria-expanded", "true");
});

// A day that the letter names, with a tap into the field.
for (const button of document.querySelectorAll("[data-fills]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const field = document.getElementById(button.dataset.fills);
    field.value = button.dataset.value;
    field.focus();
  });
}
