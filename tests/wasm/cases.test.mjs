// Every case file of tests/cases through the built package: the same files that tests/suite runs natively.
import { readFileSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { difference } from './difference.mjs';
import { plugin } from './plugin.mjs';

const cases = new URL('../cases/', import.meta.url);
const json = (name) => JSON.parse(readFileSync(new URL(name, cases), 'utf8'));
const desk = (name) => json(`desk/${name}.json`);

/** The document, with the case's `set` laid over it (null removes a field). */
function document(doc, set = {}) {
  const entries = Object.entries({ ...doc, ...set });
  return Object.fromEntries(entries.filter(([field]) => set[field] !== null));
}

/** What the package answers to one case. */
function answer({ call, doc = 'ticket', state = 'stored', context = {}, set, before, arguments: given = [] }) {
  if (call in plugin) return plugin[call](...given);
  const host = new plugin.Desk({ ...desk('context'), ...context });
  const file = desk(doc);
  try {
    switch (call) {
      case 'validateCondition': return host.validateCondition(given[0], file.metas, given[1]);
      case 'replay': return host.replay(given[0], given[1], file.metas, state, given[2]);
      case 'validateTemplate': case 'statesFor': return host[call](...given);
    }
    const open = host.open(document(file.doc, set), file.metas, state, before && document(file.doc, before));
    try {
      return open[call](...given);
    } finally {
      open.free();
    }
  } finally {
    host.free();
  }
}

for (const name of readdirSync(cases, { recursive: true }).sort()) {
  if (!name.endsWith('.json') || name.startsWith('desk/')) continue;
  const file = json(name);
  describe(`${name}: ${file.behaviour}`, () => {
    for (const [index, one] of file.cases.entries()) {
      test(`case ${index}: ${one.call} ${JSON.stringify(one.arguments ?? []).slice(0, 100)}`, () => {
        assert.equal(difference(one.expect, answer(one), ''), null);
      });
    }
  });
}
