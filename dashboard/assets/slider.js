/* The slider of periods: an address for each stop. */
(() => {
  const DELAY = 120; // ms without a move before the address changes
  let timer;

  document.addEventListener("input", (event) => {
    const addresses = event.target.dataset?.addresses?.split(" ");
    if (!addresses) return;
    clearTimeout(timer);
    const { value, dataset } = event.target;
    timer = setTimeout(() => window.dashboard.go(addresses[value], dataset.key), DELAY);
  });
})();
