// The approver's keys. They work only while the focus is in the queue or in the report, so that they can
// neither surprise a reader nor a screen reader's own shortcuts.
const typing = (element) => element.matches("input, textarea, select");
const plain = (event) => !event.altKey && !event.ctrlKey && !event.metaKey && !event.isComposing;

const queue = document.querySelector("[data-queue]");
queue?.addEventListener("keydown", (event) => {
  const row = event.target.closest("tbody tr");
  if (!row || !plain(event) || typing(event.target)) return;
  const go = {
    j: () => row.nextElementSibling?.querySelector("th a").focus(),
    k: () => row.previousElementSibling?.querySelector("th a").focus(),
    a: () => row.querySelector("[data-accept]").click(),
    r: () => row.querySelector("[data-return]").click(),
  }[event.key.toLowerCase()];
  if (!go) return;
  event.preventDefault();
  go();
});
queue?.querySelector("th[scope=row] a")?.focus({ preventScroll: true });

const review = document.querySelector("[data-review]");
review?.addEventListener("keydown", (event) => {
  if (!plain(event) || typing(event.target)) return;
  const key = event.key.toLowerCase();
  if (key !== "a" && key !== "r") return;
  event.preventDefault();
  if (key === "a") review.querySelector("[data-accept]").click();
  else review.querySelector("#ly-do").focus();
});
// The browser goes to the address's fragment only once everything has loaded.
if (review && location.hash === "#ly-do") {
  const reason = review.querySelector("#ly-do");
  reason.focus();
  addEventListener("load", () => reason.focus());
}
for (const details of review?.querySelectorAll("details.back") ?? []) {
  details.addEventListener("toggle", () => details.open && details.querySelector("input").focus());
}
