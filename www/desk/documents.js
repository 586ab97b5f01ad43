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
