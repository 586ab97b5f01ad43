// How an answer is compared with what a case expects: named keys of objects, whole arrays, everything else equal.

/**
 * Where the answer differs from what is expected; null when it agrees.
 * @param {any} expected @param {any} answer @param {string} place
 * @returns {string | null}
 */
export function difference(expected, answer, place) {
  const differs = () => `${place}: expected ${JSON.stringify(expected)}, but found ${JSON.stringify(answer)}`;
  const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isObject(expected) && '$contains' in expected) {
    const found = Array.isArray(answer) && answer.some((item) => difference(expected.$contains, item, place) === null);
    return found ? null : differs();
  }
  if (isObject(expected) && isObject(answer)) {
    for (const [key, value] of Object.entries(expected)) {
      const inside = difference(value, answer[key] ?? null, `${place}.${key}`);
      if (inside) return inside;
    }
    return null;
  }
  if (Array.isArray(expected) && Array.isArray(answer)) {
    if (expected.length !== answer.length) return differs();
    for (const [index, value] of expected.entries()) {
      const inside = difference(value, answer[index], `${place}[${index}]`);
      if (inside) return inside;
    }
    return null;
  }
  return expected === (answer ?? null) ? null : differs();
}
