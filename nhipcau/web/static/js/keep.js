// A form that survives a lost signal: what is typed lies on the device until the server has it. `data-keep="one"`: one
// form at this address (a report); `data-keep="each"`: every filling-in is one more thing (an activity).
import { account, get, items, put, remove } from "./store.js";
import { held } from "./replay.js";
import { later, moment, ready, show } from "./offline.js";
import { small } from "./photos.js";

const PAUSE = 400; // milliseconds without typing before it is kept
const SECRET = new Set(["csrfmiddlewaretoken", "khoa", "thay-mat"]); // the page's own, never another page's

for (const form of document.querySelectorAll("form[data-keep]")) start(form);

function start(form) {
  const words = form.dataset;
  const action = new URL(form.action);
  const place = action.pathname + action.search;
  const one = words.keep === "one";
  const state = form.querySelector("[data-kept-state]");
  const open = ready.then((may) => (may ? begin() : false)).catch(() => false);
  let going = false, busy = false, opened = false, chose = false, timer, written = "";
  open.then((may) => { opened = may; });

  const id = () => (one ? place : form.elements.client_key.value);
  const fields = () => [...new FormData(form)].filter(([name, value]) => !SECRET.has(name) && typeof value === "string");
  const say = (text) => { state.textContent = text; state.hidden = !text; };

  async function files() {
    const found = [];
    for (const input of form.querySelectorAll("input[type=file]")) {
      for (const file of input.files) found.push({ field: input.name, file: input.name === "photos" ? await small(file) : file });
    }
    return found;
  }

  // One after the other: what was typed a moment ago must not arrive after what is to be sent.
  let writing = Promise.resolve();
  function keep(kind, step) {
    writing = writing.catch(() => {}).then(() => write(kind, step));
    return writing;
  }

  async function write(kind, step) {
    const typed = fields();
    if (step?.name) typed.push([step.name, step.value]);
    const title = `${document.querySelector("h1").textContent.trim()}${words.keepTitle ? ` · ${words.keepTitle}` : ""}`;
    const told = { title, action: place, fields: typed };
    written = JSON.stringify(fields());
    await put({ id: id(), place, state: kind, told, files: kind !== "typed" || chose ? await files() : undefined });
    chose = false;
  }

  async function begin() {
    stand(id());
    if (words.answered === "saved") await remove(id()); // only the step was refused
    const before = await restored();
    if (before) { // what the server draws again after a refusal comes with its key: then it is what stands here
      const here = "answered" in words || (!one && before.id === form.elements.client_key.value);
      if (!here) fill(before.told.fields);
      if (!here) offer(before);
      choose(before.files);
      if (here) await keep("typed");
      else await put({ ...before, state: "typed", files: undefined });
      await show();
    } else if (!one && !form.querySelector("[aria-invalid=true]")) {
      form.elements.client_key.value = crypto.randomUUID(); // a kept page must not bring its key a second time
    }
    stand(id());
    if (document.body.dataset.kept) say(words.keptPage.replace("{at}", moment(document.body.dataset.kept)));
    else if (before && one && !("answered" in words)) form.dispatchEvent(new Event("change", { bubbles: true }));
    written = before ? "" : JSON.stringify(fields());
    return true;
  }

  // As long as the form stands open, nobody else sends it.
  const stand = (name) => navigator.locks.request(held(name), { ifAvailable: true }, (lock) => lock && new Promise(() => {}));

  async function restored() {
    if (one) return get(place);
    const [here, mine] = [await get(form.elements.client_key.value), await account()];
    const fits = (item) => item.place === place && item.post === mine.post && item.told.fields;
    return here ?? (await items()).filter((item) => fits(item) && ["typed", "refused"].includes(item.state)).at(-1) ?? null;
  }

  function fill(typed) {
    const values = new Map();
    for (const [name, value] of typed) values.set(name, [...(values.get(name) ?? []), value]);
    for (const field of form.elements) {
      if (!field.name || SECRET.has(field.name) || field.type === "file" || field.tagName === "BUTTON") continue;
      const wanted = values.get(field.name) ?? [];
      if (field.matches("[type=checkbox], [type=radio]")) field.checked = wanted.includes(field.value);
      else if (wanted.length) field.value = wanted[0];
      if (field.closest("details.more") && wanted[0] && field.type !== "hidden") field.closest("details.more").open = true;
      if (!["hidden", "radio", "checkbox"].includes(field.type)) field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function choose(files) {
    for (const input of form.querySelectorAll("input[type=file]")) {
      const chosen = new DataTransfer();
      for (const { field, file } of files) if (field === input.name) chosen.items.add(file);
      if (chosen.files.length && !input.files.length) input.files = chosen.files;
    }
  }

  function offer(before) {
    const bar = document.getElementById("nhap-do").content.cloneNode(true);
    const text = bar.querySelector("[data-text]");
    text.textContent = text.dataset.text.replace("{at}", moment(before.at));
    bar.querySelector("button").addEventListener("click", async () => {
      await remove(before.id);
      location.reload();
    });
    form.before(bar);
  }

  async function typed() {
    clearTimeout(timer);
    if (!(await open) || busy || going || JSON.stringify(fields()) === written) return;
    await keep("typed");
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(typed, PAUSE);
  });
  form.addEventListener("change", (event) => {
    if (event.target.type === "file") [chose, written] = [true, ""];
    typed();
  });

  // The autosave of a report is htmx's; once the server has what stands here, the device need not.
  form.addEventListener("htmx:afterRequest", async ({ detail }) => {
    if (detail.elt !== form || !opened) return;
    if (!detail.xhr.responseText.includes('class="grid-state good')) {
      if (detail.xhr.status === 403 || detail.xhr.getResponseHeader("HX-Redirect")) await keep("queued"); // signed out
      return;
    }
    const sent = detail.requestConfig.formData;
    if (fields().some(([name, value]) => !["edits", "goc"].includes(name) && sent.get(name) !== value)) return;
    say("");
    await remove(id());
    await show();
  });
  form.addEventListener("htmx:sendError", async (event) => {
    if (!opened) return;
    event.stopPropagation(); // nothing is lost, so nobody need be alarmed
    await keep("queued");
    say(words.keptWaiting);
    await later();
  });
  addEventListener("online", async () => {
    if (one && (await open) && (await get(id()))) form.dispatchEvent(new Event("change", { bubbles: true }));
  });

  form.addEventListener("submit", async (event) => {
    if (going) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    const step = event.submitter;
    try {
      if (await open) await leave(step);
      else go(step);
    } catch { // the device could not keep it: the form goes as it always went
      go(step);
    } finally {
      busy = false;
    }
  });

  async function leave(step) {
    clearTimeout(timer);
    await keep("queued", step);
    if (navigator.onLine) { go(step); return; }
    say(words.keptWaiting);
    await later();
    if (navigator.serviceWorker.controller) location.assign("/tren-may/");
  }

  function go(step) {
    going = true;
    const key = form.elements.khoa ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "khoa" }));
    key.value = id();
    form.requestSubmit(step);
  }

  addEventListener("pageshow", (event) => { if (event.persisted) going = false; });
}
