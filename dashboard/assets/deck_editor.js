/* The deck of a reader: pages set aside in this browser; edits that lead to a new address. */
(() => {
  const SHELF = "deck-shelf";
  const MOST = 40;

  const { browser } = window.memory;

  const read = () => browser.readList(SHELF, (page) => page?.address && page.name);
  const write = (pages) => browser.writeList(SHELF, pages.slice(0, MOST));

  const shelve = (button) => {
    const { address } = button.dataset;
    const page = document.title.split(" · ")[0];
    const name = button.closest(".chart-menu") ? `${button.dataset.name} · ${page}` : button.dataset.name;
    const others = read().filter((page) => page.address !== address);
    const isStored = write([{ address, name }, ...others]);
    button.querySelector("span").textContent = button.dataset[isStored ? "shelve" : "refused"];
  };

  const button = (text, attributes) => {
    const element = document.createElement("button");
    element.className = "button";
    element.append(Object.assign(document.createElement("span"), { textContent: text }));
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };

  const row = (page, list, position) => {
    const item = document.createElement("li");
    const add = button(`+ ${list.dataset.add}`, {
      form: "deck-form",
      name: "do",
      value: `add:${page.address}`,
      "data-key": `deck-shelf-${position}`,
      "aria-label": `${list.dataset.add}: ${page.name}`,
    });
    item.append(Object.assign(document.createElement("span"), { textContent: page.name }), add);
    return item;
  };

  const draw = () => {
    const list = document.querySelector("[data-shelf]:not([data-drawn])");
    if (!list) return;
    list.dataset.drawn = "";
    const pages = read();
    list.replaceChildren(...pages.map((page, i) => row(page, list, i)));
    list.parentElement.querySelector("[data-shelf-empty]").hidden = pages.length > 0;
    if (!pages.length) return;
    const item = document.createElement("li");
    const clear = button(list.dataset.clear, { type: "button", "data-shelf-clear": "" });
    item.append(document.createElement("span"), clear);
    list.append(item);
  };

  const clear = () => {
    write([]);
    delete document.querySelector("[data-shelf]").dataset.drawn;
    draw();
  };

  /* The answer to an edit is the page of the edited deck; without one, nothing is lost. */
  const send = async (address, body, key) => {
    const place = document.querySelector("[data-deck-fault]");
    try {
      const response = await fetch(address, { method: "POST", body });
      if (response.ok) window.dashboard.go(response.url, key);
      else place.textContent = (await response.json()).detail;
    } catch (error) {
      place.textContent = error.message;
    }
  };

  document.addEventListener("submit", (event) => {
    if (event.target.id !== "deck-form") return;
    event.preventDefault();
    const { submitter } = event;
    const fields = new URLSearchParams(new FormData(event.target));
    if (submitter?.name) fields.set(submitter.name, submitter.value);
    send(event.target.action, fields, submitter?.dataset.key);
  });

  document.addEventListener("change", async (event) => {
    const address = event.target.dataset?.deckOpen;
    if (address && event.target.files[0]) send(address, await event.target.files[0].text());
  });

  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-shelve], [data-shelf-clear]");
    if (target?.hasAttribute("data-shelve")) shelve(target);
    else if (target) clear();
  });

  new MutationObserver(draw).observe(document.body, { childList: true, subtree: true });
})();
