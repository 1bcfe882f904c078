// The sheet of many activities: a table pasted from a spreadsheet fills the cells, rows are added as they are needed.
const form = document.querySelector("form[data-many]");
if (form) start(form);

function start(form) {
  const body = form.querySelector("tbody");
  const count = form.elements.namedItem("so-dong");
  const most = Number(form.dataset.many);
  const told = form.querySelector("[data-told]");
  const cells = (row) => [...row.querySelectorAll("input, select")];

  function added() {
    const number = body.rows.length + 1;
    const blank = form.querySelector("template").content.cloneNode(true);
    for (const part of blank.querySelectorAll("[id], [name], [for]")) {
      for (const name of ["id", "name", "for"]) {
        if (part.hasAttribute(name)) part.setAttribute(name, part.getAttribute(name).replace("__n__", number));
      }
    }
    blank.querySelector("[data-number]").textContent = number;
    body.append(blank);
    count.value = number;
    return body.rows[number - 1];
  }

  function put(cell, text) {
    if (cell.tagName !== "SELECT") { cell.value = text; return; }
    const wanted = text.toLocaleLowerCase("vi");
    const found = [...cell.options].find((one) => one.text.toLocaleLowerCase("vi") === wanted);
    cell.value = found ? found.value : "";
  }

  form.addEventListener("paste", (event) => {
    const row = event.target.closest("tr");
    const text = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "");
    if (!row || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const lines = text.split(/\r?\n/).map((line) => line.split("\t").map((cell) => cell.trim()));
    const first = row.rowIndex - 1, column = cells(row).indexOf(event.target);
    const room = lines.slice(0, most - first);
    room.forEach((line, i) => {
      const into = cells(body.rows[first + i] ?? added()).slice(column);
      line.slice(0, into.length).forEach((value, j) => put(into[j], value));
    });
    const full = room.length < lines.length ? ` ${form.dataset.full.replace("{n}", most)}` : "";
    told.textContent = form.dataset.pasted.replace("{n}", room.length) + full;
  });

  // A row more without losing the place; the server adds them where scripts are off.
  form.elements.namedItem("them-dong").addEventListener("click", (event) => {
    event.preventDefault();
    if (body.rows.length < most) cells(added())[0].focus();
  });

  form.addEventListener("keydown", (event) => {
    const row = event.target.closest("tbody tr");
    if (event.key !== "Enter" || !row || event.isComposing) return;
    event.preventDefault();
    const below = body.rows[row.rowIndex - 1 + (event.shiftKey ? -1 : 1)];
    if (below) cells(below)[cells(row).indexOf(event.target)].focus();
  });
}
