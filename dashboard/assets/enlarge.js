/* A button with data-enlarge shows its panel on the whole screen, and again as it was. */
document.addEventListener("click", (event) => {
  const panel = event.target.closest("[data-enlarge]")?.closest(".panel");
  if (!panel) return;
  if (document.fullscreenElement) document.exitFullscreen();
  else panel.requestFullscreen();
  event.target.closest("details").open = false;
});
