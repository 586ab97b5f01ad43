// The titles of currencies come from the site once, by name, and a site that does not tell them is asked again later. No browser is needed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withTitles } from '../../www/plugin/hosts/frappe-currencies.js';

const BOOT = [{ doctype: ':Currency', name: 'EUR', symbol: '€' }, { doctype: ':Currency', name: 'XYZ' }, { doctype: 'Country', name: 'EUR' }];

test('titles are laid over the currencies of the boot, asked once, and asked again after a refusal', async () => {
  const calls = [];
  let reply = { ok: false, status: 403 };
  globalThis.fetch = async (address) => (calls.push(address), reply);
  assert.equal(await withTitles(BOOT), null);
  reply = { ok: true, status: 200, json: async () => ({ message: [{ name: 'EUR', title: 'Euro' }, { name: 'CHF', title: 'Swiss Franc' }] }) };
  assert.deepEqual(await withTitles(BOOT), [{ ...BOOT[0], title: 'Euro' }, BOOT[1], BOOT[2]]);
  await withTitles(BOOT);
  assert.deepEqual(calls.length, 2);
  assert.match(calls[0], /^\/api\/method\/frappe\.client\.get_list\?doctype=Currency&/);
});
