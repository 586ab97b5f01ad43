// Messages beside minijinja-js, in one run: what a keystroke costs. Run with `cargo xtask bench`.
//
// S: the six-line sample. M: 20 child rows and filters. L: 1,000 child rows. Our side parses, renders, lists the fields
// read and gives findings, on a document that is open; minijinja-js parses and renders with the document handed over, as
// its interface asks. The rounds alternate, so that a busy machine slows both; what counts is the ratio.
import { readFileSync } from 'node:fs';
import minijinja from 'minijinja-js/dist/node/minijinja_js.js';
import { Desk, initSync } from '../pkg/deskbell.js';

const ROUNDS = 15;

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
initSync({ module: readFileSync(new URL('../pkg/deskbell_bg.wasm', import.meta.url)) });
const { doc, metas } = read('../tests/cases/desk/invoice.json');
const rows = (count) => Array.from({ length: count }, (_, index) => ({ ...doc.items[index % 3], name: `row${index}`, idx: index + 1 }));
const SAMPLE = '*Nouveau ticket*\n\nNouvelle demande n° {{ doc.name }}.\n\n*Détails*\n\n• Client : {{ doc.customer }}\n• Sujet : {{ doc.title }}\n• Message : {{ doc.status }}\n';
const TABLE = '{{ doc.name }} {{ doc.customer|upper }}\n{% for row in doc["items"] %}{{ loop.index }}. {{ row.item_code|lower }} {{ row.description|replace("M8", "M10") }} {{ row.qty }} × {{ row.rate }} = {{ row.amount }}\n{% endfor %}';
const cases = [
  ['S  six lines', SAMPLE, doc, 400],
  ['M  20 rows', TABLE, { ...doc, items: rows(20) }, 60],
  ['L  1,000 rows', TABLE, { ...doc, items: rows(1000) }, 4],
];

/** Microseconds of one call. */
function time(call, times) {
  const start = performance.now();
  for (let count = 0; count < times; count += 1) call();
  return ((performance.now() - start) * 1000) / times;
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

const peer = new minijinja.Environment();
const desk = new Desk(read('../tests/cases/desk/context.json'));
console.log('microseconds a keystroke   deskbell  minijinja-js   ratio');
for (const [name, template, document, times] of cases) {
  const open = desk.open(document, metas, 'stored');
  const answer = open.renderMessage(template);
  if (answer.status !== 'exact') throw new Error(`${name}: ${answer.status}`);
  const ours = () => open.renderMessage(template);
  const theirs = () => peer.renderStr(template, { doc: document });
  const [our, their] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    our.push(time(ours, times));
    their.push(time(theirs, times));
  }
  const [mine, other] = [median(our), median(their)];
  console.log(`${name.padEnd(24)} ${mine.toFixed(1).padStart(10)} ${other.toFixed(1).padStart(13)} ${(mine / other).toFixed(2).padStart(7)}`);
  open.free();
}
