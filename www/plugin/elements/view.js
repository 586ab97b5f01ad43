// What every element has: an open shadow root, the words, a notice, and events that carry a person's wish to the form.
import { icon } from '../icons.js';
import { el, fill } from '../dom.js';
import { wordsWithoutEngine } from '../language.js';
import { BASE, FINDINGS } from './styles.js';

/** @import { Finding } from '../deskbell.js' */

/** How long nothing changes before a screen reader is told: not while somebody types. */
const QUIET_MS = 1000;
/** How long it stands there; afterwards only the panel itself is read. */
const SAID_MS = 4000;

/**
 * A view draws what it is given and asks for what it cannot do itself, by events that bubble out of the shadow root:
 * `deskbell-fix` {start, end, text}, `deskbell-show` {start, end}, and those of each element.
 */
export class View extends HTMLElement {
  words = wordsWithoutEngine('en');
  /** Said below everything else: the engine was started again, or is not there. @type {string | null} */
  notice = null;
  root;
  /** What a screen reader is told. */
  #live = el('div', { class: 'sr', role: 'status', part: 'live' });
  /** What each verdict said when it was told or found by reading. @type {Map<HTMLElement, string>} */
  #told = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #opened = false;

  /** @param {CSSStyleSheet[]} sheets */
  constructor(...sheets) {
    super();
    this.root = this.attachShadow({ mode: 'open' });
    this.root.adoptedStyleSheets = [BASE, FINDINGS, ...sheets];
    this.root.append(this.#live);
  }

  /**
   * Changes some properties and draws once.
   * @param {Partial<this>} changes
   */
  update(changes) {
    Object.assign(this, changes);
    this.redraw();
  }

  draw() {}

  /** Draws, and keeps the keyboard's place: what had it is often made anew, or gives way to what comes next. */
  redraw() {
    const before = this.root.activeElement;
    const at = before ? this.#controls().indexOf(before) : -1;
    const focusVisible = before?.matches(':focus-visible') ?? false;
    this.draw();
    if (!before || (before.isConnected && before.checkVisibility())) return;
    const now = this.#controls();
    const same = now.filter((one) => one.getAttribute('part') === before.getAttribute('part'));
    const next = same.find((one) => one.textContent === before.textContent) ?? same[0] ?? now[Math.min(at, now.length - 1)];
    if (next instanceof HTMLElement) next.focus(/** @type {FocusOptions} */ ({ focusVisible }));
  }

  /** What can have the keyboard, in its order. */
  #controls() {
    return [...this.root.querySelectorAll('button, input, select, summary, textarea, [tabindex="0"]')].filter((one) => one.checkVisibility());
  }

  /**
   * The words of a key, in the host's language.
   * @param {string} key
   * @param {Record<string, string | number>} [values]
   */
  say(key, values) {
    return this.words.say(key, values);
  }

  /** @param {string} name @param {object} [detail] */
  emit(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  /**
   * Fills a place when what it says changes.
   * @param {HTMLElement} place @param {string} tone A class of the words. @param {SVGElement | null} symbol @param {string} words
   */
  write(place, tone, symbol, words) {
    const said = `${tone} ${words}`;
    if (place.dataset['said'] === said) return false;
    place.dataset['said'] = said;
    symbol?.classList.add(tone);
    fill(place, symbol, words && el('span', { class: tone }, words));
    return true;
  }

  /**
   * Fills a verdict at once, and tells a screen reader when nothing has changed for a while.
   * @param {HTMLElement} place @param {string} tone @param {SVGElement | null} symbol @param {string} words
   */
  announce(place, tone, symbol, words) {
    if (this.write(place, tone, symbol, words)) this.#tellSoon(place);
  }

  /** @param {HTMLElement} place */
  #tellSoon(place) {
    if (!this.#told.has(place)) this.#told.set(place, '');
    clearTimeout(this.#timer);
    fill(this.#live);
    this.#timer = setTimeout(() => {
      const changed = [...this.#told.keys()].filter((one) => !one.hidden && one.textContent !== this.#told.get(one));
      for (const one of changed) this.#told.set(one, one.textContent ?? '');
      // What a panel says at first is found by reading it.
      if (this.#opened) fill(this.#live, changed.map(({ textContent }) => textContent).join(' '));
      this.#opened = true;
      this.#timer = setTimeout(() => fill(this.#live), SAID_MS);
    }, QUIET_MS);
  }

  /** Said to whoever presses Tab in an editor that keeps it for itself; false where there is no panel to say it in. */
  explainKeys() {
    const bar = this.root.querySelector('.panel > .bar');
    if (!bar) return false;
    const keys = el('p', { class: 'part keys', part: 'keys' }, this.say('editor-keys'));
    this.root.querySelector('[part=keys]')?.remove();
    bar.after(keys);
    // Told even in a panel that has just come, and the verdicts of that one are not.
    for (const place of this.#told.keys()) this.#told.set(place, place.textContent ?? '');
    this.#opened = true;
    this.#tellSoon(keys);
    return true;
  }

  /** @param {HTMLElement} place */
  drawNotice(place) {
    place.hidden = this.notice === null;
    this.write(place, 'said', this.notice === null ? null : icon('warning'), this.notice ?? '');
  }
}
