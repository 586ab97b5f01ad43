// What axe-core finds in a page: each violation as a line that says the rule, how bad it is, and where.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * The standards up to WCAG 2.2 AA and axe's own best practices, in every shadow root.
 * @param {import('playwright-core').Page} page @param {string} [within] A selector: the rest of the page is somebody else's.
 * @returns {Promise<string[]>}
 */
export async function violations(page, within) {
  // As a value and not as a script element, which a strict policy would refuse.
  await page.evaluate(`${AXE}\n;undefined`);
  return page.evaluate(async (selector) => {
    const found = await globalThis.axe.run(selector ? { include: [[selector]] } : document, { resultTypes: ['violations'] });
    return found.violations.flatMap(({ id, impact, nodes }) => nodes.map(({ target, failureSummary }) => `${id} (${impact}) at ${target.flat().join(' >>> ')}: ${failureSummary?.replace(/\s+/g, ' ')}`));
  }, within ?? null);
}
