/* Service worker of the meeting mode: a deck that was open once opens again without a network.

   It answers only below /presenta/, asks the network first, and falls back on what it stored. Each
   release has its own store, so that a slide and its files are never of two releases. What Dash asks
   for to take the page over is not stored: without the server the page stays as it was drawn. */
const STORE = "deck-";
const MOST_RELEASES = 2;
const MOST_DECKS = 8; // of a release
const MOST_FILES = 80; // of a release: scripts, styles, fonts
const FILES = /\/(bundle|_dash-component-suites|assets)\//;
const OF_THE_ROOM = ["slide", "presenter"]; // what the address has beside the deck

const deckAddress = (address) => {
  const url = new URL(address);
  url.hash = "";
  for (const name of OF_THE_ROOM) url.searchParams.delete(name);
  return url.href;
};

const isFile = (address) => FILES.test(new URL(address).pathname);

/* The names of the stores, the newest release first: a name begins with its day. */
const stores = async () =>
  (await caches.keys()).filter((name) => name.startsWith(STORE)).sort().reverse();

const limit = async (store) => {
  const requests = await store.keys();
  const files = requests.filter((request) => isFile(request.url));
  const decks = requests.filter((request) => !isFile(request.url));
  const surplus = [...files.slice(0, -MOST_FILES), ...decks.slice(0, -MOST_DECKS)];
  await Promise.all(surplus.map((request) => store.delete(request)));
};

/* What is stored again is the newest: the oldest is what a limit takes away. */
const put = async (store, address) => {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return;
  await store.delete(address, { ignoreVary: true });
  await store.put(address, answer);
};

const keep = async ({ release, deck, files }) => {
  const store = await caches.open(STORE + release);
  const addresses = [deckAddress(deck), ...files.filter(isFile)];
  await Promise.allSettled(addresses.map((address) => put(store, address)));
  await limit(store);
  const old = (await stores()).slice(MOST_RELEASES);
  await Promise.all(old.map((name) => caches.delete(name)));
};

const stored = async (address) => {
  for (const name of await stores()) {
    const answer = await (await caches.open(name)).match(address, { ignoreVary: true });
    if (answer) return answer;
  }
  return null;
};

const answer = async (request, address) => {
  try {
    return await fetch(request);
  } catch (error) {
    const copy = await stored(address);
    if (copy) return copy;
    throw error;
  }
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  event.waitUntil(keep(event.data).then(() => event.ports[0]?.postMessage("stored")));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const isOwn = new URL(request.url).origin === self.location.origin;
  if (request.method !== "GET" || !isOwn) return;
  if (request.mode === "navigate") {
    event.respondWith(answer(request, deckAddress(request.url)));
  } else if (isFile(request.url)) {
    event.respondWith(answer(request, request.url));
  }
});
