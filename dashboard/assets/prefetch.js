/* The page of a link is asked for while the reader still points at it: a click finds it here. */
(() => {
  const REST = 60; // ms that a pointer rests on a link, or a slider on a stop
  const MOST = 50; // pages of one document
  const addresses = new Set([location.pathname + location.search]);
  let timer = null;

  const isThrifty = () => navigator.connection?.saveData;

  /* The browser keeps the answer for a minute. As a `Request`, it is not repeated if it fails. */
  const request = (address) => {
    if (addresses.has(address) || addresses.size > MOST || isThrifty()) return;
    addresses.add(address);
    const ahead = new Request(window.dashboard.answer.addressOf(address), { priority: "low" });
    fetch(ahead).then((answer) => answer.text()).catch(() => addresses.delete(address));
  };

  const addressOf = (event) => {
    const anchor = event.target.closest?.("a[href]");
    const href = anchor && window.dashboard.pageOf(anchor);
    if (!href) return null;
    const url = new URL(href, location.href);
    return url.pathname + url.search;
  };

  /* Ask for an address unless another one comes before, or none. */
  const soon = (address, delay = REST) => {
    clearTimeout(timer);
    if (address) timer = setTimeout(request, delay, address);
  };

  const after = (delay) => (event) => soon(addressOf(event), delay);

  document.addEventListener("pointerover", after(REST), { passive: true });
  document.addEventListener("touchstart", after(0), { passive: true });
  document.addEventListener("focusin", after(REST));
  window.dashboard.prefetch = soon;
})();
