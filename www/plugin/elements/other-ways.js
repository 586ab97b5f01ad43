// <deskbell-other-ways>: checks the webhook without posting, and offers the host's own test, saying first what that does differently.
import { el, fill, mark } from '../dom.js';
import { sheet } from './styles.js';
import { View } from './view.js';

const STYLE = sheet(`
ul { margin: 4px 0; padding-inline-start: 20px; }
.said { margin: 4px 0 0; }
`);

/**
 * Attributes: `data-probe` and `data-server` = how each ended. Events: `deskbell-probe`, `deskbell-server-test`; whoever hears one
 * calls `settle`.
 */
export class OtherWays extends View {
  /** Whether the webhook can be checked without posting. */
  probe = false;
  /** What the host's own test does differently, in sentences; null where there is none. @type {readonly string[] | null} */
  differences = null;
  /** What is under way. @type {'probe' | 'server' | null} */
  busy = null;
  #asking = false;

  #buttons = el('div', { class: 'bar', part: 'ways' });
  #confirm = el('div', { part: 'confirm' });
  #said = el('p', { class: 'said', part: 'said', role: 'status' });

  constructor() {
    super(STYLE);
    this.root.append(el('div', { class: 'panel', onkeydown: (/** @type {KeyboardEvent} */ event) => this.#hear(event) }, this.#buttons, this.#confirm, this.#said));
  }

  /**
   * @param {'probe' | 'server'} way @param {{ outcome: string, message: string, detail: string | null } | null} report null when nothing came of it.
   */
  settle(way, report) {
    this.busy = null;
    if (report) {
      mark(this, `data-${way}`, report.outcome);
      fill(this.#said, report.message, report.detail && ' ', report.detail && el('code', {}, report.detail));
    }
    this.redraw();
  }

  /** @param {'probe' | 'server'} way */
  #start(way) {
    if (this.busy) return;
    this.#asking = false;
    this.busy = way;
    fill(this.#said);
    mark(this, `data-${way}`, null);
    this.redraw();
    this.emit(way === 'probe' ? 'deskbell-probe' : 'deskbell-server-test');
  }

  /** Escape takes a question back; the desk would close the dialog around it. @param {KeyboardEvent} event */
  #hear(event) {
    if (event.key !== 'Escape' || !this.#asking) return;
    event.stopPropagation();
    this.#ask(false);
  }

  /** @param {boolean} asking */
  #ask(asking) {
    this.#asking = asking;
    this.redraw();
  }

  draw() {
    if (!this.differences) this.#asking = false;
    this.hidden = !this.probe && !this.differences;
    const button = (/** @type {string} */ part, /** @type {string} */ words, /** @type {() => void} */ onclick) =>
      el('button', { type: 'button', part, onclick, 'aria-disabled': String(this.busy !== null) }, this.say(words));
    fill(
      this.#buttons,
      this.probe && button('probe', this.busy === 'probe' ? 'sending' : 'probe', () => this.#start('probe')),
      this.differences && !this.#asking && button('server', this.busy === 'server' ? 'sending' : 'server-test', () => this.#ask(true)),
    );
    fill(
      this.#confirm,
      this.#asking && el('ul', {}, ...(this.differences ?? []).map((words) => el('li', {}, words))),
      this.#asking && el('div', { class: 'bar' }, button('server-send', 'server-send', () => this.#start('server')), button('server-cancel', 'server-cancel', () => this.#ask(false))),
    );
  }
}

customElements.define('deskbell-other-ways', OtherWays);
