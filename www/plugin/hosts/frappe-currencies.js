// The titles of the site's currencies: an amount in words needs them, and the desk's boot does not carry them.

import { get } from './frappe-ask.js';

/** By name, asked once for a page. @type {Promise<Map<string, string> | null> | null} */
let titles = null;

/** @returns {Promise<Map<string, string> | null>} null: the site does not tell. */
async function ask() {
  const reply = await get('frappe.client.get_list', { doctype: 'Currency', fields: '["name","title"]', limit_page_length: '0' });
  return Array.isArray(reply.message) ? new Map(reply.message.map((row) => [row.name, row.title ?? ''])) : null;
}

/**
 * The documents of the desk's boot, the currencies among them with their titles; null when the site does not tell them.
 * @param {Array<Record<string, any>>} bootDocs
 */
export async function withTitles(bootDocs) {
  const known = await (titles ??= ask());
  if (!known) {
    // What could not be read now may be readable when the next form opens.
    titles = null;
    return null;
  }
  return bootDocs.map((doc) => (doc['doctype'] === ':Currency' && known.has(doc['name']) ? { ...doc, title: known.get(doc['name']) } : doc));
}
