// What one text has and another has not, line by line.

/** Texts of more lines are shown one after the other. */
const MOST = 300;

/** @typedef {{ sign: ' ' | '-' | '+', line: string }} LineChange */

/**
 * The way from one text to another: lines that stay, that go and that come.
 * @param {string} from @param {string} to
 * @returns {LineChange[]}
 */
export function lineChanges(from, to) {
  const [a, b] = [from.split('\n'), to.split('\n')];
  const gone = (/** @type {string} */ line) => ({ sign: /** @type {const} */ ('-'), line });
  const come = (/** @type {string} */ line) => ({ sign: /** @type {const} */ ('+'), line });
  if (a.length > MOST || b.length > MOST) return [...a.map(gone), ...b.map(come)];
  // How many lines can stay, from each place on.
  const stay = Array.from({ length: a.length + 1 }, () => new Array(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) stay[i][j] = a[i] === b[j] ? stay[i + 1][j + 1] + 1 : Math.max(stay[i + 1][j], stay[i][j + 1]);
  }
  /** @type {LineChange[]} */
  const changes = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) changes.push({ sign: ' ', line: String(a[(j += 1, i++)]) });
    else if (i < a.length && (j >= b.length || stay[i + 1][j] >= stay[i][j + 1])) changes.push(gone(String(a[i++])));
    else changes.push(come(String(b[j++])));
  }
  return changes;
}
