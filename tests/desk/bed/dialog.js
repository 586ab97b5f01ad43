// The desk's dialogs, and the Quick Entry that a list's "New" and a link field open: no form, so that no form script runs.
import { make } from './controls.js';

const frappe = globalThis.frappe;
/** How long the backdrop takes before the modal is displayed, and the modal to come and to go. */
const BACKDROP_MS = 150;
const FADE_MS = 300;

frappe.ui.Dialog = class i {
  constructor({ title, fields, doc }) {
    this.doc = doc;
    this.$wrapper = $('<div class="modal fade" role="dialog"><div class="modal-dialog"><div class="modal-header"><h4 class="modal-title"></h4><button class="btn-primary">Save</button></div><div class="modal-body"></div></div></div>').appendTo(document.body);
    this.$wrapper.find('.modal-title').text(title);
    this.wrapper = this.$wrapper.find('.modal-dialog')[0];
    this.body = this.$wrapper.find('.modal-body')[0];
    this.fields_dict = {};
    for (const df of fields) {
      const control = make(df, this.body, null, doc);
      if (!control) continue;
      this.fields_dict[df.fieldname] = control;
      control.refresh();
    }
  }

  show() {
    this.$wrapper.trigger('show.bs.modal');
    setTimeout(() => this.$wrapper.css('display', 'block')[0].offsetHeight && this.$wrapper.addClass('show'), BACKDROP_MS);
    setTimeout(() => this.$wrapper.trigger('shown.bs.modal'), BACKDROP_MS + FADE_MS);
  }

  hide() {
    this.$wrapper.trigger('hide.bs.modal').removeClass('show');
    this.onhide?.();
    setTimeout(() => this.$wrapper.css('display', 'none').trigger('hidden.bs.modal'), FADE_MS);
  }
};

frappe.ui.form.QuickEntryForm = class j {
  constructor(doctype, after_insert) {
    Object.assign(this, { doctype, after_insert });
  }

  async setup() {
    await frappe.model.with_doctype(this.doctype);
    this.doc = frappe.model.get_new_doc(this.doctype);
    const fields = frappe.get_meta(this.doctype).fields.filter(({ reqd, bold }) => reqd || bold);
    this.dialog = new frappe.ui.Dialog({ title: this.doctype, fields, doc: this.doc });
    this.dialog.onhide = () => (frappe.quick_entry = null);
    this.dialog.show();
    // The fields learn of their document only now.
    for (const control of Object.values(this.dialog.fields_dict)) Object.assign(control, { doctype: this.doctype, docname: this.doc.name });
    this.dialog.$wrapper.find('.btn-primary').on('click', () => this.insert());
    return this;
  }

  async insert() {
    const answer = await frappe.call({ method: 'frappe.client.save', args: { doc: this.doc } });
    this.dialog.hide();
    this.after_insert?.(answer.message);
  }
};

/** A doctype may bring its own class for it. */
frappe.ui.form.make_quick_entry = (doctype, after_insert) => {
  const own = frappe.ui.form[`${doctype.replaceAll(' ', '')}QuickEntryForm`];
  frappe.quick_entry = new (own ?? frappe.ui.form.QuickEntryForm)(doctype, after_insert);
  return frappe.quick_entry.setup();
};
