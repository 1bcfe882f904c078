// The page of what lies on this device: forms waiting, those their owner must look at, and pages that open here.
import { account, items, remove } from "./store.js";
import { moment, ready, send, show } from "./offline.js";

const root = document.querySelector("[data-waiting]");
const part = (name) => document.getElementById(`mau-${name}`).content.cloneNode(true).firstElementChild;
const toSend = document.querySelector("[data-send]");

async function draw() {
  const mine = await account();
  const all = mine ? await items() : [];
  root.querySelector("[data-nobody]").hidden = Boolean(mine);
  root.querySelector("[data-empty]").hidden = !mine || all.length > 0;
  root.querySelector("ul").replaceChildren(...all.map(row));
  root.querySelector("ul").hidden = !all.length;
  toSend.hidden = !all.some((item) => item.state === "queued");
  await pages(mine);
  await show();
}

function row(item) {
  const line = part("viec");
  line.dataset.id = item.id;
  const name = line.querySelector("a");
  name.textContent = item.told.title;
  name.href = item.told.fields ? item.place : item.told.photos;
  line.querySelector("time").textContent = moment(item.at);
  const photos = item.files.filter(({ field }) => field === "photos").length;
  const count = line.querySelector("[data-photos]");
  count.textContent = photos ? count.dataset.photos.replace("{n}", photos) : "";
  const chip = line.querySelector(".chip");
  chip.textContent = chip.dataset[item.state];
  chip.classList.add({ typed: "info", queued: "warn", refused: "bad", conflict: "bad" }[item.state]);
  const how = line.querySelector("[data-how]");
  how.textContent = how.dataset[item.told.why === 412 ? "post" : item.state] ?? "";
  line.querySelector("button").addEventListener("click", () => ask(item));
  return line;
}

function ask(item) {
  const dialog = document.getElementById("xoa");
  dialog.querySelector("[data-name]").textContent = item.told.title;
  dialog.returnValue = "";
  dialog.addEventListener("close", async () => {
    if (dialog.returnValue !== "xoa") return;
    await remove(item.id);
    await draw();
  }, { once: true });
  dialog.showModal();
}

async function pages(mine) {
  const place = document.querySelector("[data-pages]");
  const names = mine && mine.until > Date.now() ? (await caches.keys()).filter((name) => name.endsWith(`:${mine.uid}`)) : [];
  const found = [];
  for (const name of names) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const text = await (await cache.match(request)).text();
      found.push({ url: request.url, title: new DOMParser().parseFromString(text, "text/html").querySelector("h1").textContent });
    }
  }
  place.hidden = !found.length;
  place.querySelector("ul").replaceChildren(...found.map(({ url, title }) => {
    const line = part("trang");
    Object.assign(line.querySelector("a"), { href: url, textContent: title });
    return line;
  }));
}

document.addEventListener("nhipcau:phan", ({ detail: { item, done, all } }) => {
  const line = root.querySelector(`[data-id="${CSS.escape(item.id)}"]`);
  const bar = line?.querySelector("progress");
  if (!bar || !all) return;
  bar.hidden = false;
  Object.assign(bar, { max: all, value: done });
  bar.textContent = `${Math.floor(done)}/${all}`;
});

// Shown in the place of another page though there is a network: the server gave no answer, until it takes something.
const unreached = document.querySelector("[data-unreached]");
unreached.hidden = !navigator.onLine || location.pathname === root.dataset.waiting;

const said = root.querySelector("[data-told]");
toSend.addEventListener("click", () => {
  said.textContent = said.dataset.sending;
  send();
});
document.addEventListener("nhipcau:gui", async ({ detail }) => {
  said.textContent = said.getAttribute(`data-${detail}`) ?? "";
  document.querySelector("[data-way-in]").hidden = detail !== "sign-in";
  if (detail === "sent") unreached.hidden = true;
  await draw();
});
const line = () => { document.querySelector("[data-network]").hidden = navigator.onLine; };
for (const kind of ["online", "offline"]) addEventListener(kind, line);
line();
ready.then(draw, draw);
