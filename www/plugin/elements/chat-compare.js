// <deskbell-chat-compare>: the same message in two or more chats side by side, and what they draw differently.
import { el, fill, mark } from '../dom.js';
import { icon } from '../icons.js';
import { ChatLook } from './chat-look.js';
import { ITEMS } from './finding-list.js';
import { sheet } from './styles.js';
import { View } from './view.js';

/** @import { LookComparison, LookDifference } from '../deskbell.js' */

const STYLE = sheet(`
:host { margin: 0; }
.chips { display: flex; flex-wrap: wrap; gap: 5px; }
.chips button { padding: 2px 9px; border-radius: 999px; font-size: 12px; line-height: 18px; color: var(--db-muted); border-color: var(--db-border); background: none; }
.chips button[aria-pressed="true"] { color: var(--db-info); border-color: currentColor; background: var(--db-info-bg); font-weight: 600; }
.chats { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 260px), 1fr)); gap: 1px; border-top: 1px solid var(--db-border); background: var(--db-border); }
.chats:empty { display: none; }
.chats section { min-width: 0; background: var(--db-surface); }
.chats h3 { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 2px 8px; margin: 0; padding: 6px 10px; font-size: 12px; font-weight: 600; color: var(--db-muted); }
.chats h3 small { font-size: 12px; font-weight: 400; }
.chats deskbell-chat-look { margin: 0; }
.chats p { padding: 6px 10px 12px; }
.summary { display: flex; gap: 7px; align-items: center; font-weight: 600; }
.differences { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); gap: 8px 14px; margin-top: 8px; }
.differences:empty { display: none; }
.differences > li > code { white-space: pre-wrap; padding: 1px 5px; border-radius: 4px; background: var(--db-sunken); }
.ways { display: grid; gap: 1px 10px; grid-template-columns: auto 1fr; margin: 3px 0 0; }
.ways dt { font-weight: 600; } .ways dd { margin: 0; color: var(--db-muted); }
`);

/** How much of a place is quoted. */
const QUOTED = 90;

/**
 * Attributes: `data-differences` = how many places the chosen chats draw differently; `data-chats` = how many are chosen.
 * Event: `deskbell-choose` {services}.
 */
export class ChatCompare extends View {
  /** @type {LookComparison | null} */
  report = null;
  /** The chats that are shown, in the order of the report. @type {readonly string[]} */
  chosen = [];
  sender = '';
  time = '';

  #legend = el('p', { class: 'caption', id: 'chats' });
  #chips = el('div', { class: 'chips', role: 'group', 'aria-labelledby': 'chats', part: 'choose-chats' });
  #chats = el('div', { class: 'chats', part: 'chats' });
  #summary = el('div', { class: 'summary', part: 'summary' });
  #differences = el('ul', { class: 'differences', part: 'differences' });
  /** One column per chat, kept while its message changes. @type {Map<string, ChatLook>} */
  #looks = new Map();

  constructor() {
    super(STYLE);
    this.root.append(el('div', { class: 'part' }, this.#legend, this.#chips), this.#chats, el('div', { class: 'part' }, this.#summary, this.#differences));
  }

  draw() {
    const report = this.report;
    const chats = report?.chats.filter(({ service }) => this.chosen.includes(service)) ?? [];
    const differences = report ? between(report.differences, this.chosen) : [];
    mark(this, 'data-chats', String(chats.length));
    mark(this, 'data-differences', report ? String(differences.length) : null);
    fill(this.#legend, this.say('compare-chats'));
    this.#drawChips(report?.chats.map(({ service }) => service) ?? []);
    fill(this.#chats, report?.text === null ? [] : chats.map((chat) => this.#chat(chat)));
    this.#drawSummary(chats.filter(({ look }) => look !== null).length, differences.length);
    fill(this.#differences, differences.slice(0, ITEMS).map((difference) => this.#difference(difference)));
  }

  /** The buttons stay, since one of them may have the keyboard. @param {string[]} services */
  #drawChips(services) {
    if (this.#chips.dataset['services'] !== services.join()) {
      this.#chips.dataset['services'] = services.join();
      fill(this.#chips, services.map((service) => el('button', { type: 'button', 'data-chat': service, onclick: () => this.#toggle(service) }, service)));
    }
    for (const chip of this.#chips.querySelectorAll('button')) chip.setAttribute('aria-pressed', String(this.chosen.includes(chip.dataset['chat'] ?? '')));
  }

  /** @param {string} service */
  #toggle(service) {
    const services = this.chosen.includes(service) ? this.chosen.filter((other) => other !== service) : [...this.chosen, service];
    this.chosen = services;
    this.redraw();
    this.emit('deskbell-choose', { services });
  }

  /** @param {LookComparison['chats'][number]} chat */
  #chat({ service, look, lookUnsure, size }) {
    const over = Boolean(size && size.length > size.max);
    const words = size && this.say(`size-${size.unit}`, { length: size.length, max: size.max });
    const title = el('h3', {}, service, over && el('small', { class: 'warn', part: 'over' }, words));
    return el('section', { 'data-chat': service }, title, look === null ? el('p', { class: 'muted' }, this.say('compare-unknown', { service })) : this.#column(service, look, lookUnsure ?? ''));
  }

  /** @param {string} service @param {string} look @param {string} unsure */
  #column(service, look, unsure) {
    const column = this.#looks.get(service) ?? new ChatLook();
    this.#looks.set(service, column);
    mark(column, 'data-theme', this.dataset['theme'] ?? null);
    column.update({ service, look, unsure, label: service, sender: this.sender, time: this.time, words: this.words });
    return column;
  }

  /** @param {number} drawn How many of the chosen chats can be drawn. @param {number} count */
  #drawSummary(drawn, count) {
    const report = this.report;
    if (!report) return this.announce(this.#summary, 'muted', null, this.say('compare-waiting'));
    if (report.text === null) return this.announce(this.#summary, 'muted', null, this.say('nothing-sent'));
    if (drawn < 2) return this.announce(this.#summary, 'muted', icon('info'), this.say('compare-choose'));
    const more = report.complete ? '' : ` ${this.say('compare-incomplete')}`;
    if (count === 0) this.announce(this.#summary, more ? 'muted' : 'good', icon(more ? 'question' : 'check'), this.say('compare-alike') + more);
    else this.announce(this.#summary, 'warn', icon('warning'), this.say('compare-differences', { count }) + more);
  }

  /** @param {LookDifference} difference */
  #difference({ start, end, ways }) {
    const whole = this.report?.text?.slice(start, end) ?? '';
    const part = whole.length > QUOTED ? `${whole.slice(0, QUOTED)}…` : whole;
    return el('li', {}, el('code', {}, part), el('dl', { class: 'ways' }, ways.flatMap((way) => [el('dt', {}, way.label), el('dd', {}, way.services.join(', '))])));
  }
}

/**
 * The differences between some of the chats.
 * @param {LookDifference[]} differences @param {readonly string[]} chosen
 */
export function between(differences, chosen) {
  const among = differences.map((difference) => {
    const ways = difference.ways.map((way) => ({ ...way, services: way.services.filter((service) => chosen.includes(service)) }));
    return { ...difference, ways: ways.filter((way) => way.services.length > 0) };
  });
  return among.filter(({ ways }) => ways.length > 1);
}

customElements.define('deskbell-chat-compare', ChatCompare);
