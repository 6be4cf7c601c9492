/* What this browser remembers; nothing is remembered where its storage is switched off. */
(() => {
  const memory = (area) => {
    const read = (key) => {
      try {
        return area().getItem(key);
      } catch {
        return null;
      }
    };

    /* Say whether it is remembered; null forgets. */
    const write = (key, text) => {
      try {
        if (text === null) area().removeItem(key);
        else area().setItem(key, text);
        return true;
      } catch {
        return false;
      }
    };

    /* The items of a list that are what they should be: another hand may have written it. */
    const readList = (key, isItem) => {
      try {
        const items = JSON.parse(read(key));
        return Array.isArray(items) ? items.filter(isItem) : [];
      } catch {
        return [];
      }
    };

    const writeList = (key, items) => write(key, items.length ? JSON.stringify(items) : null);

    return { read, readList, write, writeList };
  };

  window.memory = { browser: memory(() => localStorage), tab: memory(() => sessionStorage) };
})();
