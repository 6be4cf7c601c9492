/* Links and forms ask for a page; the address follows when the page has come, never before. */
(() => {
  const { useLayoutEffect } = window.React;
  const here = () => location.pathname + location.search;
  const pathOf = (address) => address.split("?")[0];

  let current = here(); // the address of the page that is shown
  let position = history.state?.position ?? 0; // of that page among those of this tab
  let wanted = null; // { address, position }: the page that was asked for last
  let isDrawn = false; // the scripts have drawn a page
  let asking = null; // ends the request for a page that is no longer wanted
  let requests = 0;
  let focusKey = null; // data-key of the element that has the focus after the redraw
  let scrollTarget = null; // id of the element that is scrolled to

  const ask = async (address, place) => {
    asking?.abort();
    asking = new AbortController();
    wanted = { address, position: place };
    const { signal } = asking;
    const answer = await fetch(window.dashboard.answer.addressOf(address), { signal }).catch(() => null);
    const tree = answer?.ok && (await answer.json().catch(() => null));
    if (signal.aborted) return;
    if (tree) window.dashboard.answer.show(tree, `${address}#${++requests}`);
    else location.assign(address); // refused: the browser shows why
  };

  /* Before the scripts have taken the page over, the browser itself opens the address. */
  const go = (href, key, target, isInPlace) => {
    const url = new URL(href, location.href);
    const address = url.pathname + url.search;
    if (!isDrawn || !window.dashboard.isTakenOver()) {
      location.assign(url);
      return;
    }
    focusKey = url.pathname === pathOf(current) ? key || null : "title";
    scrollTarget = target || url.hash.slice(1) || null;
    ask(address, isInPlace ? position : position + 1);
    wanted.isInPlace = isInPlace;
  };

  /* The page of an address is on the screen: the address bar follows. */
  const arrive = (address) => {
    const isOtherPage = pathOf(address) !== pathOf(current);
    const ahead = wanted.position - position;
    current = address;
    if (address === here()) {
      position = wanted.position;
    } else if (ahead > 0 && !wanted.isTravel) {
      history.pushState({ position: ++position }, "", address);
    } else if (wanted.isInPlace) {
      history.replaceState(history.state, "", address);
    } else if (ahead) {
      position = wanted.position;
      history.go(ahead);
    }
    if (isOtherPage && !wanted.isTravel) window.scrollTo(0, 0);
    document.dispatchEvent(new Event("dashboard:arrived"));
  };

  /* Back and forward change the address first; without an answer it returns to the page. */
  window.addEventListener("popstate", (event) => {
    if (!isDrawn || here() === current) return;
    ask(here(), event.state?.position ?? 0);
    wanted.isTravel = true;
  });

  const stay = () => {
    if (wanted?.isTravel && here() !== current) history.go(position - wanted.position);
  };

  /* The first page is the one that came drawn, unless the browser did not say which it is. */
  const Address = ({ shown }) => {
    useLayoutEffect(() => {
      if (isDrawn) arrive(shown.split("#")[0]);
      else if (document.querySelector("#main")?.dataset.page !== shown) ask(here(), position);
      isDrawn = true;
    }, [shown]);
    return null;
  };

  const restoreFocus = () => {
    const active = document.activeElement;
    if (!focusKey || (active && active !== document.body)) return;
    const target = document.querySelector(`[data-key="${CSS.escape(focusKey)}"]`);
    if (!target) return;
    target.focus({ preventScroll: true });
    const place = scrollTarget && document.getElementById(scrollTarget);
    place?.closest("details")?.setAttribute("open", "");
    place?.scrollIntoView();
    focusKey = scrollTarget = null;
  };

  if (history.state?.position === undefined) history.replaceState({ position }, "");
  Object.assign(window.dashboard, { Address, go, restoreFocus, stay });
})();
