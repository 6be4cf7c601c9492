/* A page that the server answers with replaces the one on the screen. */
(() => {
  const { prefix } = document.documentElement.dataset;
  const LEAVES = ["Html", "Choropleth", "PlotlyChart"]; // the same as in signature.py
  const main = () => document.querySelector("#react-entry-point #main");

  /* Where a page is asked for: below the version of this one, so that no copy of another is used. */
  const addressOf = (page) => {
    const { pathname, search } = new URL(page, location.href);
    const { version } = document.querySelector("#main").dataset;
    return `${prefix}/_page/${version || "-"}${pathname.slice(prefix.length) || "/"}${search}`;
  };

  function* leaves(children) {
    for (const child of [children].flat()) {
      if (LEAVES.includes(child?.type)) yield child.props;
      else if (child?.props) yield* leaves(child.props.children);
    }
  }

  /* Two pages with the same outline differ in the properties of their leaves: the rest stays. */
  const show = (tree, request) => {
    const { set_props: setProps } = window.dash_clientside;
    const { address, chrome, main: next, searchbox } = Object.fromEntries(
      tree.props.children.map(({ props }) => [props.id, props]),
    );
    const { children, id, ...marks } = next;
    if (marks["data-outline"] && marks["data-outline"] === main().dataset.outline) {
      for (const { id: leaf, tag, config, style, ...changes } of leaves(children)) setProps(leaf, changes);
      setProps(id, marks);
    } else {
      setProps(id, { children, ...marks });
    }
    setProps(chrome.id, { html: chrome.html });
    setProps(searchbox.id, { html: searchbox.html });
    setProps(address.id, { shown: request });
  };

  window.dashboard.answer = { addressOf, show };
})();
