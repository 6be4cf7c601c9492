/* A button with data-embed opens the dialog with the code that shows a chart inside another page. */
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-embed]");
  if (!button) return;
  const dialog = document.getElementById("embed-code");
  const code = dialog.querySelector("textarea");
  if (code) {
    const frame = document.createElement("iframe");
    const attributes = {
      src: new URL(button.dataset.embed, location.href).href,
      title: button.dataset.title,
      width: "100%",
      height: "640",
      loading: "lazy",
    };
    for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, value);
    code.value = frame.outerHTML;
  }
  const opener = button.closest("details").querySelector("summary"); // the menu closes meanwhile
  dialog.addEventListener("close", () => opener.focus(), { once: true });
  dialog.showModal();
  code?.select();
});
