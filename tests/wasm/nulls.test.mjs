// A page writes null where it has nothing: that is no mistake of its author's.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { plugin } from './plugin.mjs';

const read = (name) => JSON.parse(readFileSync(new URL(`../cases/desk/${name}.json`, import.meta.url), 'utf8'));
const { doc, metas } = read('ticket');
const desk = new plugin.Desk({ ...read('context'), sysdefaults: null, messages: null, bootDocs: null, userInfo: null });

test('doctypes, documents and options that are null', () => {
  for (const nothing of [null, undefined]) {
    assert.equal(desk.open(doc, metas, 'stored').renderMessage('{{ doc.subject }}', nothing).status, 'exact');
    assert.equal(desk.open(doc, nothing, 'stored').checkCondition('1 + 1', nothing).value, '2');
    assert.equal(desk.openAll(nothing, nothing, 'stored').length, 0);
    assert.equal(desk.validateCondition('1 + 1', nothing, nothing).status, 'exact');
    assert.deepEqual(desk.replay('1', nothing, nothing, 'stored', nothing).fired, []);
  }
  assert.equal(desk.open(doc, [{ ...metas[0], fields: [null, ...metas[0].fields] }], 'stored').checkCondition('doc.status').status, 'exact');
});
