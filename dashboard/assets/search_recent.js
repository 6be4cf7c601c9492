/* The last choices of the search box, in this browser alone: a few, and forgotten on request. */
(() => {
  const KEY = "search-recent";
  const MOST = 6;
  const LONGEST = 200; // characters of a text or an address
  const { browser } = window.memory;
  const { isOwn, within, without } = window.dashboard.addresses;
  const input = () => document.querySelector("#search");

  const isChoice = (item) =>
    ["address", "label", "note"].every((name) => typeof item?.[name] === "string" && item[name].length <= LONGEST) &&
    isOwn(item.address);

  const read = () => browser.readList(KEY, isChoice).slice(0, MOST);
  const write = (items) => browser.writeList(KEY, items);

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
