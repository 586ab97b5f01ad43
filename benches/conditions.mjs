// Conditions: what a keystroke costs, and how fast a condition runs over documents that are in the plugin already. Run with
// `cargo xtask bench`. The bars: a keystroke under 20 microseconds (parsed, evaluated, explained, with its findings), a
// replay of 100,000 documents at 1.5 million evaluations a second or more, and 100 ms for what tries to take more.
import { readFileSync } from 'node:fs';
import { Desk, initSync } from '../pkg/deskbell.js';

const CONDITION = 'doc.status=="Open" and doc.total > 40000';
const FILTERS = '[["Support Ticket","status","=","Open"],["Support Ticket","total",">",40000]]';
const DOCUMENTS = 100000;
/** Documents handed over at once: one JSON text of all of them would be longer than a JavaScript string may be. */
const AT_ONCE = 10000;

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const quantile = (numbers, share) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * share)];

/** Microseconds of one call: the median of the rounds, and the tenth of them that was disturbed least. */
function time(call, times, rounds) {
  const taken = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    for (let count = 0; count < times; count += 1) call();
    taken.push(((performance.now() - start) * 1000) / times);
  }
  return { median: quantile(taken, 0.5), quiet: quantile(taken, 0.1) };
}

initSync({ module: readFileSync(new URL('../pkg/deskbell_bg.wasm', import.meta.url)) });
const { doc, metas } = read('../tests/cases/desk/ticket.json');
const desk = new Desk({ ...read('../tests/cases/desk/context.json'), serverScripts: false });
const open = desk.open(doc, metas, 'stored');
console.log('microseconds a keystroke      median  undisturbed');
for (const [name, source, options] of [['Python', CONDITION, {}], ['Filters', FILTERS, { type: 'Filters' }]]) {
  if (open.checkCondition(source, options).outcome !== true) throw new Error(`${name}: not true`);
  const { median, quiet } = time(() => open.checkCondition(source, options), 100, 200);
  console.log(`${name.padEnd(24)} ${median.toFixed(1).padStart(11)} ${quiet.toFixed(1).padStart(12)}`);
}

const variant = (index) => ({ ...doc, name: `CT-${index}`, status: index % 3 ? 'Open' : 'Closed', total: (index * 7919) % 90000 });
const opening = performance.now();
const batch = desk.openAll([], metas, 'stored');
for (let from = 0; from < DOCUMENTS; from += AT_ONCE) batch.append(Array.from({ length: AT_ONCE }, (_, index) => variant(from + index)));
console.log(`\n${DOCUMENTS} documents handed over and typed in ${Math.round(performance.now() - opening)} ms`);
console.log('million evaluations a second  median  undisturbed');
for (const source of [CONDITION, 'doc.total > 40000', 'doc.status in ("Open", "On Hold") and not doc.closed_on and doc.due_date == nowdate()', 'doc.total * 2 > 80000']) {
  const { median, quiet } = time(() => batch.replay(source), 1, source.includes('*') ? 3 : 15);
  console.log(`${source.slice(0, 44).padEnd(44)} ${(DOCUMENTS / median).toFixed(2).padStart(6)} ${(DOCUMENTS / quiet).toFixed(2).padStart(8)}`);
}

/** Milliseconds of one condition in both of the host's ways, at the least disturbed of three. */
const taken = (source) => Math.min(...[1, 2, 3].map(() => {
  const start = performance.now();
  open.checkCondition(source, { serverScripts: true });
  open.checkCondition(source, { serverScripts: false });
  return performance.now() - start;
}));
const greedy = read('../tests/suite/long-conditions.json').cases.map(({ parts }) => parts.map(([part, times]) => part.repeat(times)).join(''));
for (const file of ['limits', 'limits-lengths']) greedy.push(...read(`../tests/cases/condition/${file}.json`).cases.map(({ arguments: [source] }) => source));
const slowest = greedy.map((source) => [taken(source), source]).toSorted(([a], [b]) => b - a).slice(0, 5);
console.log(`\nmilliseconds of the slowest of ${greedy.length} conditions that try to take too much, without and with server scripts`);
for (const [time, source] of slowest) console.log(`${time.toFixed(0).padStart(6)}  ${JSON.stringify(source.slice(0, 90))}`);
