// Values that hold each other are dropped without the instance's stack, which is small and cannot be caught when it ends.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { plugin } from './plugin.mjs';

const read = (name) => JSON.parse(readFileSync(new URL(`../cases/desk/${name}.json`, import.meta.url), 'utf8'));
const { doc, metas } = read('ticket');
const open = new plugin.Desk(read('context')).open(doc, metas, 'stored');

for (const part of ['[ns.x]', "{'a': ns.x}", 'namespace(a=ns.x)', 'cycler(ns.x)', 'joiner(ns.x)', '_dict(a=ns.x)', 'enumerate([ns.x])']) {
  test(`a message that chains ${part}`, () => {
    const template = `{% set ns = namespace(x=1) %}{% for i in range(25000) %}{% set ns.x = ${part} %}{% endfor %}.`;
    assert.equal(open.renderMessage(template).status, 'exact');
  });
}
for (const part of ['(y for y in x)', 'lambda z=x: z', '{1: lambda x=x: x}', 'ValueError(x)', '[x]']) {
  test(`a condition that chains ${part}`, () => {
    const block = `x = [1]\nfor i in range(25000):\n    x = ${part}\nreturn 1`;
    assert.match(open.checkCondition(block, { serverScripts: true }).status, /^(exact|unsupported)$/);
  });
}
