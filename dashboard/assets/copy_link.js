/* A button with data-copy copies the address of the page, with its release, and says if it did. */
(() => {
  /* The address of what is on the screen: with the release, it stays what it is. */
  const address = (button) => {
    const url = new URL(location.href);
    url.hash = "";
    url.searchParams.set("release", button.dataset.release);
    return url.href;
  };

  /* Without a clipboard (plain http) the browser's old command copies what is selected. */
  const copySelected = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "sr";
    document.body.append(area);
    area.select();
    const isCopied = document.execCommand("copy");
    area.remove();
    return isCopied;
  };

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copySelected(text);
    }
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const text = address(button);
    const isCopied = await copy(text);
    button.focus();
    button.querySelector("span").textContent = isCopied ? button.dataset.copy : button.dataset.label;
    document.querySelector("#copied").textContent = isCopied ? button.dataset.copy : "";
    const field = document.querySelector(".not-copied");
    field.hidden = isCopied;
    if (isCopied) return;
    field.querySelector("input").value = text;
    field.querySelector("input").select();
  });
})();
