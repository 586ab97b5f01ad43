// What a page relies on before it asks anything.
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { difference } from './difference.mjs';
import { plugin } from './plugin.mjs';

const manifest = JSON.parse(readFileSync(new URL('../../pkg/package.json', import.meta.url), 'utf8'));
const contract = readFileSync(new URL('../../pkg/deskbell.d.ts', import.meta.url), 'utf8');

test('the package says its own version', () => {
  assert.equal(plugin.version(), manifest.version);
});

test('every function and class of the contract is exported', () => {
  const declared = [...contract.matchAll(/^export (?:default )?(?:async )?(?:function|class) (\w+)/gm)].map((match) => match[1]);
  assert.ok(declared.includes('Desk') && declared.includes('initSync'), declared.join());
  assert.deepEqual(declared.filter((name) => name !== 'init' && !name.startsWith('__') && typeof plugin[name] !== 'function'), []);
  assert.equal(typeof plugin.default, 'function');
});

test('every method of the contract is there', () => {
  for (const [, name, body] of contract.matchAll(/^export class (\w+) \{([\s\S]*?)^\}/gm)) {
    const methods = [...body.matchAll(/^ {2}(?:async )?(\w+)\(/gm)].map((match) => match[1]).filter((method) => method !== 'constructor');
    assert.deepEqual(methods.filter((method) => typeof plugin[name]?.prototype[method] !== 'function'), [], name);
  }
});

test("a page author's mistake is a TypeError and leaves the instance usable", () => {
  assert.throws(() => new plugin.Desk({}), TypeError);
  assert.throws(() => new plugin.Desk(null), TypeError);
  assert.equal(plugin.version(), manifest.version);
});

test('the comparison of cases can fail', () => {
  assert.notEqual(difference({ a: 1 }, { a: 2, b: 3 }, ''), null);
  assert.equal(difference({ a: 1 }, { a: 1, b: 3 }, ''), null);
  assert.equal(difference({ a: null }, {}, ''), null);
  assert.notEqual(difference([1], [1, 2], ''), null);
  assert.equal(difference({ $contains: { a: 1 } }, [{ a: 2 }, { a: 1 }], ''), null);
  assert.notEqual(difference({ $contains: { a: 1 } }, [{ a: 2 }], ''), null);
});
