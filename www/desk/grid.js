// A child table: its first rows as a grid of inputs, the rest as a number.
import { el } from './nodes.js';

/** How many rows are drawn. */
const DRAWN = 12;

/**
 * @param {string} label @param {Array<{ fieldname: string, fieldtype: string, label: string }>} columns
 * @param {Array<Record<string, any>>} rows @param {(source: string) => string} translate @param {() => void} onInput
 * @returns {HTMLElement}
 */
export function grid(label, columns, rows, translate, onInput) {
  const numeric = (/** @type {typeof columns[number]} */ column) => ['Currency', 'Float', 'Int', 'Percent', 'Check'].includes(column.fieldtype);
  const cell = (/** @type {Record<string, any>} */ row, /** @type {typeof columns[number]} */ column) => {
    const change = (/** @type {Event} */ event) => {
      const { value } = /** @type {HTMLInputElement} */ (event.target);
      row[column.fieldname] = !numeric(column) ? value : value.trim() === '' || Number.isNaN(Number(value)) ? null : Number(value);
      onInput();
    };
    return el('td', { class: numeric(column) ? 'number' : null }, el('input', { class: 'input', value: row[column.fieldname] ?? '', 'aria-label': `${translate(column.label)} ${row.idx}`, oninput: change }));
  };
  const head = el('tr', {}, el('th', { scope: 'col' }, '#'), columns.map((column) => el('th', { scope: 'col', class: numeric(column) ? 'number' : null }, translate(column.label))));
  const body = rows.slice(0, DRAWN).map((row) => el('tr', {}, el('td', { class: 'index' }, row.idx), columns.map((column) => cell(row, column))));
  const more = rows.length > DRAWN ? el('p', { class: 'more' }, translate('and {0} more rows').replace('{0}', String(rows.length - DRAWN))) : null;
  return el(
    'div',
    { class: 'frappe-control' },
    el('span', { class: 'control-label' }, translate(label)),
    el('div', { class: 'grid', tabindex: '0', role: 'region', 'aria-label': translate(label) }, el('table', {}, el('thead', {}, head), el('tbody', {}, body))),
    more,
  );
}
