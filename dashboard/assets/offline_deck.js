/* A deck that is open is stored by its service worker, so that it can be reloaded without a network. */
(() => {
  const DECK = ".view-meeting .deck[data-release]";
  let address = ""; // of the deck that was stored

  const prefix = () => document.querySelector("[data-prefix]")?.dataset.prefix || "";

  const store = async (deck) => {
    const scope = `${prefix()}/presenta/`;
    await navigator.serviceWorker.register(`${prefix()}/deck-worker.js`, { scope });
    const registration = await navigator.serviceWorker.getRegistration(scope);
    const worker = registration.active || (await active(registration));
    const files = performance.getEntriesByType("resource").map((entry) => entry.name);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => (document.documentElement.dataset.stored = address);
    const { release } = deck.dataset;
    worker.postMessage({ release, deck: location.href, files: [...new Set(files)] }, [port2]);
  };

  const active = (registration) =>
    new Promise((resolve) => {
      const worker = registration.installing || registration.waiting;
      worker.addEventListener("statechange", () => {
        if (worker.state === "activated") resolve(worker);
      });
    });

  const watch = () => {
    const deck = document.querySelector(DECK);
    const url = new URL(location.href);
    for (const name of ["slide", "presenter"]) url.searchParams.delete(name);
    if (!deck || address === url.href) return;
    address = url.href;
    const run = () => store(deck).catch(() => {}); // storage may be switched off: nothing is lost
    if (document.readyState === "complete") run();
    else window.addEventListener("load", run, { once: true });
  };

  if (!navigator.serviceWorker) return; // plain http
  new MutationObserver(watch).observe(document.body, { childList: true, subtree: true });
  watch();
})();
