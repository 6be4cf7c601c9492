/* The release that this browser last showed; a quiet link to what changed since then. */
(() => {
  const SEEN = "release-seen";
  const SINCE = "release-since"; // for as long as the tab is open
  let since = null;

  const { browser, tab } = window.memory;

  const read = (published) => {
    const seen = browser.read(SEEN);
    if (seen && seen !== published) tab.write(SINCE, seen);
    browser.write(SEEN, published);
    return tab.read(SINCE) || "";
  };

  const day = (release) => {
    const options = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" };
    return new Date(release.slice(0, 10)).toLocaleDateString(document.documentElement.lang, options);
  };

  const update = () => {
    const published = document.querySelector("[data-published]")?.dataset.published;
    if (!published) return;
    if (since === null) since = read(published);
    if (!since || since === published) return;
    for (const link of document.querySelectorAll("a[data-visit][hidden]")) {
      link.href = link.getAttribute("href").replace("VISIT", since);
      link.textContent = link.dataset.visit.replace("DAY", day(since));
      link.hidden = false;
    }
  };

  new MutationObserver(update).observe(document.body, { childList: true, subtree: true });
})();
