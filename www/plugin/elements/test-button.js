// <deskbell-test-button>: sends the message once, says beforehand what the condition thinks of it, and afterwards what became of it.
import { el, fill, mark } from '../dom.js';
import { icon } from '../icons.js';
import { toned } from './finding-list.js';
import { sheet } from './styles.js';
import { View } from './view.js';

/** @import { DeliveryReport } from '../deskbell.js' */
/** @import { Verdict } from './condition.js' */

const STYLE = sheet(`
.go { display: inline-flex; align-items: center; gap: 6px; padding: 5px 12px; }
.outcome { display: grid; grid-template-columns: auto 1fr; gap: 2px 8px; align-items: start; }
.outcome .icon { margin-top: 2px; }
.outcome code { grid-column: 2; color: var(--db-muted); white-space: pre-wrap; max-height: 8em; overflow: auto; }
.outcome small { grid-column: 2; color: var(--db-muted); font-size: 12px; }
.bar > .before { flex: 1 1 220px; }
.before { display: flex; gap: 7px; align-items: center; min-width: 0; }
.target { color: var(--db-muted); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
`);

/** Unconfirmed is not a success: it has its own icon and is never green. @type {Record<DeliveryReport['outcome'], { icon: import('../icons.js').IconName, tone: string }>} */
const OUTCOMES = {
  delivered: { icon: 'check', tone: 'good' },
  refused: { icon: 'cross', tone: 'bad' },
  unconfirmed: { icon: 'question', tone: 'warn' },
  failed: { icon: 'warning', tone: 'bad' },
};

/** @type {Record<Verdict, { icon: import('../icons.js').IconName, tone: string }>} */
const CONDITIONS = {
  fires: { icon: 'bell', tone: 'good' },
  silent: { icon: 'bell-off', tone: 'warn' },
  error: { icon: 'cross', tone: 'bad' },
  unsure: { icon: 'question', tone: 'info' },
  empty: { icon: 'bell', tone: 'muted' },
};

/** How long after an answer the button takes a click again: a double click is one wish. */
const REST_MS = 600;

/**
 * Attributes: `data-outcome` = delivered, refused, unconfirmed or failed (none before the first test), `data-sending` while under way,
 * `data-condition` = the verdict shown beforehand, `data-asking` while a person is asked whether to send again. Event: `deskbell-send`; whoever hears it calls `settle` once.
 */
export class TestButton extends View {
  /** @type {Verdict} */
  condition = 'empty';
  /** Why nothing can be sent: a key of the words; null when all is there. @type {string | null} */
  obstacle = null;
  service = '';
  /** How many places of the message are sent as marks, since nobody here knows their text. */
  gaps = 0;
  /** The webhook, safe to show. */
  masked = '';
  /** @type {DeliveryReport | null} */
  outcome = null;
  sending = false;
  /** Whether the last test through this webhook may have arrived: then another one is asked about first. */
  again = false;
  #asking = false;
  #restsUntil = 0;
  /** @type {DeliveryReport | null} */
  #shown = null;

  #button = el('button', { type: 'button', class: 'primary go', part: 'send', onclick: () => this.#send() });
  /** Not told to a screen reader: the condition's own panel does. */
  #before = el('div', { class: 'before grow', part: 'condition' });
  #target = el('code', { class: 'target', part: 'target' });
  #question = el('div', { class: 'bar', part: 'again', role: 'group' });
  #outcome = el('div', { class: 'part outcome', part: 'outcome', 'aria-live': 'polite' });
  #notice = el('div', { class: 'notice', part: 'notice', role: 'status' });

  constructor() {
    super(STYLE);
    const bar = el('div', { class: 'bar' }, this.#button, this.#before, this.#target);
    this.root.append(el('div', { class: 'panel' }, bar, this.#question, this.#outcome, this.#notice));
  }

  /** @param {boolean} asking */
  #ask(asking) {
    this.#asking = asking;
    this.redraw();
  }

  /** @param {boolean} [confirmed] Whether the person has said so, where a second message may come of it. */
  #send(confirmed = false) {
    if (this.sending || this.obstacle !== null || performance.now() < this.#restsUntil) return;
    if (this.again && !confirmed) return this.#ask(true);
    this.#asking = false;
    this.sending = true;
    this.outcome = null;
    this.redraw();
    this.emit('deskbell-send');
  }

  /** @param {DeliveryReport | null} outcome What became of it; null when it was given up before anything was sent. */
  settle(outcome) {
    this.#restsUntil = performance.now() + REST_MS;
    this.sending = false;
    this.outcome = outcome;
    this.redraw();
  }

  draw() {
    mark(this, 'data-outcome', this.outcome?.outcome ?? null);
    mark(this, 'data-sending', this.sending ? '' : null);
    mark(this, 'data-condition', this.condition);
    // Not `disabled`: a button that leaves the tab order while it works would lose the keyboard's place.
    const blocked = this.sending || this.obstacle !== null;
    this.#button.setAttribute('aria-disabled', String(blocked));
    const words = this.sending ? 'sending' : this.service === '' ? 'send-test-nowhere' : 'send-test';
    fill(this.#button, icon(this.sending ? 'clock' : 'send'), this.say(words, { service: this.service }));
    const look = CONDITIONS[this.condition];
    if (this.obstacle !== null) this.write(this.#before, 'muted', null, this.say(this.obstacle));
    else this.write(this.#before, look.tone, icon(look.icon), this.say(`test-${this.condition}`) + (this.gaps > 0 ? ` ${this.say('test-gaps')}` : ''));
    fill(this.#target, this.masked);
    this.#drawQuestion();
    this.#drawOutcome();
    this.drawNotice(this.#notice);
  }

  #drawQuestion() {
    if (!this.again || this.obstacle !== null) this.#asking = false;
    mark(this, 'data-asking', this.#asking ? '' : null);
    this.#question.hidden = !this.#asking;
    if (!this.#asking) return fill(this.#question);
    const button = (/** @type {string} */ part, /** @type {string} */ words, /** @type {() => void} */ onclick) => el('button', { type: 'button', part, onclick }, this.say(words));
    fill(
      this.#question,
      el('span', { class: 'grow', role: 'status' }, this.say('test-again')),
      button('send-again', 'send-again', () => this.#send(true)),
      button('keep-quiet', 'server-cancel', () => this.#ask(false)),
    );
  }

  #drawOutcome() {
    const outcome = this.outcome;
    if (outcome === this.#shown) return;
    this.#shown = outcome;
    if (!outcome) return fill(this.#outcome);
    const look = OUTCOMES[outcome.outcome];
    const facts = [
      outcome.status === null ? null : `HTTP ${outcome.status}`,
      this.say('elapsed', { ms: Math.round(outcome.elapsedMs) }),
      outcome.retryAfterSeconds === null ? null : this.say('retry-after', { seconds: outcome.retryAfterSeconds }),
    ];
    fill(
      this.#outcome,
      toned(icon(look.icon), look.tone),
      el('p', {}, el('strong', { class: look.tone }, this.say(`outcome-${outcome.outcome}`)), ' ', outcome.message),
      outcome.detail && el('code', {}, outcome.detail),
      el('small', {}, facts.filter(Boolean).join(' · ')),
    );
  }
}

customElements.define('deskbell-test-button', TestButton);
