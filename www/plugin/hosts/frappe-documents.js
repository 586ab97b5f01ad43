// Documents of a Frappe site to try a notification on, read without touching the desk's own store.

/** The desk's globals; they have no types of their own. @type {any} */
const desk = globalThis;

/**
 * A document as the form would get it, without putting it into the desk's own store, where it would replace unsaved edits.
 * @param {string} doctype @param {string} name
 * @returns {Promise<{ doc: Record<string, any>, comments: object[] | null } | null>}
 */
export async function getdoc(doctype, name) {
  const query = new URLSearchParams({ doctype, name });
  try {
    const answer = await fetch(`/api/method/frappe.desk.form.load.getdoc?${query}`, { headers: { 'X-Frappe-CSRF-Token': desk.frappe.csrf_token ?? '' } });
    if (!answer.ok) return null;
    const { docs, docinfo } = await answer.json();
    return docs?.[0] ? { doc: docs[0], comments: docinfo?.comments ?? null } : null;
  } catch {
    return null;
  }
}
