// The entry grid: Enter moves down, a pasted block fills it, figures echo as one types. Saving is htmx's.
// The server alone decides what a figure means; the echo only shows what is beyond doubt.
import { failureText } from "./app.js";

const FIGURE = /^-?(\d+|[1-9]\d{0,2}(\.\d{3})+)(,\d+)?$/;
const FEW = 8; // amounts read out in words at once; a pasted column is not worth a hundred questions
const WORDED = /^\d[\d.,]*\s*\p{L}/u; // "72 triệu": only the server reads it

function read(text, decimals) {
  const wanted = text.trim();
  if (!FIGURE.test(wanted) || (wanted.split(",")[1] ?? "").length > decimals) return null;
  return wanted.replaceAll(".", "");
}

function grouped(figure) {
  const [whole, part] = figure.split(",");
  const dotted = whole.replace(/\B(?=(\d{3})+$)/g, ".");
  return part === undefined ? dotted : `${dotted},${part}`;
}

function scaled(figure, decimals) {
  const [whole, part = ""] = figure.split(",");
  return BigInt(whole + part.padEnd(decimals, "0"));
}

for (const form of document.querySelectorAll("form[data-grid]")) start(form);

function start(form) {
  const inputs = () => [...form.querySelectorAll(".now input")];
  const decimals = (input) => Number(input.dataset.decimals);

  function echo(input) {
    const place = input.parentElement.querySelector(".echo");
    const text = input.value.trim();
    const figure = read(text, decimals(input));
    const nothing = ["", "x", "X", "…", "..."].includes(text);
    const waits = "money" in input.dataset && WORDED.test(text);
    place.classList.toggle("unclear", !nothing && !waits && figure === null);
    if (nothing || waits) place.textContent = "";
    else if (figure === null) place.textContent = form.dataset.unclear;
    else place.textContent = grouped(figure) === text ? "" : grouped(figure);
  }

  // Which cells a total adds never changes, so they are looked up once: a hundred totals of six cells cost nothing.
  const sums = [...form.querySelectorAll("[data-sum]")].map((total) => ({
    total,
    cells: total.dataset.sum.split(" ").map((key) => form.elements.namedItem(key)).filter(Boolean),
  }));

  function addUp(changed) {
    for (const { total, cells } of sums) {
      if (changed && !cells.includes(changed)) continue;
      if (!cells.length) continue;
      const places = Math.max(...cells.map(decimals));
      const figures = cells.map((cell) => read(cell.value, places)).filter((figure) => figure !== null);
      if (!figures.length) { total.textContent = "…"; continue; }
      const sum = figures.reduce((all, figure) => all + scaled(figure, places), 0n).toString();
      const digits = sum.replace("-", "").padStart(places + 1, "0");
      const cut = digits.length - places;
      const text = digits.slice(0, cut) + (places ? `,${digits.slice(cut)}` : "");
      total.textContent = (sum.startsWith("-") ? "-" : "") + grouped(text);
    }
  }

  async function words(input) {
    const asked = input.value;
    if (read(asked, 0) === null && !WORDED.test(asked.trim())) return;
    const answer = await fetch(`${form.dataset.wordsUrl}?so=${encodeURIComponent(asked.trim())}`);
    if (input.value !== asked || !(answer.ok || answer.status === 422)) return;
    const place = input.parentElement.querySelector(".echo");
    place.textContent = answer.ok ? await answer.text() : form.dataset.unclear;
    place.classList.toggle("unclear", !answer.ok);
    place.lang = answer.ok ? "vi" : ""; // amounts are read out as letters write them
  }

  function move(input, step) {
    const all = inputs();
    const next = all[all.indexOf(input) + step];
    next?.focus();
    next?.select();
  }

  form.addEventListener("input", (event) => {
    if (!event.target.matches(".now input")) return;
    echo(event.target);
    addUp(event.target);
    count();
  });

  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-money]")) words(event.target).catch(() => {}); // only a convenience
  });

  form.addEventListener("keydown", (event) => {
    if (!event.target.matches(".now input") || event.isComposing || event.altKey || event.ctrlKey) return;
    const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    move(event.target, step);
  });

  form.addEventListener("paste", (event) => {
    if (!event.target.matches(".now input")) return;
    const text = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "");
    const block = text.split(/\r?\n/).map((line) => line.split("\t").map((cell) => cell.trim()));
    if (block.length < 2 && block[0].length < 2) return;
    event.preventDefault();
    const pairs = placed(event.target, block);
    for (const [input, value] of pairs) {
      input.value = value;
      echo(input);
    }
    addUp();
    count();
    const money = pairs.filter(([input]) => "money" in input.dataset);
    if (money.length <= FEW) for (const [input] of money) words(input).catch(() => {});
    form.querySelector(".grid-state [role=status]").textContent = form.dataset.pasted.replace("{n}", pairs.length);
    pairs.at(-1)?.[0].focus();
    form.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // Where a block goes: a line a row. In a figure that is broken down, the columns go into its cells, a line a figure.
  function placed(first, block) {
    const all = inputs();
    const from = all.indexOf(first);
    const wide = block[0].length > 1 && first.closest("tr").matches(".part");
    if (!wide) return all.slice(from, from + block.length).map((input, i) => [input, block[i][0]]);
    const figures = [];
    for (const input of all.slice(from)) {
      const row = input.closest("tr"), before = row.previousElementSibling;
      if (!row.matches(".part")) continue;
      if (!figures.length || !before?.matches(".part")) figures.push([]);
      figures.at(-1).push(input);
    }
    return block.flatMap((line, i) => line.slice(0, figures[i]?.length ?? 0).map((value, j) => [figures[i][j], value]));
  }

  // How far one has come, before the server says it: a cell with something in it is filled in.
  function count() {
    const place = document.querySelector("#progress [data-filled]");
    if (!place) return;
    const all = inputs(), filled = all.filter((input) => !["", "…", "..."].includes(input.value.trim())).length;
    place.textContent = place.dataset.filled.replace("{a}", grouped(String(filled))).replace("{b}", grouped(String(all.length)));
    place.closest("#progress").querySelector(".bar-ok").setAttribute("width", (100 * filled) / all.length);
  }

  // Rows in which something is said now: the answer brings those and what the figures changed, not every row.
  form.addEventListener("htmx:configRequest", ({ detail }) => {
    const rows = [...form.querySelectorAll(".grid tbody tr")];
    const speaking = rows.flatMap((row, n) => (row.querySelector(".why .rule, .why .explain") ? [n + 1] : []));
    detail.parameters.set?.("noi", speaking.join(" "));
  });

  // Somebody else saved meanwhile: going on would overwrite their figures, so saving stops here.
  form.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status !== 409) return;
    form.dataset.stopped = "";
    const state = form.querySelector(".grid-state");
    state.classList.add("bad");
    state.querySelector("[role=status]").textContent = failureText(event.detail.xhr);
  });
  form.addEventListener("htmx:beforeRequest", (event) => {
    if ("stopped" in form.dataset) event.preventDefault();
  });
  addUp();
}
