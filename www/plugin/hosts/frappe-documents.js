// Documents of a Frappe site to try a notification on: read by GET, without the desk's dialogs, and without touching its store,
// where an answer would replace unsaved edits.
import { plain } from './frappe-context.js';
import { describe, get } from './frappe-ask.js';

/** @import { LoadedDocument, Trouble } from './host.js' */

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

/**
 * The names of the last documents, the newest first.
 * @param {string} doctype @param {number} count
 * @returns {Promise<{ names: string[], trouble: Trouble | null }>}
 */
export async function recent(doctype, count) {
  if (doctype === '') return { names: [], trouble: null };
  const { metas } = await describe(doctype);
  if (metas[0]?.issingle) return { names: [doctype], trouble: null };
  const reply = await get('frappe.client.get_list', { doctype, fields: '["name"]', order_by: 'modified desc', limit_page_length: String(count) });
  const rows = Array.isArray(reply.message) ? reply.message : [];
  return { names: rows.map(({ name }) => String(name)), trouble: refusal(reply, { doctype }, 'documents') };
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
 * @param {string} doctype @param {string} name
 * @returns {Promise<{ loaded: LoadedDocument | null, trouble: Trouble | null }>}
 */
export async function load(doctype, name) {
  const [{ status, metas }, { doc, comments, reply }] = await Promise.all([describe(doctype), getdoc(doctype, name)]);
  const loaded = doc && metas.length > 0 ? { doc: plain(doc), metas, comments } : null;
  return { loaded, trouble: loaded ? null : (refusal(reply, { doctype }, 'documents') ?? refusal({ status }, { doctype }, 'documents')) };
}
