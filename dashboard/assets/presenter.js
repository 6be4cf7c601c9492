/* The presenter's window: current and next slide, notes and clock, in step with the projector. */
(() => {
  const { deck } = window.dashboard;
  const isPresenter = () => new URLSearchParams(location.search).has("presenter");
  const two = (number) => String(number).padStart(2, "0");
  let channel = null;
  let began = null;

  const connect = () => {
    const name = document.querySelector(".deck").dataset.back;
    if (channel?.name === name) return;
    channel?.close();
    channel = new BroadcastChannel(name);
    channel.onmessage = ({ data }) => {
      if (data.ask) return send();
      deck.main().classList.toggle("black", data.black);
      if (data.position !== deck.position()) deck.show(data.position, true);
    };
    if (isPresenter()) channel.postMessage({ ask: true });
  };

  const send = () => {
    const black = deck.main().classList.contains("black");
    channel.postMessage({ position: deck.position(), black });
  };

  const update = (isEcho) => {
    if (!isEcho) connect();
    if (!isEcho && deck.current()) send();
    if (!isPresenter()) return;
    deck.main().classList.add("presenter");
    document.querySelector(".desk").hidden = false;
    const coming = document.querySelector(".slide.coming");
    if (coming) coming.hidden = false;
    const notes = deck.current().querySelector(".notes").cloneNode(true);
    notes.hidden = false;
    document.querySelector("[data-notes]").replaceChildren(notes);
    began ||= Date.now();
  };
  deck.listeners.push(update);

  setInterval(() => {
    const clock = isPresenter() && document.querySelector("[data-clock]");
    if (!clock) return;
    const now = new Date();
    clock.textContent = `${two(now.getHours())}:${two(now.getMinutes())}`;
    const seconds = Math.floor((now - began) / 1000);
    const text = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
    document.querySelector("[data-elapsed]").textContent = text;
  }, 1000);

  deck.actions.presenter = () => {
    const query = new URLSearchParams(location.search);
    query.set("presenter", "1");
    window.open(`${location.pathname}?${query}`, "presenter", "width=1280,height=720");
  };
})();
