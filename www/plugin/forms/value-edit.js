// The value that has to change before a notification for "Value Change" goes on: as it was, and as a person sets it here.

/** @import { DocTypeMeta } from '../deskbell.js' */

/** The event, as the host writes it. */
export const VALUE_CHANGE = 'Value Change';

/** The kind of field that writes a value, by fieldtype; a line of text for all others. @type {Record<string, string>} */
const KINDS = {
  Check: 'checkbox',
  Code: 'text area',
  Currency: 'number',
  Date: 'date',
  Datetime: 'datetime-local',
  Duration: 'number',
  Float: 'number',
  'HTML Editor': 'text area',
  Int: 'number',
  JSON: 'text area',
  'Long Text': 'text area',
  'Markdown Editor': 'text area',
  Percent: 'number',
  Rating: 'number',
  Select: 'select',
  'Small Text': 'text area',
  Text: 'text area',
  'Text Editor': 'text area',
  Time: 'time',
};
/** What has no value that a person could type. */
const NONE = ['Table', 'Table MultiSelect', 'Password', 'Attach', 'Attach Image', 'Signature', 'Geolocation', 'Section Break', 'Column Break', 'Tab Break', 'HTML', 'Heading', 'Button', 'Image', 'Fold'];

/** @typedef {DocTypeMeta['fields'][number]} Field */

export class ValueEdit {
  /** Counts the changes. */
  turn = 0;
  /** @type {Field | null} */
  field = null;
  /** As the database holds it; undefined where that is not known. @type {unknown} */
  before = undefined;
  /** As the page has it, or as it was set here. @type {unknown} */
  after = null;
  /** Set here, and not by the form that the document is open in. */
  edited = false;

  /** How the value is written: "" where it cannot be. */
  get kind() {
    const type = this.field?.fieldtype ?? '';
    return this.field === null || NONE.includes(type) ? '' : (KINDS[type] ?? 'text');
  }

  /**
   * @param {DocTypeMeta | undefined} meta @param {string} fieldname @param {Record<string, unknown> | null} before @param {Record<string, unknown>} after
   */
  follow(meta, fieldname, before, after) {
    const field = meta?.fields.find((one) => one.fieldname === fieldname) ?? null;
    if (field?.fieldname !== this.field?.fieldname) this.edited = false;
    this.field = field;
    this.before = field && before ? (before[field.fieldname] ?? null) : undefined;
    if (!this.edited) this.after = field ? (after[field.fieldname] ?? null) : null;
  }

  /** @param {string | boolean} typed What the field holds. */
  set(typed) {
    this.after = posted(this.field?.fieldtype ?? '', typed);
    this.edited = true;
    this.turn += 1;
  }

  undo() {
    if (this.edited) this.turn += 1;
    this.edited = false;
  }

  /** The document as the form would post it. @param {object} doc */
  applied(doc) {
    return this.edited && this.field ? { ...doc, [this.field.fieldname]: this.after, __unsaved: 1 } : doc;
  }
}

/**
 * A value as a form posts it: an emptied date or number as null, an emptied text or moment as "".
 * @param {string} fieldtype @param {string | boolean} typed
 */
function posted(fieldtype, typed) {
  if (typeof typed === 'boolean') return typed ? 1 : 0;
  switch (KINDS[fieldtype]) {
    case 'number': {
      const number = typed.trim() === '' ? null : Number(typed);
      return number !== null && Number.isFinite(number) ? (fieldtype === 'Int' ? Math.trunc(number) : number) : null;
    }
    case 'date':
      return typed === '' ? null : typed;
    case 'datetime-local':
      return typed === '' ? '' : withSeconds(typed.replace('T', ' '));
    case 'time':
      return typed === '' ? null : withSeconds(typed);
    default:
      return typed;
  }
}

/** Browsers leave seconds out that are zero. @param {string} moment */
const withSeconds = (moment) => (/\d{2}:\d{2}:\d{2}/.test(moment) ? moment : `${moment}:00`);
