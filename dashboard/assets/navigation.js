/* Links and forms change the address without loading a page; the focus survives the redraw. */
(() => {
  const { prefix } = document.documentElement.dataset; // where the proxy shows the dashboard
  let focusKey = null; // data-key of the element that has the focus after the redraw
  let scrollTarget = null; // id of the element that is scrolled to

  const staysInDashboard = (anchor) =>
    anchor.origin === location.origin &&
    !anchor.target &&
    !anchor.hasAttribute("download") &&
    !anchor.getAttribute("href").startsWith("#") &&
    !/^\/(api\/|docs|openapi\.json)/.test(anchor.pathname.slice(prefix.length));

  const go = (address, key, target) => {
    const pathBefore = location.pathname;
    focusKey = key || null;
    scrollTarget = target || null;
    history.pushState({}, "", address);
    window.dispatchEvent(new PopStateEvent("popstate")); // Dash's Location listens to it
    if (location.pathname !== pathBefore) {
      window.scrollTo(0, 0);
      focusKey = "title";
    }
  };

  const restoreFocus = () => {
    const active = document.activeElement;
    if (!focusKey || (active && active !== document.body)) return;
    const target = document.querySelector(`[data-key="${CSS.escape(focusKey)}"]`);
    if (!target) return;
    target.focus({ preventScroll: true });
    if (scrollTarget) document.getElementById(scrollTarget)?.scrollIntoView();
    focusKey = scrollTarget = null;
  };

  document.addEventListener("click", (event) => {
    const modified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (event.defaultPrevented || event.button || modified) return;
    const anchor = event.target.closest("a[href]");
    if (!anchor || !staysInDashboard(anchor)) return;
    event.preventDefault();
    go(anchor.href, anchor.dataset.key, anchor.dataset.scroll);
  });

  /* A form with the class "find" is answered by an address; empty fields stay out of it. */
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form.find")) return;
    event.preventDefault();
    const query = new URLSearchParams(new FormData(event.target));
    for (const [key, value] of [...query]) if (!value.trim()) query.delete(key);
    const text = query.toString();
    go(event.target.getAttribute("action") + (text ? `?${text}` : ""), event.target.dataset.key);
  });

  Object.assign(window.dashboard, { go, restoreFocus });
})();
