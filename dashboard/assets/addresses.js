/* Addresses that are remembered without what holds on every page: language, theme and release. */
(() => {
  const EVERYWHERE = ["lang", "theme", "release"];

  const changed = (address, change) => {
    const url = new URL(address, location.href);
    for (const name of EVERYWHERE) change(url.searchParams, name);
    return url.pathname + url.search + url.hash;
  };

  /* An address of this site alone: neither another host's nor a script. */
  const isOwn = (address) => typeof address === "string" && /^\/(?!\/)/.test(address);
  const without = (address) => changed(address, (query, name) => query.delete(name));
  const within = (address) => {
    const page = new URLSearchParams(location.search);
    return changed(address, (query, name) => page.get(name) && query.set(name, page.get(name)));
  };

  window.dashboard.addresses = { isOwn, within, without };
})();
