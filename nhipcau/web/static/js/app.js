// What every page needs beyond HTML: focus on what went wrong, dialogs, menus that close, texts to copy, honest failures.

const toasts = document.getElementById("toasts");

// What went wrong stays until it is closed or something else is said; the rest goes by itself.
export function toast(text, tone = "error", stays = tone === "error") {
  const line = document.getElementById("toast").content.firstElementChild.cloneNode(true);
  line.classList.add(tone);
  line.querySelector("p").textContent = text;
  toasts.replaceChildren(line);
  if (!stays) setTimeout(() => line.remove(), 12000);
}

document.querySelector("[data-focus]")?.focus();

document.addEventListener("click", (event) => {
  event.target.closest("[data-closes]")?.closest(".toast").remove();
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

// "/" goes to the search, from wherever nothing is being typed; where its box is not shown, to its page.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const ways = [...document.querySelectorAll("[data-slash], .top-find")];
  const way = ways.find((one) => one.getClientRects().length);
  if (!way) return;
  event.preventDefault();
  if (way.matches("a")) way.click();
  else way.select();
});

// On a slow line people type before the scripts have arrived: what was changed by then counts as typed now.
function changed(field) {
  if (field.matches("select")) return [...field.options].some((one) => one.selected !== one.defaultSelected);
  return field.matches("[type=checkbox], [type=radio]") ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
}

document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) return;
  const fields = ":is(input, select, textarea)";
  for (const field of document.querySelectorAll(`[hx-trigger] ${fields}, ${fields}[hx-trigger]`)) {
    if (!changed(field)) continue;
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  }
});

// The view to keep is the one shown now: filtering in place has changed the address since the page was drawn.
document.addEventListener("submit", (event) => {
  const here = event.target.querySelector("[data-here]");
  if (here) here.value = location.search.slice(1);
});

// A text for a chat group; without this button it can still be selected.
for (const button of document.querySelectorAll("[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copies);
    source.select();
    try {
      await navigator.clipboard.writeText(source.value);
      toast(button.dataset.done, "success");
    } catch {
      source.focus(); // without a secure address the text stays selected, ready for Ctrl+C
    }
  });
}

// A link that says which key it answers to ("ArrowLeft" for the month before), where nothing is being typed.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable], [tabindex='0']")) return;
  document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
});

// The server answers htmx's failures with our own notice; anything else (a proxy's page) gets a plain sentence.
export function failureText(xhr) {
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
  return page.querySelector(".notice")?.textContent.trim().replace(/\s+/g, " ") || document.body.dataset.failed;
}

document.addEventListener("htmx:responseError", (event) => toast(failureText(event.detail.xhr)));
document.addEventListener("htmx:sendError", () => toast(document.body.dataset.offline, "error", false));

// Whose page this is; the pages for members are nobody's and keep nothing.
if ("account" in document.body.dataset) import("./offline.js");
