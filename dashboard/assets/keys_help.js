/* Help on keys, which `?` opens on every page; keys of a single character can be turned off there. */
(() => {
  const NO_SINGLE = "no-letters"; // in the browser's storage
  const dialog = () => document.querySelector(".keys-help");

  const areSingle = () => {
    try {
      return !localStorage.getItem(NO_SINGLE);
    } catch {
      return true; // storage is switched off
    }
  };

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
    if (!event.target.matches?.("[data-single-keys]")) return;
    try {
      if (event.target.checked) localStorage.removeItem(NO_SINGLE);
      else localStorage.setItem(NO_SINGLE, "1");
    } catch {
      event.target.checked = true; // storage is switched off: nothing can be remembered
    }
  });

  window.dashboard.keys = { areSingle, help };
})();
