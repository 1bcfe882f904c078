// The service worker. Files of this version come from the cache; pages come from the server, and only if there is no
// network from the device: a form that this account has seen, else the page that lists what is kept.
import { account } from "./store.js";
import { replay } from "./replay.js";

const KEEP = "Nhipcau-Keep", MOST_PAGES = 20;

export function serve({ version, files, static: prefix, shell, languages }) {
  const fixed = `tinh:${version}`;
  const pagesOf = (owner) => `trang:${version}:${owner}`;

  async function install() {
    const cache = await caches.open(fixed);
    await cache.addAll(files);
    for (const language of languages) { // without cookies: the page must not be anybody's
      const address = `${shell}?ngon-ngu=${language}`;
      await cache.put(address, await fetch(address, { credentials: "omit", cache: "no-cache" }));
    }
    await self.skipWaiting();
  }

  async function activate() {
    for (const name of await caches.keys()) {
      if (name !== fixed && !name.startsWith(`trang:${version}:`)) await caches.delete(name);
    }
    await self.clients.claim();
  }

  async function keep(request, response) {
    const owner = response.headers.get(KEEP);
    if ((await account())?.uid !== owner) return;
    const cache = await caches.open(pagesOf(owner));
    const headers = new Headers(response.headers);
    headers.set("Nhipcau-Kept", new Date().toISOString());
    const address = request.url.split("#")[0];
    await cache.delete(address);
    await cache.put(address, new Response(await response.blob(), { headers }));
    const known = await cache.keys();
    for (const old of known.slice(0, Math.max(0, known.length - MOST_PAGES))) await cache.delete(old);
  }

  async function kept(request) {
    const mine = await account();
    if (!mine || mine.until < Date.now() || request.method !== "GET") return null;
    const found = await (await caches.open(pagesOf(mine.uid))).match(request.url.split("#")[0]);
    if (!found) return null;
    const page = (await found.text()).replace("<body", `<body data-kept="${found.headers.get("Nhipcau-Kept")}"`);
    return new Response(page, { headers: found.headers });
  }

  async function alone(request) {
    const page = await kept(request);
    if (page) return page;
    const cache = await caches.open(fixed);
    const wanted = new URL(request.url).searchParams.get("ngon-ngu") ?? (await language());
    return (await cache.match(`${shell}?ngon-ngu=${wanted}`)) ?? cache.match(`${shell}?ngon-ngu=${languages[0]}`);
  }

  // The language of the pages, as the last one said: it lies beside the files.
  const language = async () => (await (await caches.open(fixed)).match("/tren-may/ngon-ngu"))?.text();

  async function page(event) {
    try {
      const response = await fetch(event.request);
      if (response.ok && response.headers.has(KEEP)) event.waitUntil(keep(event.request, response.clone()));
      return response;
    } catch {
      return alone(event.request);
    }
  }

  async function file(request) {
    const cache = await caches.open(fixed);
    const found = await cache.match(request);
    if (found) return found;
    const response = await fetch(request);
    if (response.ok && !request.headers.has("Range")) await cache.put(request, response.clone());
    return response;
  }

  self.addEventListener("install", (event) => event.waitUntil(install()));
  self.addEventListener("activate", (event) => event.waitUntil(activate()));
  self.addEventListener("fetch", (event) => {
    const { pathname, origin } = new URL(event.request.url);
    if (origin !== self.location.origin) return;
    if (event.request.mode === "navigate") event.respondWith(page(event));
    else if (event.request.method === "GET" && pathname.startsWith(prefix)) event.respondWith(file(event.request));
  });
  self.addEventListener("message", (event) => {
    if (event.data.language) event.waitUntil(caches.open(fixed).then((cache) => cache.put("/tren-may/ngon-ngu", new Response(event.data.language))));
  });
  self.addEventListener("sync", (event) => {
    if (event.tag !== "gui") return;
    event.waitUntil(replay().then((how) => { if (how === "waits") throw new Error("again later"); }));
  });
}
