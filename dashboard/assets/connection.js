/* A request without an answer is repeated until it has one; a line says since when the page stands. */
(() => {
  const FIRST_DELAY = 1000; // ms before a request is repeated, twice as long each time
  const LONGEST_DELAY = 15000;
  const PATIENCE = 20000; // ms for an answer to begin
  const TOO_MANY = 429;
  const SHOWN_FOR = 8000; // ms that the line says that the answers are back

  const plainFetch = window.fetch.bind(window);
  const line = () => document.querySelector("#connection");
  const texts = () => document.querySelector(".bar").dataset;
  let shownSince = new Date();
  let isLost = false;
  let timer;

  const say = (text) => {
    if (line().textContent !== text) line().textContent = text;
  };

  const lose = () => {
    clearTimeout(timer);
    isLost = true;
    const time = shownSince.toLocaleTimeString(document.documentElement.lang, {
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    say(texts().lost.replace("{time}", time));
    window.dashboard.stay();
  };

  const recover = () => {
    if (!isLost) return;
    isLost = false;
    say(texts().back);
    timer = setTimeout(() => say(""), SHOWN_FOR);
  };

  const pause = (delay) =>
    new Promise((resume) => {
      setTimeout(resume, delay);
      window.addEventListener("online", resume, { once: true });
    });

  const attempt = async (input, options) => {
    const patience = AbortSignal.timeout(PATIENCE);
    const signal = options.signal ? AbortSignal.any([options.signal, patience]) : patience;
    const answer = await plainFetch(input, { ...options, signal }).catch(() => null);
    return answer && answer.status < 500 && answer.status !== TOO_MANY ? answer : null;
  };

  const fetchPatiently = async (input, options = {}) => {
    for (let delay = FIRST_DELAY; ; delay = Math.min(2 * delay, LONGEST_DELAY)) {
      const answer = await attempt(input, options);
      options.signal?.throwIfAborted();
      if (answer) {
        recover();
        return answer;
      }
      lose();
      await pause(delay);
    }
  };

  const isOurs = (input) =>
    !(input instanceof Request) && new URL(input, location.href).origin === location.origin;

  window.fetch = (input, options) =>
    isOurs(input) ? fetchPatiently(input, options) : plainFetch(input, options);

  document.addEventListener("dashboard:arrived", () => {
    shownSince = new Date();
  });
})();
