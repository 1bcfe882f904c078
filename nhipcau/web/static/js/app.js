// What every page needs beyond HTML: focus on what went wrong, dialogs, menus that close, honest failures.

const toasts = document.getElementById("toasts");

export function toast(text, tone = "error") {
  const line = document.createElement("p");
  line.className = `notice ${tone}`;
  line.textContent = text;
  toasts.replaceChildren(line);
  setTimeout(() => line.remove(), 12000);
}

document.querySelector("[data-focus]")?.focus();

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  for (const menu of document.querySelectorAll("details[data-dismiss][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details[data-dismiss][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// "/" goes to the search, from wherever nothing is being typed.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const way = document.querySelector("[data-slash]");
  if (!way) return;
  event.preventDefault();
  if (way.matches("a")) way.click();
  else way.select();
});

// The server answers htmx's failures with our own notice; anything else (a proxy's page) gets a plain sentence.
export function failureText(xhr) {
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
  return page.querySelector(".notice")?.textContent.trim().replace(/\s+/g, " ") || document.body.dataset.failed;
}

document.addEventListener("htmx:responseError", (event) => toast(failureText(event.detail.xhr)));
document.addEventListener("htmx:sendError", () => toast(document.body.dataset.offline));
