/* The options under the search box: drawn by group, one of them active, shown or hidden. */
(() => {
  const input = () => document.querySelector("#search");
  const listbox = () => document.querySelector("#search-results");
  const options = () => [...listbox().querySelectorAll("[role=option]")];
  const active = () => listbox().querySelector("[aria-selected=true]");
  const isVisible = () => !listbox().parentElement.hidden;

  const element = (tag, attributes, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };

  const activate = (option) => {
    active()?.setAttribute("aria-selected", "false");
    input().removeAttribute("aria-activedescendant");
    if (!option) return;
    option.setAttribute("aria-selected", "true");
    input().setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };

  const show = (visible) => {
    listbox().parentElement.hidden = !visible;
    input().setAttribute("aria-expanded", String(visible));
    if (!visible) activate(null);
  };

  /* Move the active option by one; after the last comes the first. */
  const move = (step) => {
    const all = options();
    if (!all.length) return;
    show(true);
    const position = active() ? all.indexOf(active()) + step : Math.min(step, 0);
    activate(all.at(position % all.length));
  };

  const draw = ({ groups, message }) => {
    let number = 0;
    const option = (item) => {
      const id = `search-option-${number++}`;
      const target = item.address ? { href: item.address } : { "data-forget": "" };
      const attributes = { id, role: "option", "aria-selected": "false", tabindex: "-1", ...target };
      return element("a", attributes, element("span", {}, item.label), element("small", {}, item.note));
    };
    const nodes = groups.map(({ label, items }, position) => {
      const id = `search-group-${position}`;
      const heading = element("div", { id, role: "presentation" }, label);
      return element("div", { role: "group", "aria-labelledby": id }, heading, ...items.map(option));
    });
    listbox().replaceChildren(...nodes);
    const nothing = listbox().nextElementSibling;
    nothing.hidden = groups.length > 0;
    nothing.textContent = message;
    document.querySelector("#search-status").textContent = message;
    show(true);
  };

  /* A press keeps the focus in the box, or the options would close before the click. */
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest(".search-results")) event.preventDefault();
  });

  window.dashboard.searchResults = { active, draw, isVisible, move, options, show };
})();
