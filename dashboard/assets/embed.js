/* A button with data-embed opens the dialog with the code that shows a chart inside another page. */
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-embed]");
  if (!button) return;
  const dialog = document.getElementById(button.dataset.embed);
  const code = dialog.querySelector("textarea");
  if (code) {
    const frame = document.createElement("iframe");
    const attributes = {
      src: new URL(code.dataset.address, location.href).href,
      title: code.dataset.title,
      width: "100%",
      height: "640",
      loading: "lazy",
    };
    for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, value);
    code.value = frame.outerHTML;
  }
  dialog.showModal();
  code?.select();
});
