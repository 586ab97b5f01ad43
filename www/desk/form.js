// A form: sections of controls around one record, and who hears about a keystroke.
import { Control } from './controls.js';
import { el } from './nodes.js';

/** @import { FieldDefinition } from './controls.js' */

/** Fields over the whole width, then columns of fields side by side. @typedef {{ fields?: FieldDefinition[], columns?: FieldDefinition[][] }} Section */

export class Form extends EventTarget {
  /** @type {Record<string, Control>} */
  fields = {};
  /** @type {HTMLElement} */
  element;
  record;
  #controls;

  /** @param {Record<string, any>} record @param {Section[]} sections @param {(source: string) => string} translate */
  constructor(record, sections, translate) {
    super();
    this.record = record;
    this.element = el('div', { class: 'form-layout' }, sections.map((section) => this.#section(section, translate)));
    this.#controls = Object.values(this.fields);
    for (const control of this.#controls) control.value = record[control.definition.fieldname];
    this.#arrange();
  }

  /** @param {Section} section @param {(source: string) => string} translate */
  #section(section, translate) {
    const make = (/** @type {FieldDefinition} */ definition) => {
      const control = new Control(definition, translate, () => this.#heard(control));
      this.fields[definition.fieldname] = control;
      return control.wrapper;
    };
    const wide = section.fields?.length ? el('div', { class: 'section-body' }, section.fields.map(make)) : null;
    const columns = section.columns ? el('div', { class: 'section-columns' }, section.columns.map((column) => el('div', { class: 'section-body' }, column.map(make)))) : null;
    return el('section', { class: 'form-section' }, wide, columns);
  }

  /** @param {Control} control */
  #heard(control) {
    this.record[control.definition.fieldname] = control.value;
    this.#arrange();
    this.dispatchEvent(new CustomEvent('input', { detail: control.definition.fieldname }));
  }

  /** Shows the fields that depend on others. */
  #arrange() {
    for (const { definition, wrapper } of this.#controls) wrapper.hidden = definition.shown ? !definition.shown(this.record) : false;
  }
}
