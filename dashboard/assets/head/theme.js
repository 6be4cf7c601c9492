/* The theme of the pages: the address names one, else the reader's own choice, else the system's. */
(() => {
  const CHOICE = "theme";
  const root = document.documentElement;

  const { browser } = window.memory;

  const choice = () => browser.read(CHOICE);
  const remember = (theme) => browser.write(CHOICE, theme === "system" ? null : theme);

  const update = () => {
    const theme = new URLSearchParams(location.search).get("theme") || choice() || "system";
    if (root.dataset.theme !== theme) root.dataset.theme = theme;
    for (const link of document.querySelectorAll("[data-theme-choice]")) {
      const isCurrent = link.dataset.themeChoice === theme;
      if (isCurrent === link.hasAttribute("aria-current")) continue;
      if (isCurrent) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };

  const follow = (event) => {
    const themed = event.target.closest?.("[data-theme-choice]");
    if (themed) remember(themed.dataset.themeChoice);
  };

  document.addEventListener("click", follow, { capture: true }); // before the link is followed
  window.updateTheme = update;
  update();
})();
