// What lies on this device: forms not yet sent, sealed with a key that the server gives to their owner. Signing out
// drops the key and the kept pages; the forms stay, unreadable to whoever comes next, until their owner is back.
const DB = "nhipcau", PAGES = "trang:";

function asked(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

let opening;
function database() {
  opening ??= new Promise((done, failed) => {
    const request = indexedDB.open(DB, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("items", { keyPath: "id" });
      request.result.createObjectStore("meta", { keyPath: "name" });
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  return opening;
}

async function table(name, mode, act) {
  const transaction = (await database()).transaction(name, mode);
  const answer = await asked(act(transaction.objectStore(name)));
  if (mode === "readwrite") await new Promise((done, failed) => {
    transaction.oncomplete = done;
    transaction.onabort = () => failed(transaction.error);
  });
  return answer;
}

// The account whose forms can be read now: { uid, post, until, key }.
export const account = async () => (await table("meta", "readonly", (all) => all.get("account"))) ?? null;

export async function unlock(ticket) {
  const raw = Uint8Array.from(atob(ticket.key), (letter) => letter.charCodeAt(0));
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  const { account: uid, post, until } = ticket;
  await dropPages(uid);
  await table("meta", "readwrite", (all) => all.put({ name: "account", uid, post, until, key }));
}

export async function lock() {
  await table("meta", "readwrite", (all) => all.delete("account"));
  await dropPages("");
}

async function dropPages(owner) {
  for (const name of await caches.keys()) {
    if (name.startsWith(PAGES) && !(owner && name.endsWith(`:${owner}`))) await caches.delete(name);
  }
}

async function seal(key, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) };
}

const unseal = (key, { iv, data }) => crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data);

// An item: { id, owner, post, place, state, at, told: {title, action, fields, photos, why}, files: [{field, file}] };
// without `files` those that lie there already stay.
// States: "typed" (being filled in), "queued" (to be sent), "refused" and "conflict" (its owner must look).
export async function put(item) {
  const { key, uid, post } = (await account()) ?? {};
  if (!key || (item.owner && item.owner !== uid)) throw new Error("locked");
  const { id, place, state } = item;
  const words = await seal(key, text(item.told));
  const files = item.files ? await sealed(key, item.files) : (await table("items", "readonly", (all) => all.get(id)))?.files ?? [];
  const row = { id, owner: uid, post: item.post ?? post, place, state, at: item.at ?? Date.now(), words, files };
  await table("items", "readwrite", (all) => all.put(row));
}

const text = (value) => new TextEncoder().encode(JSON.stringify(value));
const read = (bytes) => JSON.parse(new TextDecoder().decode(bytes));

async function sealed(key, files) {
  const rows = [];
  for (const { field, file } of files) {
    const { name, type } = file;
    rows.push({ named: await seal(key, text({ field, name, type })), ...(await seal(key, await file.arrayBuffer())) });
  }
  return rows;
}

async function opened(row, key) {
  const told = read(await unseal(key, row.words));
  const files = [];
  for (const one of row.files) {
    const { field, name, type } = read(await unseal(key, one.named));
    files.push({ field, file: new File([await unseal(key, one)], name, { type }) });
  }
  const { id, owner, post, place, state, at } = row;
  return { id, owner, post, place, state, at, told, files };
}

// Those of the account that is signed in, oldest first, as they lie there: { id, place, state, at }.
export async function rows() {
  const mine = await account();
  if (!mine) return [];
  const all = await table("items", "readonly", (found) => found.getAll());
  return all.filter((row) => row.owner === mine.uid).sort((one, other) => one.at - other.at);
}

export async function items() {
  const { key } = (await account()) ?? {};
  return Promise.all((await rows()).map((row) => opened(row, key)));
}

export async function get(id) {
  const { key, uid } = (await account()) ?? {};
  const row = key && (await table("items", "readonly", (all) => all.get(id)));
  return row?.owner === uid ? opened(row, key) : null;
}

export const remove = (id) => table("items", "readwrite", (all) => all.delete(id));

// How many wait, whoever they belong to: a number is all that may be said to somebody not signed in.
export const count = () => table("items", "readonly", (all) => all.count());
