// Which fields of a form get a place for panels, how high each is kept, and the empty place itself. It is all that the script of a
// form has in it, so that nothing moves when the plugin comes after the form.

/** @import { Form } from './frappe.js' */

/**
 * The chat channels of the three generations of the host: the channel's name, the link on the notification, the doctype behind
 * the link, and the service where the doctype has no field for it.
 */
export const CHANNELS = [
  { channel: 'External Collaboration Tool', link: 'incoming_webhook_url', doctype: 'Incoming Webhook URL', service: '' },
  { channel: 'Webhook', link: 'notification_webhook_url', doctype: 'Notification Webhook URL', service: '' },
  { channel: 'Slack', link: 'slack_webhook_url', doctype: 'Slack Webhook URL', service: 'Slack' },
];

/** Where the heights are kept. */
const KEPT = 'deskbell:heights';
/** Below this width the panels are one column, and longer. */
const NARROW = 500;
/** The heights while nothing is known; a link's is that of every other name. @type {Record<string, number>} */
const USUAL = { condition: 340, 'condition narrow': 430, document_type: 54, 'document_type narrow': 95, message: 280, 'message narrow': 470, webhook_url: 150, 'webhook_url narrow': 190 };
const LINK = 54;

/** @param {Form} form */
export function wrapperOf({ wrapper }) {
  return (wrapper instanceof HTMLElement ? wrapper : wrapper?.[0]) ?? null;
}

/** The fields of a form that panels stand under. @param {Form} form */
export function wantedBy({ doc }) {
  if (CHANNELS.some(({ doctype }) => doctype === doc?.['doctype'])) return ['webhook_url'];
  const chat = doc?.['doctype'] === 'Notification' && CHANNELS.find(({ channel }) => channel === doc['channel']);
  return chat ? [chat.link, 'document_type', 'condition', 'message'] : [];
}

/** Keeps space for panels that are still to come. @param {Form} form */
export function keepSpace(form) {
  for (const name of wantedBy(form)) {
    const place = placeUnder(form, name);
    if (place && place.childElementCount === 0) settle(place, heightOf(form, name));
  }
}

/** Gives the space back: no panels come. */
export function giveSpaceBack() {
  for (const place of document.querySelectorAll('.deskbell-slot:empty')) place.remove();
}

/**
 * The place under a field, made when it is not there; null when the form has no such field to stand under.
 * @param {Form} form @param {string} name
 */
export function placeUnder(form, name) {
  const wrapper = form.fields_dict?.[name]?.$wrapper?.[0];
  if (!wrapper) return null;
  const found = wrapper.querySelector('.deskbell-slot');
  if (found instanceof HTMLElement) return found;
  const place = document.createElement('div');
  place.className = 'deskbell-slot';
  const input = wrapper.querySelector('.control-input-wrapper');
  // After this wrapper an element survives the form's refreshes.
  if (input) input.after(place);
  else wrapper.append(place);
  return place;
}

/** @param {HTMLElement} place @param {number} height */
export function settle(place, height) {
  place.style.height = `${height}px`;
  place.style.overflowY = 'auto';
}

/**
 * Under what a height is kept: panels of a narrow form are longer.
 * @param {Form} form @param {string} name
 */
function key(form, name) {
  const width = wrapperOf(form)?.clientWidth ?? 0;
  return width > 0 && width < NARROW ? `${name} narrow` : name;
}

/** What the panels under a field took the last time. @param {Form} form @param {string} name */
export function heightOf(form, name) {
  const kept = key(form, name);
  return known()[kept] ?? USUAL[kept] ?? LINK;
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** @type {Record<string, number> | null} */
let heights = null;

/** @returns {Record<string, number>} */
function known() {
  if (heights) return heights;
  try {
    heights = JSON.parse(remembered(KEPT) ?? '{}');
  } catch {
    heights = null;
  }
  return (heights ??= {});
}

/** @param {Form} form @param {string} name @param {number} height */
export function learn(form, name, height) {
  known()[key(form, name)] = height;
  clearTimeout(timer);
  timer = setTimeout(() => remember(KEPT, JSON.stringify(known())), 500);
}

/** null also in a browser that keeps nothing. @param {string} name */
export function remembered(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** @param {string} name @param {string} value */
export function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // The usual heights do.
  }
}
