// A principal hands in a year: its hours of instruction with the arithmetic, the attendance of every student, who misses
// a tenth of it, and what a mark said before it was corrected.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WAYS, words, world } from '../lib.mjs';

const at = await world({ students: 400 });
const on = (path) => `${at.sis}${path}`;

for (const { lang, width, way } of WAYS) {
  test(`a principal reads the hours and the attendance summary (${way})`, async () => {
    const page = await at.signedIn('principal', { width, lang });
    const say = words(lang);
    await page.goto(on('/division/schools'));
    await page.locator('main tbody a[href^="/division/schools/"]').first().click();
    await page.locator('a[href$="/calendar"], a[href*="/calendar"]').first().click();
    await page.locator('nav.tabs a[href$="/hours"]').click();
    const hours = await page.locator('main').innerText();
    assert.match(hours, /950|1[\s,]?000|475/, 'the legal minimum stands beside');
    assert.match(hours, /×/, 'the arithmetic is shown');
    await at.fine(page, `principal-hours-${way}`);

    await page.goto(on('/attendance/summary?who=all'));
    const rows = page.locator('main table tbody tr');
    assert.ok(await rows.count() > 20, 'every student of the school');
    await at.fine(page, `principal-summary-${way}`);
    await page.locator('nav.tabs a', { hasText: say['attendance-tab-chronic'] }).click();
    await page.locator('figure[data-chart] .chart-box svg').first().waitFor();
    await at.fine(page, `principal-chronic-${way}`);

    // A mark is corrected; the student's page keeps what it said before, with who and when.
    await page.goto(on('/attendance/summary?who=all'));
    await page.locator('main tbody a').first().click();
    await page.waitForURL(/\/students\/[0-9a-f-]{36}\/attendance$/);
    await page.locator('main table tbody tr').first().waitFor();
    await at.fine(page, `principal-student-${way}`);
    await page.context().close();
  });
}

test('a corrected mark shows every value it had, to staff', async () => {
  const page = await at.signedIn('principal', {});
  const say = words('en');
  await page.goto(on('/attendance/unexplained'));
  const card = page.locator('main section.card', { has: page.locator('form[action="/attendance/explain"]') }).first();
  if (await card.count() === 0) return; // nobody is absent without a word on this day
  const family = await card.locator('a[href$="/family"]').getAttribute('href');
  await card.locator('select[name=letter]').selectOption('I');
  await Promise.all([page.waitForEvent('load'), card.getByRole('button', { name: say['unexplained-explain'] }).click()]);
  await page.goto(on(family.replace('/family', '/attendance')));
  await page.locator('main table a[href^="?day="]').first().click();
  await page.waitForURL(/day=/);
  assert.ok(await page.locator('ul.tl li').count() >= 2, 'both values stand in the timeline');
  await at.fine(page, 'mark-history');
});
