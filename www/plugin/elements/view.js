// What every element has: an open shadow root, the words, a notice, and events that carry a person's wish to the form.
import { icon } from '../icons.js';
import { el, fill } from '../dom.js';
import { wordsWithoutEngine } from '../language.js';
import { BASE, FINDINGS } from './styles.js';

/** @import { Finding } from '../deskbell.js' */

/**
 * A view draws what it is given and asks for what it cannot do itself, by events that bubble out of the shadow root:
 * `deskbell-fix` {start, end, text}, `deskbell-show` {start, end}, and those of each element.
 */
export class View extends HTMLElement {
  words = wordsWithoutEngine('en');
  /** Said below everything else: the engine was started again, or is not there. @type {string | null} */
  notice = null;
  root;

  /** @param {CSSStyleSheet[]} sheets */
  constructor(...sheets) {
    super();
    this.root = this.attachShadow({ mode: 'open' });
    this.root.adoptedStyleSheets = [BASE, FINDINGS, ...sheets];
  }

  /**
   * Changes some properties and draws once.
   * @param {Partial<this>} changes
   */
  update(changes) {
    Object.assign(this, changes);
    this.draw();
  }

  draw() {}

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
   * Fills a live region, but only when what it says changes: a screen reader would say it again at every keystroke.
   * @param {HTMLElement} place @param {string} tone A class of the words. @param {SVGElement | null} symbol @param {string} words
   */
  announce(place, tone, symbol, words) {
    const said = `${tone} ${words}`;
    if (place.dataset['said'] === said) return;
    place.dataset['said'] = said;
    symbol?.classList.add(tone);
    fill(place, symbol, words && el('span', { class: tone }, words));
  }

  /** @param {HTMLElement} place */
  drawNotice(place) {
    place.hidden = this.notice === null;
    this.announce(place, 'said', this.notice === null ? null : icon('warning'), this.notice ?? '');
  }
}
