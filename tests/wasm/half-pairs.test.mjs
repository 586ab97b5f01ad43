// JavaScript's texts can be cut inside a character; such a text is data like any other, and what depends on it is not known.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { plugin } from './plugin.mjs';

const read = (name) => JSON.parse(readFileSync(new URL(`../cases/desk/${name}.json`, import.meta.url), 'utf8'));
const { doc, metas } = read('ticket');
const context = read('context');

for (const state of ['stored', 'posted', 'inserted']) {
  test(`a field that was cut, ${state}`, () => {
    const open = new plugin.Desk(context).open({ ...doc, title: 'x\ud83d' }, metas, state);
    assert.equal(open.renderMessage('{{ doc.title }}').status, 'unsupported');
    assert.equal(open.renderMessage('{{ doc.status }}').text, 'Open');
    assert.equal(open.checkCondition('doc.title == "x"').status, 'unsupported');
  });
}
test('a whole character, a backslash and a translation that was cut', () => {
  const desk = new plugin.Desk({ ...context, messages: { ...context.messages, Cut: '\udc00' } });
  const open = desk.open({ ...doc, title: '😀 \\ud83d \\\\' }, metas, 'stored');
  assert.equal(open.renderMessage('{{ doc.title }}').text, '😀 \\ud83d \\\\');
  assert.equal(open.renderMessage('{{ _("Cut") }}').status, 'unsupported');
  assert.equal(open.renderMessage('{{ comments[0].comment }}', { comments: [{ content: '\ud83d', owner: 'a', name: 'b' }] }).status, 'unsupported');
});
