// The desk's forms: one per doctype, used again for every record, with collapsible sections and scripts that run one after the other.
import { holds, make } from './controls.js';

const frappe = globalThis.frappe;
const handlers = {};
const shown = {};

frappe.ui.form.on = (doctype, events, handler) => {
  const given = typeof events === 'string' ? { [events]: handler } : events;
  for (const [event, call] of Object.entries(given)) ((handlers[doctype] ??= {})[event] ??= []).push(call);
};

/** Runs the scripts of an event one after the other; one that throws keeps the later ones from running, as on the desk. */
const trigger = (frm, event) => frappe.run_serially((handlers[frm.doctype]?.[event] ?? []).map((call) => () => call(frm, frm.doctype, frm.docname)));

class h {
  constructor(doctype) {
    this.doctype = doctype;
    this.meta = frappe.get_meta(doctype);
    this.wrapper = $(`<div class="content page-container" id="page-Form/${doctype}"></div>`).appendTo('#body')[0];
    this.$wrapper = $(this.wrapper);
    $('<div class="page-head"><span class="title-text"></span><span class="custom-actions"></span></div><div class="form-layout"></div>').appendTo(this.wrapper);
    this.fields_dict = {};
    this.sections = [];
    this.opendocs = {};
    this.layoutOf = this.$wrapper.find('.form-layout');
    this.layout = { wrapper: this.layoutOf };
    this.section = this.addSection({ fieldname: '__first' });
    for (const df of this.meta.fields) {
      if (df.fieldtype === 'Section Break') this.section = this.addSection(df);
      const control = make(df, this.section.body, this);
      if (control) this.fields_dict[df.fieldname] = control;
    }
    // The desk takes Tab from field to field.
    this.layoutOf.on('keydown', (event) => {
      const name = $(event.target).attr('data-doctype') && $(event.target).attr('data-fieldname');
      if (event.key !== 'Tab' || !name) return true;
      const names = Object.keys(this.fields_dict);
      const next = names.slice(names.indexOf(name) + 1).find((one) => this.fields_dict[one].$input?.is(':visible'));
      this.fields_dict[next]?.$input.trigger('focus');
      return false;
    });
    // The scripts of the doctype are read when its first form is made.
    for (const script of frappe.scripts?.[doctype] ?? []) new Function('frappe', 'cur_frm', script)(frappe, this);
    frappe.model.on(doctype, '*', (fieldname, _value, doc) => {
      if (doc.name !== this.docname) return;
      this.fields_dict[fieldname]?.refresh();
      this.refreshDependency();
      trigger(this, fieldname);
    });
  }

  addSection(df) {
    const section = { df, $wrapper: $('<div class="form-section"></div>').appendTo(this.layoutOf) };
    if (df.label) $('<div class="section-head"></div>').text(__(df.label)).appendTo(section.$wrapper).on('click', () => section.body.toggleClass('hide'));
    section.body = $('<div class="section-body"></div>').appendTo(section.$wrapper);
    this.sections.push(section);
    return section;
  }

  async refresh(docname) {
    if (docname) this.docname = docname;
    globalThis.cur_frm = this;
    this.doc = frappe.get_doc(this.doctype, this.docname);
    const first = !this.opendocs[this.docname];
    // Waited for, and then the form is drawn.
    if (first) await trigger(this, 'before_load');
    if (first) await trigger(this, 'onload');
    this.opendocs[this.docname] = true;
    this.$wrapper.find('.title-text').text(this.docname);
    this.$wrapper.find('.custom-actions').empty();
    $(document).trigger('form-refresh', [this]);
    for (const control of Object.values(this.fields_dict)) control.refresh();
    this.refreshDependency();
    // A new record is opened out; the sections of a saved one are closed.
    if (first) for (const { df, body } of this.sections) if (df.collapsible) body.toggleClass('hide', !this.doc.__islocal && !globalThis.given.settings.open);
    await trigger(this, 'refresh');
    if (first) await trigger(this, 'onload_post_render');
    delete this.doc.localname;
  }

  refreshDependency() {
    for (const { df, $wrapper } of this.sections) $wrapper.toggleClass('hide-control', !holds(df.depends_on, this.doc));
    for (const control of Object.values(this.fields_dict)) {
      const before = control.disp_status;
      const hidden = control.df.hidden || !holds(control.df.depends_on, this.doc);
      if ((before === 'None') !== Boolean(hidden)) control.refresh();
    }
  }

  add_custom_button(label, call) {
    return $('<button class="btn btn-default">').text(label).appendTo(this.$wrapper.find('.custom-actions')).on('click', call);
  }

  is_new() {
    return Boolean(this.doc.__islocal);
  }

  /** Another control in a field's place, as scripts make it; the old one goes with everything in it. */
  replace_field(name) {
    const old = this.fields_dict[name];
    const control = make(old.df, old.$wrapper.parent(), this);
    old.$wrapper.after(control.$wrapper).remove();
    this.fields_dict[name] = control;
    control.refresh();
  }

  get_field(name) {
    return this.fields_dict[name];
  }

  set_value(fieldname, value) {
    return frappe.model.set_value(this.doctype, this.docname, fieldname, value);
  }

  async save() {
    $(document.activeElement).trigger('blur');
    await new Promise((resolve) => setTimeout(resolve, 100));
    const answer = await frappe.call({ method: 'frappe.desk.form.save.savedocs', args: { doc: { ...this.doc, ...(this.doc.__islocal && { __newname: this.newName }) }, action: 'Save' } });
    this.docname = answer.docs[0].name;
    await this.refresh();
    frappe.router.replace(['Form', this.doctype, this.docname]);
  }
}

/** Shows a record in its doctype's form, which is made when it is first needed. */
export async function showForm(doctype, name) {
  await new Promise((resolve) => resolve(frappe.model.with_doctype(doctype)));
  await frappe.model.with_doc(doctype, name);
  const frm = (shown[doctype] ??= new h(doctype));
  $('#body > .page-container').hide();
  $(frm.wrapper).show();
  await frm.refresh(name);
  return frm;
}

/** The page of a doctype's form is thrown away, as after a change of its doctype. */
export function removeForm(doctype) {
  shown[doctype]?.wrapper.remove();
  delete shown[doctype];
}
