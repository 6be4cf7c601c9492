/* The Html component, in-page links, and the focus that survives a redraw. */
(() => {
  const { createElement, useLayoutEffect, memo } = window.React;
  let activated = null;

  const inside = (anchor) =>
    anchor && anchor.origin === location.origin && !anchor.target && !anchor.hasAttribute("download") &&
    !anchor.pathname.startsWith("/api/") && !anchor.pathname.startsWith("/docs");

  const go = (address, key) => {
    const before = location.pathname;
    activated = key || null;
    history.pushState({}, "", address);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    if (location.pathname !== before) { window.scrollTo(0, 0); activated = "title"; }
  };

  const refocus = () => {
    if (!activated || (document.activeElement && document.activeElement !== document.body)) return;
    const target = document.querySelector(`[data-key="${CSS.escape(activated)}"]`);
    if (target) { target.focus({ preventScroll: true }); activated = null; }
  };

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      navigator.clipboard?.writeText(location.href);
      copy.querySelector("span").textContent = copy.dataset.copy;
      return;
    }
    const anchor = event.target.closest("a[href]");
    if (!inside(anchor)) return;
    if (anchor.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    go(anchor.href, anchor.dataset.key);
  });

  const Html = memo(({ id, html, className, tag }) => {
    useLayoutEffect(refocus, [html]);
    return createElement(tag || "div", { id, className, dangerouslySetInnerHTML: { __html: html } });
  });

  window.dashboard = { Html, go };
})();
