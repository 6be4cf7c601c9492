/* The search box: an ARIA combobox that asks the server, one question at a time. */
(() => {
  const DELAY = 120; // ms without a key before the server is asked
  const KEPT = ["lang", "theme", "release"];
  const { prefix } = document.documentElement.dataset;
  const results = () => window.dashboard.searchResults;
  const input = () => document.querySelector("#search");
  const question = () => input().value.trim();

  let timer;
  let isAsking = false;
  let answered = ""; // the question that the options answer
  let opensFirst = false; // Enter was pressed before the answer came

  const close = () => {
    clearTimeout(timer);
    opensFirst = false;
    results().show(false);
  };

  const clear = () => {
    input().value = answered = "";
    close();
  };

  const offerRecent = () => {
    const answer = window.dashboard.recentChoices.answer();
    if (answer) results().draw(answer);
  };

  const open = (option) => {
    if ("forget" in option.dataset) {
      window.dashboard.recentChoices.forget();
      clear();
      return;
    }
    window.dashboard.recentChoices.remember(option);
    clear();
    input().blur();
    window.dashboard.go(option.getAttribute("href"));
  };

  const fetchAnswer = async (text) => {
    const address = new URLSearchParams(location.search);
    const query = new URLSearchParams({ q: text });
    for (const key of KEPT) if (address.get(key)) query.set(key, address.get(key));
    const response = await fetch(`${prefix}/api/search?${query}`).catch(() => null);
    return response?.ok ? response.json() : null;
  };

  const ask = async () => {
    if (isAsking) return;
    const text = question();
    if (text && text !== answered) {
      isAsking = true;
      const answer = await fetchAnswer(text);
      isAsking = false;
      if (!answer || !question() || document.activeElement !== input()) return;
      answered = text;
      results().draw(answer);
      if (question() !== answered) ask();
    } else if (text) {
      results().show(true);
    }
    if (opensFirst && question() === answered && results().options().length) {
      open(results().options()[0]);
    }
  };

  const enter = () => {
    if (results().isVisible() && results().active()) {
      open(results().active());
    } else if (question()) {
      opensFirst = true;
      ask();
    }
  };

  const KEYS = {
    ArrowDown: () => {
      if (!question() && !results().isVisible()) offerRecent();
      if (question() === answered) results().move(1);
      else ask();
    },
    ArrowUp: () => (question() === answered ? results().move(-1) : ask()),
    Enter: enter,
    Escape: () => (results().isVisible() ? close() : clear()),
  };

  document.addEventListener("input", (event) => {
    if (event.target !== input()) return;
    clearTimeout(timer);
    opensFirst = false;
    if (question()) timer = setTimeout(ask, DELAY);
    else {
      clear();
      offerRecent();
    }
  });

  document.addEventListener("focusin", (event) => {
    if (event.target === input() && !question()) offerRecent();
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target === input()) {
      if (!KEYS[event.key]) return;
      event.preventDefault();
      KEYS[event.key]();
    } else if (event.key === "/" && window.dashboard.keys.areSingle()) {
      if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
      event.preventDefault();
      input()?.focus();
    }
  });

  document.addEventListener("focusout", (event) => {
    if (event.target === input()) close();
  });

  /* navigation.js opens the address of a clicked option. */
  document.addEventListener("click", (event) => {
    const option = event.target.closest("#search-results [role=option]");
    if (!option) return;
    if ("forget" in option.dataset) window.dashboard.recentChoices.forget();
    else window.dashboard.recentChoices.remember(option);
    clear();
    input().blur();
  });
})();
