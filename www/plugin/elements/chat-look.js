// <deskbell-chat-look>: one message as one chat shows it, with its sender and time.
import { el, fill, mark } from '../dom.js';
import { icon } from '../icons.js';
import { CHAT } from './chat-styles.js';
import { showLook } from './look.js';
import { View } from './view.js';

/** How each chat marks a message that a program wrote. @type {Record<string, string>} */
const BADGES = { 'Google Chat': 'App', Mattermost: 'BOT', 'Rocket.Chat': 'Bot' };

/** Attribute: `data-service` = whose look it has. */
export class ChatLook extends View {
  service = '';
  /** The engine's HTML. */
  look = '';
  /** What nobody has confirmed about it, in a sentence. */
  unsure = '';
  /** What a screen reader calls it. */
  label = '';
  /** Who seems to write, and when. */
  sender = '';
  time = '';

  #look = el('div', { class: 'look', part: 'look', role: 'region', tabindex: '0' });
  #sender = el('div', { class: 'sender', part: 'sender' });
  #unsure = el('p', { class: 'unsure', part: 'unsure' });
  #shown = '';

  constructor() {
    super(CHAT);
    this.root.append(el('div', { class: 'chat', part: 'chat' }, el('span', { class: 'avatar', 'aria-hidden': 'true' }, icon('bell')), this.#sender, this.#look), this.#unsure);
  }

  draw() {
    mark(this, 'data-service', this.service || null);
    fill(this.#sender, el('b', {}, this.sender), el('span', { class: 'badge' }, BADGES[this.service] ?? 'APP'), el('span', { class: 'time' }, this.time));
    this.#look.setAttribute('aria-label', this.label);
    this.#unsure.hidden = this.unsure === '';
    fill(this.#unsure, this.unsure);
    if (this.look !== this.#shown) {
      this.#shown = this.look;
      showLook(this.#look, this.look);
    }
    for (const cut of this.#look.querySelectorAll('.deskbell-cut')) cut.textContent = this.say('look-cut', { service: this.service });
  }
}

customElements.define('deskbell-chat-look', ChatLook);
