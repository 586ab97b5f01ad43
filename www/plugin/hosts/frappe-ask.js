// Look-ups of a message put to a Frappe site: by GET, which the site never commits, and without the dialogs of `frappe.call`.

import { plain } from './frappe-context.js';

/** @import { DocTypeMeta, ServerQuestion } from '../deskbell.js' */
/** @import { Told } from './host.js' */

/** The desk's globals; they have no types of their own. @type {any} */
const desk = globalThis;

/** Fields that every document has. */
const STANDARD = ['creation', 'docstatus', 'idx', 'modified', 'modified_by', 'name', 'owner'];
/** Two are enough to know that there is not one. */
const TWO = 2;

/**
 * @typedef {{ status: number, message: any }} Reply status 0: no answer.
 * @typedef {DocTypeMeta & { issingle?: 0 | 1 }} Meta
 */

/** By doctype, as they were read. @type {Map<string, Promise<{ status: number, metas: Meta[] }>>} */
const described = new Map();

/**
 * @param {string} method @param {Record<string, string>} query
 * @returns {Promise<Reply & { docs?: any[], docinfo?: any, results?: any, expired?: boolean }>} `expired`: the person's session has ended.
 */
export async function get(method, query) {
  try {
    const answer = await fetch(`/api/method/${method}?${new URLSearchParams(query)}`, { headers: { Accept: 'application/json' } });
    if (answer.ok) {
      const { message, docs, docinfo, results } = await answer.json();
      return { status: answer.status, message, docs, docinfo, results };
    }
    const { session_expired: expired } = await refused(answer);
    return { status: answer.status, message: undefined, ...(expired && { expired: true }) };
  } catch {
    return { status: 0, message: undefined };
  }
}

/** What a refusal says, when it is one of the site and not of a proxy before it. @param {Response} answer */
async function refused(answer) {
  try {
    return await answer.json();
  } catch {
    return {};
  }
}

/**
 * The doctype and those of its child tables: the desk's own when it has them. `with_doctype` would open a dialog for a name that
 * is still being typed.
 * @param {string} doctype
 */
export function describe(doctype) {
  let known = described.get(doctype);
  if (!known) {
    known = read(doctype);
    described.set(doctype, known);
    // What could not be read now may be readable later.
    known.then(({ metas }) => metas.length === 0 && described.delete(doctype));
  }
  return known;
}

/** @param {string} doctype @returns {Promise<{ status: number, metas: Meta[] }>} */
async function read(doctype) {
  const meta = desk.frappe?.get_meta?.(doctype);
  const tables = (meta?.fields ?? []).filter((/** @type {any} */ field) => ['Table', 'Table MultiSelect'].includes(field.fieldtype));
  const metas = [meta, ...tables.map((/** @type {any} */ field) => desk.frappe.get_meta(field.options))];
  // `with_doctype` brings the doctypes of the child tables too; where one is not there yet, the site has it.
  if (metas.every(Boolean)) return { status: 200, metas: metas.map(slim) };
  const { status, docs } = await get('frappe.desk.form.load.getdoctype', { doctype, with_parent: '1' });
  return { status, metas: (docs ?? []).filter((one) => one.doctype === 'DocType').map(slim) };
}

/** The choices of a field, which a desk's scripts turn into lists and objects. @param {unknown} options @returns {string | null} */
function choices(options) {
  if (Array.isArray(options)) return options.map((one) => String(one?.value ?? one ?? '')).join('\n');
  return typeof options === 'string' ? options : null;
}

/**
 * A doctype as the site tells it, without its scripts, styles and templates, which are the larger part of it.
 * @param {Meta} meta
 * @returns {Meta}
 */
function slim(meta) {
  const fields = (meta.fields ?? []).map((field) => ('options' in field ? { ...field, options: choices(field.options) } : field));
  return plain(/** @type {Meta} */ ({ ...Object.fromEntries(Object.entries(meta).filter(([key]) => !key.startsWith('__'))), fields }));
}

/** @param {Reply} reply @returns {Told['refused']} */
function refusal({ status }) {
  if (status === 401 || status === 403) return 'permission';
  return status === 0 || status >= 502 ? 'unreachable' : 'unclear';
}

/**
 * @param {ServerQuestion} question
 * @returns {Promise<Told>}
 */
export async function ask(question) {
  const { doctype, kind } = question;
  const { status, metas } = await describe(doctype);
  const [meta] = metas;
  const refused = (/** @type {Told['refused']} */ why) => ({ value: null, metas: [], refused: why });
  if (!meta) return refused(refusal({ status, message: undefined }));
  const fields = question.fields ?? ['name'];
  const columns = new Set([...STANDARD, ...meta.fields.map((field) => field.fieldname)]);
  if (!fields.every((field) => columns.has(field)) || Boolean(meta.issingle) !== (kind === 'single')) return refused('unclear');

  if (kind === 'single') {
    const [field = ''] = fields;
    const reply = await get('frappe.client.get_single_value', { doctype, field });
    return reply.status === 200 ? { value: { [field]: reply.message ?? null }, metas } : refused(refusal(reply));
  }
  if (kind === 'document') {
    const reply = await get('frappe.client.get', { doctype, name: question.name ?? '' });
    if (reply.status === 404) return { value: null, metas };
    return reply.message ? { value: reply.message, metas } : refused(refusal(reply));
  }
  if (question.filters) {
    const reply = await get('frappe.client.get_list', { doctype, filters: JSON.stringify(question.filters), fields: JSON.stringify(fields), limit_page_length: String(TWO) });
    if (!Array.isArray(reply.message)) return refused(refusal(reply));
    if (reply.message.length === TWO) return refused('ambiguous');
    // Nothing in the list may only mean that this person sees nothing.
    return reply.message[0] ? { value: reply.message[0], metas } : refused('unclear');
  }
  // Says for certain whether there is such a document, and its fields to whoever may read them.
  const reply = await get('frappe.client.validate_link', { doctype, docname: question.name ?? '', fields: JSON.stringify(fields) });
  if (!reply.message) return refused(refusal(reply));
  if (!reply.message.name) return { value: null, metas };
  return fields.every((field) => field in reply.message) ? { value: reply.message, metas } : refused('permission');
}
