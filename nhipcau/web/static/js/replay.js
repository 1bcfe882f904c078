// Sends what was kept, one after the other: the form first, then its photographs one by one. A page and the worker
// both do so; a lock keeps them apart, and the server knows a form that arrives twice.
import { account, items, put, remove, unlock } from "./store.js";

const LOCK = "nhipcau-gui";
export const held = (id) => `nhipcau-mo:${id}`; // a page in which the form stands open sends it itself

export async function ticket() {
  const answer = await fetch("/tren-may/the/", { cache: "no-store" });
  if (!answer.ok) throw new Error("no answer");
  return answer.json();
}

// "sent" (all of it), "waits" (no network, or the server is in trouble), "sign-in", or "look": some need their owner.
export async function replay(told = () => {}) {
  const mine = await account();
  if (!mine) return "sign-in";
  return navigator.locks.request(LOCK, async () => {
    let given;
    try { given = await ticket(); } catch { return "waits"; }
    if (given.account !== mine.uid) return "sign-in";
    await unlock(given);
    const open = new Set((await navigator.locks.query()).held.map((one) => one.name));
    let answer = "sent";
    for (const item of await items()) {
      if (item.state === "typed" || open.has(held(item.id))) continue;
      if (item.state !== "queued") { answer = "look"; continue; }
      const how = await send(item, given, told).catch(() => "waits");
      if (how === "waits" || how === "sign-in") return how;
      if (how === "look") answer = "look";
    }
    return answer;
  });
}

async function send(item, given, told) {
  const photos = item.files.filter(({ field }) => field === "photos"), all = photos.length;
  told(item, 0, all);
  if (item.told.fields) {
    const body = new FormData();
    for (const [name, value] of item.told.fields) body.append(name, value);
    for (const { field, file } of item.files) if (field !== "photos") body.append(field, file);
    const answer = await post(item, item.told.action, body, given);
    if (answer.status !== 204) return stopped(item, answer.status);
    item.told.photos ??= answer.photos;
    [item.told.fields, item.files] = [null, photos];
    if (photos.length) await put(item);
  }
  while (photos.length) {
    const body = new FormData();
    body.append("viec", "them");
    body.append("photos", photos[0].file);
    const progress = (part) => told(item, all - photos.length + part, all);
    const answer = await post(item, item.told.photos, body, given, progress);
    if (answer.status !== 204) return stopped(item, answer.status);
    photos.shift();
    if (photos.length) await put(item);
  }
  await remove(item.id);
  told(item, all, all);
  return "sent";
}

async function stopped(item, status) {
  if (status === 401) return "sign-in";
  if (status >= 500 || status === 429 || status === 0) return "waits";
  item.state = status === 409 ? "conflict" : "refused";
  item.told.why = status;
  await put(item);
  return "look";
}

function post(item, url, body, given, progress) {
  const headers = { "Nhipcau-Replay": "1", "Nhipcau-Post": item.post, "X-CSRFToken": given.token };
  if (typeof XMLHttpRequest === "undefined") return byFetch(url, body, headers); // in the worker
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => progress?.(event.total ? event.loaded / event.total : 0);
    request.onload = () => done({ status: request.status, photos: request.getResponseHeader("Nhipcau-Photos") });
    request.onerror = () => failed(new Error("no network"));
    request.send(body);
  });
}

async function byFetch(url, body, headers) {
  const answer = await fetch(url, { method: "POST", body, headers });
  return { status: answer.status, photos: answer.headers.get("Nhipcau-Photos") };
}
