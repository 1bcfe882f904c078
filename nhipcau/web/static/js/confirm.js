// The confirm page: standing in a field or an obligation lights its stretch of the letter, in the text and on the scan.

const phone = matchMedia("(max-width: 900px)");
const papers = [...document.querySelectorAll("details.letter")].map((paper) => ({
  marks: [...paper.querySelectorAll("[data-marks]")],
  roll: paper.querySelector(".sheets, .letter-text"),
}));
// On a phone the text is folded away; the picture of a scan stays as a strip above the fields.
if (phone.matches) for (const paper of document.querySelectorAll("details.letter:not(.scan)")) paper.open = false;

function light(name) {
  for (const { marks, roll } of papers) {
    let first = null;
    for (const mark of marks) {
      const here = mark.dataset.marks.split(" ").includes(name);
      mark.classList.toggle("on", here);
      if (here) first ??= mark;
    }
    if (!first) continue;
    const [spot, frame] = [first.getBoundingClientRect(), roll.getBoundingClientRect()];
    roll.scrollTop += spot.top - frame.top - roll.clientHeight / 3;
    roll.scrollLeft += spot.left - frame.left - Math.max(12, (roll.clientWidth - spot.width) / 2);
  }
}

const owner = (event) => event.target.closest(".fields [data-marks]")?.dataset.marks;

for (const kind of ["focusin", "mouseover"]) {
  document.addEventListener(kind, (event) => {
    const name = owner(event);
    if (name && (kind === "focusin" || !document.activeElement?.closest(".read"))) light(name);
  });
}
