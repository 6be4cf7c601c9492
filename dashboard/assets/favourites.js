/* The reader's own territories: they stay in this browser, and come first wherever places are listed. */
(() => {
  const STORED = "my-territories";
  const MOST = 20;

  const { browser } = window.memory;
  const { isOwn, within } = window.dashboard.addresses;

  const isPlace = (place) => place?.code && place.name && isOwn(place.address);
  const read = () => browser.readList(STORED, isPlace);
  const write = (places) => browser.writeList(STORED, places.slice(0, MOST));

  /* A zone of one municipality was two places once: both have its star. */
  const isOf = ({ dataset }, code) => code === dataset.favourite || code === dataset.same;

  const toggle = (button) => {
    const { favourite: code, name, address, refused } = button.dataset;
    const others = read().filter((place) => !isOf(button, place.code));
    const isOne = button.getAttribute("aria-pressed") === "true";
    if (!write(isOne ? others : [...others, { code, name, address }])) {
      button.querySelector("span").textContent = refused;
    }
    update();
    button.focus();
  };

  /* Both lists hold the same in the same order: nothing is written to the page. */
  const isSame = (a, b) => a.length === b.length && a.every((item, i) => item === b[i]);

  const link = (place) => {
    const anchor = Object.assign(document.createElement("a"), { textContent: place.name });
    anchor.href = within(place.address);
    anchor.className = "chip";
    return anchor;
  };

  const list = (places) => {
    for (const nav of document.querySelectorAll("[data-favourites]")) {
      const chips = nav.querySelector("ul");
      const names = [...chips.children].map((item) => item.textContent);
      if (isSame(names, places.map((place) => place.name))) continue;
      nav.hidden = !places.length;
      chips.replaceChildren(
        ...places.map((place) => {
          const item = document.createElement("li");
          item.append(link(place));
          return item;
        }),
      );
    }
  };

  /* A select offers them first, as far as it has them and they are not chosen yet. */
  const offer = (codes) => {
    for (const group of document.querySelectorAll("[data-favourite-options]")) {
      const own = [...group.children].map((option) => option.value);
      const options = codes
        .map((code) => group.parentElement.querySelector(`optgroup:not([data-favourite-options]) > [value="${CSS.escape(code)}"]`))
        .filter(Boolean);
      if (isSame(own, options.map((option) => option.value))) continue;
      group.hidden = group.disabled = !options.length;
      group.replaceChildren(...options.map((option) => option.cloneNode(true)));
    }
  };

  const press = (codes) => {
    for (const button of document.querySelectorAll("[data-favourite]")) {
      const isOne = String(codes.some((code) => isOf(button, code)));
      if (button.hidden) button.hidden = false;
      if (button.getAttribute("aria-pressed") !== isOne) button.setAttribute("aria-pressed", isOne);
    }
  };

  /* Favourites first, in the order in which they were chosen; the others as the page has them. */
  const order = (codes) => {
    const places = [...document.querySelectorAll("[data-territory]")];
    for (const [parent, children] of Map.groupBy(places, (place) => place.parentElement)) {
      children.forEach((child, i) => (child.dataset.place ??= i));
      const rank = (child) => {
        const position = codes.indexOf(child.dataset.territory);
        return position < 0 ? MOST + Number(child.dataset.place) : position;
      };
      const sorted = children.toSorted((a, b) => rank(a) - rank(b));
      for (const child of children) {
        child.classList.toggle("favourite", codes.includes(child.dataset.territory));
      }
      if (isSame(sorted, children)) continue;
      const end = children.at(-1).nextSibling;
      for (const child of sorted) parent.insertBefore(child, end);
    }
  };

  const update = () => {
    const places = read();
    const codes = places.map((place) => place.code);
    list(places);
    offer(codes);
    press(codes);
    if (codes.length || document.querySelector("[data-place]")) order(codes);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-favourite]");
    if (button) toggle(button);
  });
  window.addEventListener("storage", update); // another tab
  new MutationObserver(update).observe(document.body, { childList: true, subtree: true });
  update();
})();
