/* Title, theme and language of the document follow the page that is drawn. */
(() => {
  const root = document.documentElement;

  const update = () => {
    window.updateTheme();
    const language = document.querySelector(".languages [aria-current]")?.lang;
    if (language && root.lang !== language) root.lang = language;
    const title = document.querySelector("[data-title]")?.dataset.title;
    if (title && document.title !== title) document.title = title;
  };

  /* The margins of a printed page are texts of the style sheet. */
  const nameThePaper = () => {
    const day = new Intl.DateTimeFormat(root.lang, { dateStyle: "long" }).format(new Date());
    const texts = {
      name: document.title,
      day: `${document.querySelector("[data-print]")?.dataset.print || ""} ${day}`,
      address: location.href,
    };
    for (const [key, text] of Object.entries(texts)) {
      root.style.setProperty(`--print-${key}`, JSON.stringify(text));
    }
  };

  window.addEventListener("beforeprint", nameThePaper);

  new MutationObserver(update).observe(document.body, { childList: true, subtree: true });
  document.addEventListener("dashboard:arrived", update);
})();
