import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const SCHEMES = ['light', 'dark'] as const;

/** @returns what a page has that WCAG 2.2 AA forbids, in both themes. */
export async function findFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // In the page itself: only what frames of other origins show, which no page has, needs a second page for each look.
    const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).withTags(TAGS);
    const { violations } = await axe.setLegacyMode().analyze();
    for (const { id, nodes } of violations)
      for (const { html, failureSummary } of nodes)
        faults.push(`${new URL(page.url()).pathname} ${colorScheme} ${id}: ${html} ${failureSummary}`);
  }
  return faults;
}
