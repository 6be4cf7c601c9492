/* An open menu closes with Escape or a click elsewhere. */
(() => {
  const openMenu = () => document.querySelector("details.menu[open]");

  document.addEventListener("click", (event) => {
    const menu = openMenu();
    if (menu && !menu.contains(event.target)) menu.open = false;
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") openMenu()?.removeAttribute("open");
  });
})();
