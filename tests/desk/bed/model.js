// The desk's store: documents in `locals`, the events of the model, and calls to the site.

const frappe = globalThis.frappe;
const locals = (globalThis.locals = { DocType: {} });

/** What a person was shown besides the form; a plugin should show nothing there. */
export const dialogs = [];

frappe.msgprint = (message) => void dialogs.push(String(message?.message ?? message));
frappe.show_alert = (message) => void dialogs.push(String(message?.message ?? message));
frappe._messages = { New: globalThis.given.settings.lang === 'fr' ? 'Nouveau' : 'New' };
/** The host's translation of a source sentence, or the sentence itself. */
globalThis.__ = (text) => frappe._messages?.[text] ?? text;

frappe.run_serially = (tasks) => tasks.reduce((before, task) => before.then(task), Promise.resolve());

frappe.utils = {
  debounce(call, wait) {
    let timer;
    return (...args) => {
      clearTimeout(timer);
      timer = setTimeout(() => call(...args), wait);
    };
  },
};

/** As the desk calls the site: a token with every request, a dialog for every refusal, and every document of an answer into `locals`. */
frappe.call = ({ method, args = {}, type = 'POST', callback, error }) => {
  const data = Object.fromEntries(Object.entries(args).map(([key, value]) => [key, typeof value === 'object' ? JSON.stringify(value) : value]));
  const request = $.ajax({ url: `/api/method/${method}`, type, data, dataType: 'json', headers: { 'X-Frappe-CSRF-Token': frappe.csrf_token, Accept: 'application/json' } });
  return request.then(
    (answer) => {
      if (answer.docs) frappe.model.sync(answer);
      callback?.(answer);
      return answer;
    },
    (xhr) => {
      if (xhr.responseJSON?.session_expired) frappe.msgprint('Session Expired');
      else if (xhr.status === 403) frappe.msgprint('Not permitted');
      else if (xhr.status === 404) frappe.msgprint('Not found');
      else error?.(xhr.responseJSON);
      return Promise.reject(xhr);
    },
  );
};

frappe.db = {
  get_list: (doctype, args = {}) => frappe.call({ method: 'frappe.client.get_list', type: 'GET', args: { doctype, ...args, limit_page_length: args.limit ?? 20 } }).then(({ message }) => message),
};

frappe.get_doc = (doctype, name = doctype) => locals[doctype]?.[name] ?? null;
frappe.get_meta = (doctype) => locals.DocType[doctype] ?? null;

frappe.model = {
  events: {},
  new_names: {},
  docinfo: {},

  on(doctype, fieldname, hear) {
    ((this.events[doctype] ??= {})[fieldname] ??= []).push(hear);
  },

  trigger(fieldname, value, doc) {
    const heard = this.events[doc.doctype] ?? {};
    return frappe.run_serially([fieldname, '*'].map((key) => () => void (heard[key] ?? []).forEach((hear) => hear(fieldname, value, doc))));
  },

  set_value(doctype, name, fieldname, value) {
    const doc = locals[doctype]?.[name];
    if (!doc || doc[fieldname] === value) return Promise.resolve();
    doc[fieldname] = value;
    doc.__unsaved = 1;
    return this.trigger(fieldname, value, doc);
  },

  /** Also brings the doctypes of the child tables. */
  with_doctype(doctype, callback) {
    if (locals.DocType[doctype]) return callback?.();
    return frappe.call({ method: 'frappe.desk.form.load.getdoctype', type: 'GET', args: { doctype, with_parent: 1 }, callback });
  },

  async with_doc(doctype, name) {
    if (!frappe.get_doc(doctype, name)) await frappe.call({ method: 'frappe.desk.form.load.getdoc', type: 'GET', args: { doctype, name } });
    return frappe.get_doc(doctype, name);
  },

  /** Puts an answer's documents into the store: over the edits that are there, and under the new name after a first save. */
  sync({ docs = [], docinfo }) {
    for (const doc of docs) {
      if (doc.doctype === 'DocType') doc.get = () => 'a meta of the desk carries functions';
      (locals[doc.doctype] ??= {})[doc.name] = doc;
      if (!doc.localname) continue;
      this.new_names[doc.localname] = doc.name;
      $(document).trigger('rename', [doc.doctype, doc.localname, doc.name]);
      delete locals[doc.doctype][doc.localname];
    }
    if (docinfo) (this.docinfo[docinfo.doctype] ??= {})[docinfo.name] = docinfo;
  },

  get_new_doc(doctype) {
    const count = (this.count = (this.count ?? 0) + 1);
    const doc = { doctype, name: `new-${doctype.toLowerCase().replaceAll(' ', '-')}-${count}`, __islocal: 1, __unsaved: 1, owner: frappe.session.user, docstatus: 0 };
    for (const { fieldname, default: value, fieldtype, options = '' } of frappe.get_meta(doctype).fields) {
      if (fieldtype === 'Table') doc[fieldname] = [];
      else if (value !== undefined) doc[fieldname] = value;
      else if (fieldtype === 'Select' && options.split('\n')[0] !== '') doc[fieldname] = options.split('\n')[0];
    }
    (locals[doctype] ??= {})[doc.name] = doc;
    return doc;
  },
};
