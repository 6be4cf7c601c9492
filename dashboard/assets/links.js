/* Links and forms that stay in the dashboard are answered without loading a document. */
(() => {
  const { prefix } = document.documentElement.dataset; // where the proxy shows the dashboard
  const FILES = /^\/(api\/|docs|openapi\.json|sitemap\.xml|robots\.txt)/;

  const staysInDashboard = (anchor) =>
    anchor.origin === location.origin &&
    !anchor.target &&
    !anchor.hasAttribute("download") &&
    !anchor.getAttribute("href").startsWith("#") &&
    !FILES.test(anchor.pathname.slice(prefix.length));

  /* A link in a drawing has an animated address and no origin. */
  const addressOf = (anchor) =>
    anchor instanceof SVGAElement ? new URL(anchor.href.baseVal, location.href).href : anchor.href;

  /* The address of a page of the dashboard; null where a link leads elsewhere. */
  window.dashboard.pageOf = (anchor) =>
    anchor instanceof SVGAElement || staysInDashboard(anchor) ? addressOf(anchor) : null;

  document.addEventListener("click", (event) => {
    const modified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (event.defaultPrevented || event.button || modified) return;
    const anchor = event.target.closest("a[href]");
    const address = anchor && window.dashboard.pageOf(anchor);
    if (!address) return;
    event.preventDefault();
    window.dashboard.go(address, anchor.dataset.key, anchor.dataset.scroll);
  });

  /* A form with the class "find" is answered by an address; empty fields stay out of it. */
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form.find")) return;
    event.preventDefault();
    const query = new URLSearchParams(new FormData(event.target));
    for (const [key, value] of [...query]) if (!value.trim()) query.delete(key);
    const text = query.toString();
    const address = event.target.getAttribute("action") + (text ? `?${text}` : "");
    window.dashboard.go(address, event.target.dataset.key);
  });
})();
