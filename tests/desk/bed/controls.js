// The desk's controls: the wrapper of each, when its input is made, and how late the model follows what is typed.
// Their classes have one letter each, as in the desk's bundle: nothing may be told from a class name.

const frappe = globalThis.frappe;
const NO_CONTROL = ['Section Break', 'Column Break'];

/** What decides whether a field is shown; the expressions are those of records.mjs. */
const holds = (expression, doc) => !expression || Boolean(new Function('doc', `return ${expression}`)(doc ?? {}));

class a {
  constructor(df, parent, frm, doc) {
    Object.assign(this, { df, frm, doc, doctype: frm?.doctype, docname: frm?.docname });
    this.$wrapper = $('<div class="frappe-control"><div class="form-group"><div class="clearfix"><label class="control-label"></label></div><div class="control-input-wrapper"><div class="control-input"></div><div class="control-value like-disabled-input" style="display:none"></div><p class="help-box"></p></div></div></div>').appendTo(parent);
    this.$wrapper.attr({ 'data-fieldname': df.fieldname, 'data-fieldtype': df.fieldtype }).toggleClass('input-max-width', df.fieldtype !== 'Code');
    this.$wrapper.find('.control-label').text(__(df.label));
    this.wrapper = this.$wrapper[0];
    this.wrapper.fieldobj = this;
    this.input_area = this.$wrapper.find('.control-input')[0];
    this.disp_area = this.$wrapper.find('.control-value')[0];
  }

  get store() {
    return this.frm ? this.frm.doc : this.doc;
  }

  /** "Write", "Read" or "None"; a field that cannot be written keeps whatever input it had, with the text of before. */
  refresh() {
    const doc = this.store ?? {};
    const readable = given.settings.readOnly || (this.df.set_only_once && !doc.__islocal);
    this.disp_status = this.df.hidden || !holds(this.df.depends_on, doc) ? 'None' : readable ? 'Read' : 'Write';
    this.docname = this.frm?.docname ?? doc.name;
    this.$wrapper.toggleClass('hide-control', this.disp_status === 'None');
    if (this.disp_status === 'None') return;
    this.value = doc[this.df.fieldname];
    $(this.input_area).toggle(this.disp_status === 'Write');
    $(this.disp_area).toggle(this.disp_status === 'Read').text(this.value ?? '');
    if (this.disp_status === 'Write') {
      this.make_input();
      this.set_formatted_input(this.value);
    }
  }

  make_input() {
    if (this.$input) return;
    this.$input = this.tag().addClass('form-control').attr({ 'data-fieldname': this.df.fieldname, 'data-doctype': this.doctype }).appendTo(this.input_area);
    const take = () => this.set_value(this.$input.val());
    this.$input.on('change', take);
    if (this.late) this.$input.on('input', frappe.utils.debounce(take, this.late));
  }

  set_formatted_input(value) {
    this.$input.val(value ?? '');
  }

  get_input_value() {
    return this.$input?.val();
  }

  /** Into the model of a form, or into the document of a dialog. */
  set_value(value) {
    const kept = this.df.fieldtype === 'Check' ? Number(value) : (value ?? '');
    if (this.frm) return frappe.model.set_value(this.frm.doctype, this.frm.docname, this.df.fieldname, kept);
    this.doc[this.df.fieldname] = kept;
    this.set_formatted_input(kept);
    return Promise.resolve();
  }
}

/** Data and Small Text: the model follows 500 ms after the last key. */
class b extends a {
  late = 500;
  tag = () => $(this.df.fieldtype === 'Small Text' ? '<textarea>' : '<input type="text">');
}

class c extends a {
  tag() {
    const options = this.df.options.split('\n').map((value) => $('<option>').attr('value', value).text(__(value)));
    return $('<select>').append(options);
  }
}

/** A link: the model follows a choice in the list, which the list's own event tells of, or leaving the field. */
class d extends a {
  tag = () => $('<input type="text" class="input-with-feedback">').attr('data-doctype', this.df.options);
  /** As if chosen from the list. */
  async pick(value) {
    this.make_input();
    this.$input.val(value);
    this.$input[0].dispatchEvent(new CustomEvent('awesomplete-selectcomplete', { bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve, 20));
    return this.set_value(value);
  }
}

class e extends a {
  tag = () => $('<input type="checkbox">');
  make_input() {
    if (this.$input) return;
    super.make_input();
    this.$input.off('change').on('change', () => this.set_value(this.$input[0].checked));
  }
  set_formatted_input(value) {
    this.$input[0].checked = Boolean(Number(value));
  }
}

const ACE = '/assets/frappe/node_modules/ace-builds/src-min-noconflict/';
let library;
/** Loads Ace once for the page, as late as the first field that needs it. */
function ace() {
  library ??= new Promise((resolve) => {
    setTimeout(() => $.getScript(`${ACE}ace.js`, () => {
      globalThis.ace.config.set('basePath', ACE);
      resolve();
    }), globalThis.given.settings.slow);
  });
  return library;
}

// A desk where a form with code was opened before has Ace already.
if (globalThis.given.settings.warm) await ace();

/** Code: an Ace editor that comes late, also in a hidden field, and a model that follows 300 ms after the last key. */
class f extends a {
  constructor(...args) {
    super(...args);
    ace().then(() => this.make_ace_editor());
  }

  make_input() {}

  make_ace_editor() {
    this.ace_editor_target = $('<div class="ace-editor-target"></div>').appendTo(this.input_area);
    this.editor = globalThis.ace.edit(this.ace_editor_target[0]);
    this.editor.setTheme('ace/theme/tomorrow');
    this.editor.session.setMode(this.df.options === 'HTML' ? 'ace/mode/html' : 'ace/mode/python');
    this.editor.session.on('change', frappe.utils.debounce(() => this.set_value(this.get_input_value()), 300));
    if (this.store && this.disp_status !== 'None') this.set_formatted_input(this.store[this.df.fieldname]);
  }

  get_input_value() {
    return this.editor ? this.editor.session.getValue() : '';
  }

  async set_formatted_input(value) {
    await ace();
    if (this.editor && (value ?? '') !== this.get_input_value()) this.editor.session.setValue(value ?? '');
  }
}

class g extends a {
  refresh() {
    super.refresh();
    this.$wrapper.find('.control-input').hide();
    this.disp_area.innerHTML = this.df.options ?? '';
  }
  make_input() {}
  set_formatted_input() {}
}

frappe.ui.form.ControlCode = f;
const CLASSES = { Check: e, Code: f, Data: b, HTML: g, Link: d, Select: c, 'Small Text': b, Table: g };

/** A control for a field of a form or, without a form, of a dialog on `doc`. */
export function make(df, parent, frm, doc) {
  if (NO_CONTROL.includes(df.fieldtype) || globalThis.given.settings.missing.includes(df.fieldname)) return null;
  // Every other type is a line of text here.
  return new (CLASSES[df.fieldtype] ?? b)(df, parent, frm, doc);
}

export { holds };
