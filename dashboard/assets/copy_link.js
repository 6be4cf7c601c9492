/* A button with data-copy copies the address of the page, with its release, and says if it did. */
(() => {
  const ANNOUNCED_AFTER = 100; // ms

  /* The address of what is on the screen, or of a panel of it: with the release, it stays what it is. */
  const address = (button) => {
    const url = new URL(location.href);
    const panel = "panel" in button.dataset && button.closest(".panel")?.id;
    url.hash = panel || "";
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

  /* The same words again are announced again only if the line was empty between. */
  const announce = (text) => {
    const line = document.querySelector("#copied");
    line.textContent = "";
    setTimeout(() => (line.textContent = text), ANNOUNCED_AFTER);
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const text = address(button);
    const isCopied = await copy(text);
    button.focus();
    button.querySelector("span").textContent = isCopied ? button.dataset.copy : button.dataset.label;
    announce(isCopied ? button.dataset.copy : "");
    const field = document.querySelector(".not-copied");
    field.hidden = isCopied;
    if (isCopied) return;
    const input = field.querySelector("input");
    input.value = text;
    input.focus(); // its label says that the browser does not copy
    input.select();
  });
})();
