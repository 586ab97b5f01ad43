// Where unsaved texts are kept: in this browser, for its person, for two weeks. A browser that keeps nothing is no mistake.

/** @typedef {{ text: string, at: number, stamp: string }} Draft `at`: when, in milliseconds; `stamp`: of the record that it was written on. */

const PREFIX = 'deskbell:draft:';
/** How long a text is kept that nobody came back for. */
const KEPT_MS = 14 * 24 * 3600 * 1000;
/** Longer texts are not kept: the host refuses them anyway. */
const LONGEST = 200000;

/** @param {string} key @returns {Draft[]} The newest first. */
export function drafts(key) {
  try {
    const list = JSON.parse(localStorage.getItem(PREFIX + key) ?? '[]');
    const fresh = (/** @type {any} */ draft) => typeof draft?.text === 'string' && typeof draft.at === 'number' && Date.now() - draft.at < KEPT_MS;
    return Array.isArray(list) ? list.filter(fresh).map(({ text, at, stamp }) => ({ text, at, stamp: String(stamp ?? '') })) : [];
  } catch {
    return [];
  }
}

/** @param {string} key @param {Draft[]} list The newest first; an empty one is forgotten. */
export function keep(key, list) {
  const short = list.filter(({ text }) => text.length <= LONGEST);
  try {
    if (short.length === 0) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, JSON.stringify(short));
  } catch {
    // Nothing can be kept, or there is no room: the text of before would be taken for this one.
    try {
      localStorage.removeItem(PREFIX + key);
    } catch {
      // It does not even forget.
    }
  }
}

/** Forgets what nobody came back for. */
export function tidy() {
  try {
    for (const name of Object.keys(localStorage).filter((known) => known.startsWith(PREFIX))) {
      const key = name.slice(PREFIX.length);
      if (drafts(key).length === 0) localStorage.removeItem(name);
    }
  } catch {
    // As above.
  }
}
