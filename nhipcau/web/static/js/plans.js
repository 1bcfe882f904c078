// The table of plans: Enter and the arrows move, a block pasted from a spreadsheet fills down and to the right.

for (const form of document.querySelectorAll("form[data-plans]")) start(form);

function start(form) {
  const rows = () => [...form.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("input")]);

  function place(input) {
    const all = rows();
    const row = all.findIndex((cells) => cells.includes(input));
    return [all, row, all[row].indexOf(input)];
  }

  form.addEventListener("keydown", (event) => {
    if (!event.target.matches("tbody input") || event.isComposing || event.altKey || event.ctrlKey) return;
    const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const [all, row, column] = place(event.target);
    const next = all[row + step]?.[column];
    next?.focus();
    next?.select();
  });

  form.addEventListener("paste", (event) => {
    if (!event.target.matches("tbody input")) return;
    const text = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "");
    const block = text.split(/\r?\n/).map((line) => line.split("\t"));
    if (block.length < 2 && block[0].length < 2) return;
    event.preventDefault();
    const [all, row, column] = place(event.target);
    let count = 0;
    block.forEach((line, down) => line.forEach((value, right) => {
      const input = all[row + down]?.[column + right];
      if (!input) return;
      input.value = value.trim();
      count += 1;
    }));
    form.querySelector("[role=status]").textContent = form.dataset.pasted.replace("{n}", count);
  });
}
