// The approver's keys. They work only while the focus is in the queue or in the report, and never in a field, so that
// they can neither surprise a reader nor a screen reader's own shortcuts. "?" lists them.
const typing = (element) => element.matches("input:not([type=checkbox]), textarea, select");
const plain = (event) => !event.altKey && !event.ctrlKey && !event.metaKey && !event.isComposing;
const focus = (element) => {
  element?.focus();
  element?.scrollIntoView({ block: "nearest" });
};
function keys(area, moves) {
  area?.addEventListener("keydown", (event) => {
    if (!plain(event) || typing(event.target)) return;
    const go = moves[event.key.toLowerCase()];
    if (!go) return;
    event.preventDefault();
    go(event.target);
  });
}

const help = document.getElementById("phim-tat");
document.addEventListener("keydown", (event) => {
  if (event.key !== "?" || !help || !plain(event) || typing(event.target)) return;
  event.preventDefault();
  if (!help.open) help.showModal();
});

const queue = document.querySelector("[data-queue]");
const row = (element) => element.closest("tbody tr");
keys(queue, {
  j: (at) => focus(row(at)?.nextElementSibling?.querySelector("th a")),
  k: (at) => focus(row(at)?.previousElementSibling?.querySelector("th a")),
  a: (at) => row(at)?.querySelector("[data-accept]").click(),
  r: (at) => row(at)?.querySelector("[data-return]").click(),
});
queue?.querySelector("th[scope=row] a")?.focus({ preventScroll: true });

const review = document.querySelector("[data-review]");
const summaries = [...(review?.querySelectorAll(".entry .back summary") ?? [])];
const outliers = summaries.filter((one) => one.closest(".large, .wrong"));
// The next of them after (before) what has the focus, in the order of the page; from the end it begins anew.
function step(list, at, back) {
  const place = Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY;
  const after = (one) => at === review || at.compareDocumentPosition(one) & place;
  const rest = list.filter((one) => one !== at && (back ? at !== review && !after(one) : after(one)));
  focus((back ? rest.at(-1) : rest[0]) ?? (back ? list.at(-1) : list[0]));
}
keys(review, {
  a: () => review.querySelector("[data-accept]").click(),
  r: () => review.querySelector("#ly-do").focus(),
  j: (at) => step(summaries, at),
  k: (at) => step(summaries, at, true),
  n: (at) => step(outliers, at),
  c: (at) => at.closest(".entry")?.querySelector(".back summary").click(),
});
// A report opens at its head, so that whose it is stays in view; the keys work at once. Sent here by "r" the reason has
// the focus: at a desk it stands at the foot of the screen wherever the page is.
function arrive() {
  if (location.hash !== "#ly-do") return review.focus({ preventScroll: true });
  const reason = review.querySelector("#ly-do");
  reason.focus();
  if (getComputedStyle(reason.parentElement).position === "sticky") scrollTo({ top: 0, behavior: "instant" });
}
if (review?.hasAttribute("tabindex")) {
  arrive();
  addEventListener("load", arrive); // the browser goes to the address's fragment only once everything has loaded
}
for (const details of review?.querySelectorAll("details.back") ?? []) {
  const field = details.querySelector("input");
  details.addEventListener("toggle", () => details.open && field.focus());
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") details.querySelector("summary").focus(); // out of the field: the keys work again
    if (event.key !== "Enter") return;
    event.preventDefault(); // a reason written is not a report returned
    details.querySelector("summary").focus();
  });
}

// How many of the clean ones are chosen stands on the button.
const bulk = document.querySelector("[data-bulk]");
bulk?.addEventListener("change", () => {
  const chosen = bulk.querySelectorAll("[name=bao-cao]:checked").length;
  const button = bulk.querySelector("button[data-many]");
  button.textContent = button.dataset.many.replace("{n}", String(chosen));
  button.disabled = chosen === 0;
});
