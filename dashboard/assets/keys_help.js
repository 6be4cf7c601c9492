/* Help on keys, which `?` opens on every page; keys of a single character can be turned off there. */
(() => {
  const NO_SINGLE = "no-letters"; // in the browser's storage
  const { browser } = window.memory;
  const dialog = () => document.querySelector(".keys-help");
  const areSingle = () => !browser.read(NO_SINGLE);

  const help = () => {
    dialog().querySelector("[data-single-keys]").checked = areSingle();
    dialog().showModal();
  };

  document.addEventListener("keydown", (event) => {
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    if (event.key !== "?" || modified || !areSingle() || window.dashboard.deck.main()) return;
    if (!dialog() || dialog().open || event.target.matches?.("input, textarea, select")) return;
    event.preventDefault();
    help();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-keys-help]")) help();
  });

  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!box.matches?.("[data-single-keys]")) return;
    if (!browser.write(NO_SINGLE, box.checked ? null : "1")) box.checked = true;
  });

  window.dashboard.keys = { areSingle, help };
})();
