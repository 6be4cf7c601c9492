/* Title, theme and language of the document follow the page that is drawn. */
(() => {
  const root = document.documentElement;

  const update = () => {
    const theme = new URLSearchParams(location.search).get("theme") || "light";
    if (root.dataset.theme !== theme) root.dataset.theme = theme;
    const language = document.querySelector(".languages [aria-current]")?.lang;
    if (language && root.lang !== language) root.lang = language;
    const title = document.querySelector("[data-title]")?.dataset.title;
    if (title && document.title !== title) document.title = title;
  };

  new MutationObserver(update).observe(document.body, { childList: true, subtree: true });
  window.addEventListener("popstate", update);
})();
