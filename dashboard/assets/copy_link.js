/* A button with data-copy copies the address of the page and says so. */
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  navigator.clipboard?.writeText(location.href);
  button.querySelector("span").textContent = button.dataset.copy;
});
