// The confirm page: standing in a field or an obligation lights its stretch of the letter.

const letter = document.querySelector("details.letter");
const text = letter.querySelector(".letter-text");
const phone = matchMedia("(max-width: 900px)");
if (phone.matches) letter.open = false;

function light(name) {
  let first = null;
  for (const mark of text.querySelectorAll("mark")) {
    const here = mark.dataset.marks.split(" ").includes(name);
    mark.classList.toggle("on", here);
    if (here) first ??= mark;
  }
  if (!first || phone.matches) return;
  const gap = first.getBoundingClientRect().top - text.getBoundingClientRect().top;
  text.scrollTop += gap - text.clientHeight / 3;
}

const owner = (event) => event.target.closest(".fields [data-marks]")?.dataset.marks;

for (const kind of ["focusin", "mouseover"]) {
  document.addEventListener(kind, (event) => {
    const name = owner(event);
    if (name && (kind === "focusin" || !document.activeElement?.closest(".read"))) light(name);
  });
}
