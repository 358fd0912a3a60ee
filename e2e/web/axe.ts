import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What passes is only counted: describing it takes longer than finding what does not. */
const asked = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] };

/** Rules of WCAG 2.2 AA that the page breaks, each with the first place. */
export async function violations(page: Page): Promise<readonly string[]> {
  // What fades in is judged when it is there. An animation without an end is not waited for.
  await page.evaluate(`Promise.all(document.getAnimations()
    .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime))
    .map(({ finished }) => finished.catch(() => undefined)))`);
  // The page's policy lets no foreign script in; evaluate goes past it as the browser's owner may.
  if (await page.evaluate('typeof axe === "undefined"')) await page.evaluate(axeSource);
  const found: unknown = await page.evaluate(`axe.run(document, ${JSON.stringify(asked)})
    .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html.slice(0, 160)))`);
  return found as string[];
}
