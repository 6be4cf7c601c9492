/* Links and forms ask for a page; the address follows when the page has come, never before. */
(() => {
  const { useLayoutEffect } = window.React;
  const here = () => location.pathname + location.search;
  const pathOf = (address) => address.split("?")[0];

  let current = here(); // the address of the page that is shown
  let position = history.state?.position ?? 0; // of that page among those of this tab
  let wanted = null; // { address, position }: the page that was asked for last
  let setProperties = null; // of the Address component, once it is there
  let requests = 0;
  let focusKey = null; // data-key of the element that has the focus after the redraw
  let scrollTarget = null; // id of the element that is scrolled to

  const ask = (address, place) => {
    wanted = { address, position: place };
    setProperties({ wanted: `${address}#${++requests}` });
  };

  /* Before the scripts have taken the page over, the browser itself opens the address. */
  const go = (href, key, target, isInPlace) => {
    const url = new URL(href, location.href);
    const address = url.pathname + url.search;
    if (!setProperties || !window.dashboard.isTakenOver()) {
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
    const isForward = wanted?.position > position;
    const ahead = wanted ? wanted.position - position : 0;
    current = address;
    if (address === here()) {
      position = wanted?.position ?? position;
    } else if (isForward && !wanted.isTravel) {
      history.pushState({ position: ++position }, "", address);
    } else if (wanted?.isInPlace) {
      history.replaceState(history.state, "", address);
    } else if (ahead) {
      position = wanted.position;
      history.go(ahead);
    }
    if (isOtherPage && !wanted?.isTravel) window.scrollTo(0, 0);
    document.dispatchEvent(new Event("dashboard:arrived"));
  };

  /* Back and forward change the address first; without an answer it returns to the page. */
  window.addEventListener("popstate", (event) => {
    if (!setProperties || here() === current) return;
    ask(here(), event.state?.position ?? 0);
    wanted.isTravel = true;
  });

  const stay = () => {
    if (wanted?.isTravel && here() !== current) history.go(position - wanted.position);
  };

  const Address = ({ shown, setProps }) => {
    useLayoutEffect(() => {
      const isFirst = !setProperties;
      setProperties = setProps;
      const address = (shown || "").split("#")[0];
      if (!isFirst) arrive(address);
      else if (address !== here()) ask(here(), position);
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
