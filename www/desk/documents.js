// The documents to try notifications on: one example per doctype, one almost empty, one with a thousand rows.

/** @typedef {{ doc: Record<string, any>, metas: Array<{ name: string, istable?: 0 | 1, fields: MetaField[] }> }} Sample */
/** @typedef {{ fieldname: string, fieldtype: string, label: string, options?: string, default?: string }} MetaField */
/** @typedef {{ doctype: string, name: string, variant: string, doc: Record<string, any>, metas: Sample['metas'] }} Stored */

/** Which fields stay on a document that nobody filled in. */
const KEPT = ['doctype', 'name', 'owner', 'creation', 'modified', 'modified_by', 'docstatus', 'idx', 'status'];
const MANY = 1000;

/** @returns {Promise<Stored[]>} */
export async function loadDocuments() {
  const files = ['ticket', 'invoice'].map(async (name) => (await fetch(`/desk/documents/${name}.json`)).json());
  const samples = /** @type {Sample[]} */ (await Promise.all(files));
  return samples.flatMap((sample) => [stored(sample, 'Example', sample.doc), stored(sample, 'Almost empty', empty(sample)), stored(sample, '1,000 rows', many(sample))]);
}

/** @param {Sample} sample @param {string} variant @param {Record<string, any>} doc @returns {Stored} */
function stored(sample, variant, doc) {
  return { doctype: doc.doctype, name: doc.name, variant, doc, metas: sample.metas };
}

/** @param {string} name @param {number} step */
function nextName(name, step) {
  return name.replace(/\d+$/, (digits) => String(Number(digits) + step).padStart(digits.length, '0'));
}

/** As the host reads an untouched document back: no nulls in it, numbers 0, tables empty. @param {Sample} sample */
function empty(sample) {
  /** @type {Record<string, any>} */
  const doc = Object.fromEntries(KEPT.map((field) => [field, sample.doc[field]]));
  doc.name = nextName(sample.doc.name, 1);
  doc.docstatus = 0;
  for (const field of sample.metas[0]?.fields ?? []) {
    if (field.fieldname in doc) continue;
    if (['Currency', 'Float', 'Percent', 'Int', 'Check', 'Rating'].includes(field.fieldtype)) doc[field.fieldname] = 0;
    if (field.fieldtype === 'Table') doc[field.fieldname] = [];
  }
  return doc;
}

/** @param {Sample} sample */
function many(sample) {
  const table = sample.metas[0]?.fields.find((field) => field.fieldtype === 'Table')?.fieldname ?? '';
  const name = nextName(sample.doc.name, 2);
  const rows = sample.doc[table];
  const made = Array.from({ length: MANY }, (_, index) => ({ ...rows[index % rows.length], name: `row${String(index + 1).padStart(7, '0')}`, parent: name, idx: index + 1 }));
  return { ...sample.doc, name, [table]: made };
}

/** How many older documents each doctype has. */
const EARLIER = 60;

/**
 * Older documents for a replay, made from the examples: the choices, dates and amounts go round, so that every run finds the same.
 * @param {readonly Stored[]} documents
 * @returns {Stored[]}
 */
export function earlier(documents) {
  return documents.filter(({ variant }) => variant === 'Example').flatMap((example) => Array.from({ length: EARLIER }, (_, index) => older(example, index + 1)));
}

/** @param {Stored} example @param {number} step @returns {Stored} */
function older(example, step) {
  /** @type {Record<string, any>} */
  const doc = { ...example.doc, name: nextName(example.name, -step) };
  // Some days have more of them than others.
  for (const field of ['creation', 'modified']) doc[field] = daysBefore(String(doc[field]).slice(0, 10), Math.floor(step / 2) + (step % 3)) + String(doc[field]).slice(10);
  for (const [place, field] of (example.metas[0]?.fields ?? []).entries()) {
    const value = doc[field.fieldname];
    const turn = step * (place + 3);
    const choices = (field.options ?? '').split('\n').filter(Boolean);
    if (field.fieldtype === 'Select' && choices.length > 0) doc[field.fieldname] = choices[turn % choices.length];
    if (field.fieldtype === 'Check') doc[field.fieldname] = turn % 2;
    if (['Currency', 'Float'].includes(field.fieldtype) && typeof value === 'number') doc[field.fieldname] = Math.round(value * (turn % 40)) / 2;
    if (field.fieldtype === 'Date' && typeof value === 'string') doc[field.fieldname] = daysBefore(value, step % 45);
  }
  return { ...example, name: doc['name'], variant: 'Earlier', doc };
}

/** @param {string} date @param {number} days */
function daysBefore(date, days) {
  const moved = new Date(`${date}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() - days);
  return moved.toISOString().slice(0, 10);
}
