// "Chèn số liệu": puts the chosen field where the cursor last stood in its paragraph, and has it saved.
for (const box of document.querySelectorAll("[data-insert]")) {
  const area = document.getElementById(box.dataset.insert);
  const choice = box.querySelector("select"), button = box.querySelector("button");
  let place = null; // never been in it: at the end
  button.hidden = false;
  choice.addEventListener("change", (event) => event.stopPropagation()); // choosing changes nothing of the report
  area.addEventListener("blur", () => { place = [area.selectionStart, area.selectionEnd]; });
  button.addEventListener("click", () => {
    const [from, to] = place ?? [area.value.length, area.value.length];
    const gap = /\S$/.test(area.value.slice(0, from)) ? " " : "";
    area.setRangeText(gap + choice.value, from, to, "end");
    area.focus();
    for (const name of ["input", "change"]) area.dispatchEvent(new Event(name, { bubbles: true }));
  });
}
