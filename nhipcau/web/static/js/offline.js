// On every page: who owns what lies on this device, what has arrived, and sending the rest when there is a network.
// Without a secure address there is neither a worker nor a key; then nothing is kept, and pages work as ever.
import { account, count, lock, remove, rows, unlock } from "./store.js";
import { replay, ticket } from "./replay.js";

const AGAIN = 30_000; // milliseconds between tries while something waits
const owner = document.body.dataset.account;
export const ready = window.isSecureContext && "serviceWorker" in navigator && navigator.locks ? begin() : Promise.resolve(false);

async function begin() {
  await arrived();
  if (owner === undefined) return Boolean(await account()); // the page that is nobody's
  if (!owner) {
    await lock();
    await tellLocked();
    return false;
  }
  const known = await account();
  if (document.body.dataset.kept) return known?.uid === owner; // drawn by the worker: there is nobody to ask
  if (known?.uid !== owner || known.post !== document.body.dataset.post) {
    const given = await ticket().catch(() => null);
    if (given?.account !== owner) return false;
    await unlock(given);
  }
  navigator.serviceWorker.register("/sw.js", { type: "module" })
    .then(() => navigator.serviceWorker.ready)
    .then(({ active }) => active.postMessage({ language: document.documentElement.lang }));
  return true;
}

const two = (number) => String(number).padStart(2, "0");

// 09:05 05/11/2026, as every page says it.
export function moment(value) {
  const at = new Date(value);
  return `${two(at.getHours())}:${two(at.getMinutes())} ${two(at.getDate())}/${two(at.getMonth() + 1)}/${at.getFullYear()}`;
}

// A form sent from its page brings back its key in a cookie once the server has it.
async function arrived() {
  const key = document.cookie.match(/(?:^|; )xong=([^;]+)/)?.[1];
  if (!key) return;
  document.cookie = "xong=; Max-Age=0; path=/; SameSite=Lax";
  await remove(decodeURIComponent(key));
}

async function tellLocked() {
  const place = document.querySelector("[data-locked]");
  const left = place ? await count() : 0;
  if (!left) return;
  place.textContent = place.dataset.locked.replace("{n}", left);
  place.hidden = false;
}

export async function show() {
  const chip = document.getElementById("tren-may");
  if (!chip) return;
  const left = (await rows()).filter((item) => item.state !== "typed").length;
  chip.hidden = !left;
  chip.textContent = chip.dataset.text.replace("{n}", left);
}

const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`nhipcau:${name}`, { detail }));

let trying = null; // pressed while it is under way, the same answer counts for both
export function send() {
  trying ??= attempt().finally(() => { trying = null; });
  return trying;
}

async function attempt() {
  const queued = (await rows()).some((item) => item.state === "queued"); // if not, the worker may have sent it all
  const how = queued ? await replay((item, done, all) => tell("phan", { item, done, all })) : "nothing";
  await show();
  return tell("gui", how);
}

// Where the browser can, it sends even after the page is closed.
export async function later() {
  await show();
  const worker = await navigator.serviceWorker.getRegistration();
  await worker?.sync?.register("gui").catch(() => {}); // not allowed everywhere; the next page sends it then
}

ready.then(async (open) => {
  if (!open) return;
  if (navigator.onLine) send(); else show();
  addEventListener("online", () => send());
  setInterval(async () => { if (navigator.onLine) await send(); }, AGAIN);
});
