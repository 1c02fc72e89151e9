// Every component of the gallery, with sample, empty and longest data, at a desk and on a phone, light and dark.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WIDTHS, world } from '../lib.mjs';

const at = await world({ students: 20 });

for (const width of WIDTHS) {
  // Each language in one theme: a sentence a third longer shows in either.
  for (const { theme, lang } of [{ theme: 'light', lang: 'en' }, { theme: 'dark', lang: 'fr' }]) {
    test(`whoever builds a page finds every component whole (${theme}-${lang}-${width})`, async () => {
      const page = await at.page({ width, lang, theme });
      await page.goto(`${at.sis}/ui`);
      await at.fine(page, `ui-index-${theme}-${width}`);
      const links = await page.locator('main a[href^="/ui/"]').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
      assert.ok(links.length > 40, `the index lists ${links.length} pages`);
      for (const link of links) {
        await page.goto(`${at.sis}${link}`);
        await at.fine(page, `ui-${link.split('/').at(-1)}-${theme}-${width}`);
      }
    });
  }
}
