// The entry grid: Enter moves down, a pasted column fills down, figures echo as one types. Saving is htmx's.
// The server alone decides what a figure means; the echo only shows what is beyond doubt.
import { failureText } from "./app.js";

const FIGURE = /^-?(\d+|[1-9]\d{0,2}(\.\d{3})+)(,\d+)?$/;
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
    addUp();
  }

  function addUp() {
    for (const total of form.querySelectorAll("[data-sum]")) {
      const cells = total.dataset.sum.split(" ").map((key) => form.elements.namedItem(key));
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
  }

  function move(input, step) {
    const all = inputs();
    const next = all[all.indexOf(input) + step];
    next?.focus();
    next?.select();
  }

  form.addEventListener("input", (event) => {
    if (event.target.matches(".now input")) echo(event.target);
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
    const lines = text.split(/\r?\n/).map((line) => line.split("\t")[0].trim());
    if (lines.length < 2) return;
    event.preventDefault();
    const all = inputs();
    const targets = all.slice(all.indexOf(event.target), all.indexOf(event.target) + lines.length);
    targets.forEach((input, i) => {
      input.value = lines[i];
      echo(input);
      if ("money" in input.dataset) words(input).catch(() => {});
    });
    form.querySelector(".grid-state [role=status]").textContent = form.dataset.pasted.replace("{n}", targets.length);
    targets.at(-1).focus();
    form.dispatchEvent(new Event("change", { bubbles: true }));
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
