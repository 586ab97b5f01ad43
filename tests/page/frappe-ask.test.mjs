// How the Frappe adapter asks a site: which address, read only, and what each answer of the site means. No browser is needed.
import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { ask } from '../../www/plugin/hosts/frappe-ask.js';

const META = { doctype: 'DocType', name: 'Customer', fields: [{ fieldname: 'city', fieldtype: 'Data' }] };
const SETTINGS = { doctype: 'DocType', name: 'Settings', issingle: 1, fields: [{ fieldname: 'hours', fieldtype: 'Float' }] };
let calls;
let replies;

/** A site that answers as told: a number is a status, anything else the message of a 200. */
function site(answers) {
  replies = answers;
}

beforeEach(() => {
  calls = [];
  globalThis.frappe = { get_meta: (name) => ({ Customer: META, Settings: SETTINGS })[name] };
  globalThis.fetch = async (address, options = {}) => {
    const url = new URL(address, 'https://erp.example.com');
    const method = url.pathname.replace('/api/method/', '');
    calls.push({ method, verb: options.method ?? 'GET', query: Object.fromEntries(url.searchParams) });
    const reply = replies[method];
    if (reply === undefined) throw new TypeError('Failed to fetch');
    if (typeof reply === 'number') return { ok: false, status: reply };
    return { ok: true, status: 200, json: async () => reply };
  };
});

const value = { kind: 'value', doctype: 'Customer', name: 'A', fields: ['city'] };

describe('a field of a document', () => {
  test('is read with the certainty that there is such a document', async () => {
    site({ 'frappe.client.validate_link': { message: { name: 'A', city: 'Nantes' } } });
    assert.deepEqual(await ask(value), { value: { name: 'A', city: 'Nantes' }, metas: [META] });
    assert.deepEqual(calls, [{ method: 'frappe.client.validate_link', verb: 'GET', query: { doctype: 'Customer', docname: 'A', fields: '["city"]' } }]);
  });
  for (const [what, reply, expected] of [
    ['none such', { message: { name: null } }, { value: null, metas: [META] }],
    ['no right to its fields', { message: { name: 'A' } }, 'permission'],
    ['no right to the doctype', 403, 'permission'],
    ['an error of the site', 500, 'unclear'],
    ['a site that is down', 502, 'unreachable'],
    ['no line', undefined, 'unreachable'],
  ]) {
    test(what, async () => {
      site({ 'frappe.client.validate_link': reply });
      const told = await ask(value);
      if (typeof expected === 'string') assert.equal(told.refused, expected);
      else assert.deepEqual(told, expected);
    });
  }
  test('is not asked for when the doctype has no such column, or is a single one', async () => {
    site({});
    assert.equal((await ask({ ...value, fields: ['nope'] })).refused, 'unclear');
    assert.equal((await ask({ ...value, doctype: 'Settings', fields: ['hours'] })).refused, 'unclear');
    assert.deepEqual(calls, []);
  });
});

describe('filters', () => {
  const question = { kind: 'exists', doctype: 'Customer', filters: { city: 'Nantes' } };
  for (const [what, message, expected] of [
    ['one fits', [{ name: 'A' }], { name: 'A' }],
    ['two fit', [{ name: 'A' }, { name: 'B' }], 'ambiguous'],
    ['none is seen', [], 'unclear'],
  ]) {
    test(what, async () => {
      site({ 'frappe.client.get_list': { message } });
      const told = await ask(question);
      if (typeof expected === 'string') assert.equal(told.refused, expected);
      else assert.deepEqual(told.value, expected);
      assert.deepEqual(calls[0].query, { doctype: 'Customer', filters: '{"city":"Nantes"}', fields: '["name"]', limit_page_length: '2' });
    });
  }
});

test('a whole document, and one that is not there', async () => {
  site({ 'frappe.client.get': { message: { name: 'A', city: 'Nantes' } } });
  const question = { kind: 'document', doctype: 'Customer', name: 'A' };
  assert.deepEqual((await ask(question)).value, { name: 'A', city: 'Nantes' });
  site({ 'frappe.client.get': 404 });
  assert.deepEqual(await ask(question), { value: null, metas: [META] });
  site({ 'frappe.client.get': 403 });
  assert.equal((await ask(question)).refused, 'permission');
});

test('a setting', async () => {
  site({ 'frappe.client.get_single_value': { message: 8 } });
  assert.deepEqual(await ask({ kind: 'single', doctype: 'Settings', fields: ['hours'] }), { value: { hours: 8 }, metas: [SETTINGS] });
});

test('a doctype that the desk has not loaded is read once, without a dialog', async () => {
  const meta = { ...META, name: 'Far' };
  site({ 'frappe.desk.form.load.getdoctype': { docs: [meta] }, 'frappe.client.validate_link': { message: { name: 'A', city: 'x' } } });
  await ask({ ...value, doctype: 'Far' });
  await ask({ ...value, doctype: 'Far', name: 'B' });
  assert.equal(calls.filter(({ method }) => method.endsWith('getdoctype')).length, 1);
  site({ 'frappe.desk.form.load.getdoctype': 404 });
  assert.equal((await ask({ ...value, doctype: 'Nowhere' })).refused, 'unclear');
});
