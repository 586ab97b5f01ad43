// Documents of a Frappe site to try a notification on: read by GET, without the desk's dialogs, and without touching its store,
// where an answer would replace unsaved edits.
import { plain } from './frappe-context.js';
import { describe, get } from './frappe-ask.js';

/** @import { LoadedDocument, OfferedDocument, Trouble } from './host.js' */

/**
 * What a site says when it does not give what was asked; null when it did.
 * @param {{ status: number, expired?: boolean }} reply @param {Record<string, string>} values @param {'documents' | 'webhook'} what
 * @returns {Trouble | null}
 */
export function refusal({ status, expired }, values, what) {
  if (status === 200) return null;
  if (expired || status === 401) return { words: 'session-ended' };
  if (status === 403) return { words: `${what}-forbidden`, values };
  return status === 0 || status >= 502 ? { words: 'site-unreachable' } : { words: `${what}-not-given`, values };
}

/** The desk's globals; they have no types of their own. @type {any} */
const desk = globalThis;

/** How many documents that are open and not saved are offered. */
const OPEN = 8;
/** How many documents a search gives, as in the desk's own link fields. */
const FOUND = 10;
/** Types of a field that cannot be read in a list. */
const NOT_LISTED = ['Table', 'Table MultiSelect', 'Password'];

/** The field whose value people know a document by; "" where that is its name. @param {import('./frappe-ask.js').Meta | undefined} meta */
function titleField(meta) {
  const field = meta?.title_field && meta.fields.find(({ fieldname }) => fieldname === meta.title_field);
  return field && !field.is_virtual && !NOT_LISTED.includes(field.fieldtype) ? field.fieldname : '';
}

/** @param {string} name @param {unknown} title @param {OfferedDocument['open']} [open] @returns {OfferedDocument} */
function offered(name, title, open) {
  const text = typeof title === 'string' ? title.trim() : '';
  return { name, ...(text !== '' && text !== name && { title: text }), ...(open && { open }) };
}

/**
 * The last documents, the newest first.
 * @param {string} doctype @param {number} count
 * @returns {Promise<{ documents: OfferedDocument[], trouble: Trouble | null }>}
 */
export async function recent(doctype, count) {
  if (doctype === '') return { documents: [], trouble: null };
  const { metas } = await describe(doctype);
  if (metas[0]?.issingle) return { documents: [{ name: doctype }], trouble: null };
  const title = titleField(metas[0]);
  const ask = (/** @type {string[]} */ fields) => get('frappe.client.get_list', { doctype, fields: JSON.stringify(fields), order_by: 'modified desc', limit_page_length: String(count) });
  let reply = await ask(title ? ['name', title] : ['name']);
  // A list refuses a field that this person may not read.
  if (title && reply.status !== 200 && reply.status !== 0 && !reply.expired) reply = await ask(['name']);
  const rows = Array.isArray(reply.message) ? reply.message : [];
  return { documents: rows.map((row) => offered(String(row.name), row[title])), trouble: refusal(reply, { doctype }, 'documents') };
}

/**
 * Documents by name and title, as the desk's own link fields find them; null when the site does not answer.
 * @param {string} doctype @param {string} text
 * @returns {Promise<OfferedDocument[] | null>}
 */
export async function search(doctype, text) {
  const reply = await get('frappe.desk.search.search_link', { doctype, txt: text, page_length: String(FOUND) });
  // Newer versions answer with the list alone.
  const rows = reply.results ?? reply.message;
  return reply.status === 200 && Array.isArray(rows) ? rows.map((row) => offered(String(row.value), row.label || row.description)) : null;
}

/**
 * The documents of a doctype that the desk's forms hold with changes that are not saved. `from`: the person came from its form.
 * @param {string} doctype
 * @returns {Array<OfferedDocument & { from: boolean }>}
 */
export function open(doctype) {
  /** @type {Array<Record<string, any>>} */
  const held = Object.values(desk.locals?.[doctype] ?? {});
  /** @type {string[][]} */
  const routes = (desk.frappe?.route_history ?? []).filter((/** @type {unknown} */ route) => Array.isArray(route) && route[0] === 'Form');
  const visited = routes.filter((route) => route[1] === doctype).map((route) => String(route[2]));
  // The last form is the notification's own.
  const before = routes.at(-2);
  const title = titleField(desk.frappe?.get_meta?.(doctype));
  return held
    .filter((doc) => (doc['__islocal'] ? visited.includes(String(doc['name'])) : Boolean(doc['__unsaved'])))
    .slice(-OPEN)
    .map((doc) => {
      const name = String(doc['name']);
      return { ...offered(name, doc[title], doc['__islocal'] ? 'new' : 'changed'), from: before?.[1] === doctype && String(before[2]) === name };
    });
}

/**
 * A document as the form would get it.
 * @param {string} doctype @param {string} name
 * @returns {Promise<{ doc: Record<string, any> | null, comments: object[] | null, reply: { status: number, expired?: boolean } }>}
 */
export async function getdoc(doctype, name) {
  const reply = await get('frappe.desk.form.load.getdoc', { doctype, name });
  return { doc: reply.docs?.[0] ?? null, comments: reply.docinfo?.comments ?? null, reply };
}

/**
 * A document with the descriptions of its doctype and of its child tables.
 * @param {string} doctype @param {string} name @param {OfferedDocument['open']} [state] As it is open in the desk.
 * @returns {Promise<{ loaded: LoadedDocument | null, trouble: Trouble | null }>}
 */
export async function load(doctype, name, state) {
  const held = state && desk.locals?.[doctype]?.[name];
  if (state && !held) return { loaded: null, trouble: null };
  if (state === 'new') {
    const { status, metas } = await describe(doctype);
    const loaded = metas.length > 0 ? { doc: plain(held), metas, comments: [], before: null } : null;
    return { loaded, trouble: loaded ? null : refusal({ status }, { doctype }, 'documents') };
  }
  const [{ status, metas }, { doc, comments, reply }] = await Promise.all([describe(doctype), getdoc(doctype, name)]);
  const loaded = doc && metas.length > 0 ? { doc: plain(held || doc), metas, comments, ...(held && { before: plain(doc) }) } : null;
  return { loaded, trouble: loaded ? null : (refusal(reply, { doctype }, 'documents') ?? refusal({ status }, { doctype }, 'documents')) };
}
