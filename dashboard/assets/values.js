/* A link with data-values shows the values of a chart as a table over the page; where it cannot, it
   leads to them. */
(() => {
  const show = (values, dismiss, opener) => {
    const dialog = document.createElement("dialog");
    dialog.className = "values";
    const button = Object.assign(document.createElement("button"), {
      className: "button",
      textContent: dismiss,
    });
    const form = Object.assign(document.createElement("form"), { method: "dialog" });
    form.append(button);
    values.querySelector("h2").id = "values-title";
    dialog.setAttribute("aria-labelledby", "values-title");
    dialog.append(values, form);
    dialog.addEventListener("close", () => {
      dialog.remove();
      opener.focus(); // no link of a menu, which is closed
    });
    (document.fullscreenElement || document.body).append(dialog);
    dialog.showModal();
  };

  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("[data-values]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    try {
      const answer = await fetch(link.href);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const menu = link.closest("details.menu");
      menu?.removeAttribute("open");
      const values = document.importNode(page.getElementById("values"), true);
      show(values, link.dataset.values, menu?.querySelector("summary") ?? link);
    } catch {
      location.assign(link.href);
    }
  });
})();
