/* The server draws the page of a link while the reader still points at it. */
(() => {
  const REST = 60; // ms that a pointer rests on a link
  const MOST = 50; // pages of one document
  const addresses = new Set([location.pathname + location.search]);
  let timer = null;

  const isThrifty = () => navigator.connection?.saveData;

  /* Only the head is sent back; what the server has drawn, the click gets at once. */
  const request = (address) => {
    if (addresses.has(address) || addresses.size > MOST || isThrifty()) return;
    addresses.add(address);
    fetch(address, { method: "HEAD", priority: "low" }).catch(() => addresses.delete(address));
  };

  const addressOf = (event) => {
    const anchor = event.target.closest?.("a[href]");
    const href = anchor && window.dashboard.pageOf(anchor);
    if (!href) return null;
    const url = new URL(href, location.href);
    return url.pathname + url.search;
  };

  const after = (delay) => (event) => {
    clearTimeout(timer);
    const address = addressOf(event);
    if (address) timer = setTimeout(request, delay, address);
  };

  document.addEventListener("pointerover", after(REST), { passive: true });
  document.addEventListener("touchstart", after(0), { passive: true });
  document.addEventListener("focusin", after(REST));
})();
