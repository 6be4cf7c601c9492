/* The last choices of the search box, in this browser alone: a few, and forgotten on request. */
(() => {
  const KEY = "search-recent";
  const MOST = 6;
  const LONGEST = 200; // characters of a text or an address
  const KEPT = ["lang", "theme", "release"]; // of the page that is open, not of the choice
  const input = () => document.querySelector("#search");

  const isChoice = (item) =>
    ["address", "label", "note"].every((name) => typeof item?.[name] === "string" && item[name].length <= LONGEST) &&
    /^\/(?!\/)/.test(item.address);

  const read = () => {
    try {
      const items = JSON.parse(localStorage.getItem(KEY) || "[]");
      return Array.isArray(items) ? items.filter(isChoice).slice(0, MOST) : [];
    } catch {
      return []; // storage is switched off, or was written by another hand
    }
  };

  const write = (items) => {
    try {
      if (items.length) localStorage.setItem(KEY, JSON.stringify(items));
      else localStorage.removeItem(KEY);
    } catch {
      /* storage is switched off */
    }
  };

  const without = (address) => {
    const url = new URL(address, location.href);
    for (const name of KEPT) url.searchParams.delete(name);
    return url.pathname + url.search + url.hash;
  };

  const within = (address) => {
    const url = new URL(address, location.href);
    const page = new URLSearchParams(location.search);
    for (const name of KEPT) if (page.get(name)) url.searchParams.set(name, page.get(name));
    return url.pathname + url.search + url.hash;
  };

  const remember = (option) => {
    const address = without(option.getAttribute("href"));
    const [label, note] = [...option.children].map((child) => child.textContent);
    const item = { address, label, note };
    if (isChoice(item)) write([item, ...read().filter((other) => other.address !== address)].slice(0, MOST));
  };

  /* The choices as an answer of the server, with the option that forgets them; null for none. */
  const answer = () => {
    const items = read().map((item) => ({ ...item, address: within(item.address) }));
    if (!items.length) return null;
    const { recent, forget } = input().dataset;
    items.push({ address: "", label: forget, note: "" });
    return { groups: [{ label: recent, items }], message: `${recent}: ${items.length - 1}` };
  };

  window.dashboard.recentChoices = { answer, forget: () => write([]), remember };
})();
