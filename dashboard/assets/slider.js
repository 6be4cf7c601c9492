/* The slider of periods: a stop is asked for where the reader rests, shown when it is let go. */
(() => {
  const GESTURE = 1000; // ms: stops nearer to each other are one step of the history
  const here = () => location.pathname + location.search;
  let wanted = null; // the address of the stop that was asked for last
  let arrived = -Infinity; // when a stop was shown last

  const stopOf = ({ target }) => {
    const { addresses, labels } = target.dataset ?? {};
    return addresses && { address: addresses.split(" ")[target.value], label: labels.split("|")[target.value] };
  };

  document.addEventListener("input", (event) => {
    const stop = stopOf(event);
    if (!stop) return;
    const output = event.target.parentElement.querySelector("output");
    output.ariaLive = "off"; // the slider itself is read
    output.textContent = event.target.ariaValueText = stop.label;
    window.dashboard.prefetch(stop.address);
  });

  document.addEventListener("change", (event) => {
    const stop = stopOf(event);
    if (!stop) return;
    window.dashboard.prefetch(null); // it is asked for now
    wanted = stop.address;
    const isInPlace = performance.now() - arrived < GESTURE;
    window.dashboard.go(wanted, event.target.dataset.key, null, isInPlace);
  });

  document.addEventListener("dashboard:arrived", () => {
    if (wanted === here()) arrived = performance.now();
  });
})();
