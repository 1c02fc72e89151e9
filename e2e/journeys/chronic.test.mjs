// Chronic absence: the share of students who missed a tenth, as a chart and as a table; the students behind a number;
// their list as a workbook. A secretary sees the own school, the coordinator every one.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { WAYS, refused, words, world } from '../lib.mjs';

const at = await world({ students: 400 });
const on = (path) => `${at.sis}${path}`;

for (const { lang, width, way } of WAYS) {
  test(`the office sees how many miss a tenth, and who (${way})`, async () => {
    const page = await at.signedIn('secretary', { width, lang });
    const say = words(lang);
    await page.goto(on('/attendance'));
    await page.locator('nav.tabs a', { hasText: say['attendance-tab-chronic'] }).click();
    await page.waitForURL(/\/attendance\/chronic/);
    await page.locator('figure[data-chart] .chart-box svg').first().waitFor();
    await at.fine(page, `chronic-chart-${way}`);
    await page.locator('[data-view-of][value=table]').click();
    await page.locator('figure[data-chart] table').waitFor();
    await at.fine(page, `chronic-table-${way}`);
    const numbers = page.locator('figure[data-chart] tbody td a');
    const many = Number((await numbers.last().innerText()).replaceAll(/\D/g, ''));
    await numbers.last().click();
    await page.waitForURL(/\/attendance\/chronic\/students\?.*month=/);
    assert.equal(await page.locator('main table tbody tr').count(), many, 'as many students as the number says');
    await at.fine(page, `chronic-students-${way}`);
    await page.goto(on('/attendance/chronic?by=grade'));
    await at.fine(page, `chronic-grades-${way}`);
  });
}

test('the list goes out as a workbook, and no other school’s is shown', async () => {
  const page = await at.signedIn('secretary', {});
  await page.goto(on('/attendance/chronic/students?month=2026-11'));
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('form[action*="chronic/students"] button.btn').last().click(),
  ]);
  assert.match(file.suggestedFilename(), /^chronic-absence-\d{4}-\d\d-\d\d\.xlsx$/);
  assert.equal(readFileSync(await file.path()).subarray(0, 2).toString(), 'PK', 'a workbook is a zip');

  const wide = await at.signedIn('coordinator', {});
  await wide.goto(on('/attendance/chronic?by=school'));
  await at.fine(wide, 'chronic-schools');
  const rows = await wide.locator('main table tbody tr').count();
  assert.ok(rows > 1, 'the coordinator sees every school');
  const schools = await wide.locator('select[name=school] option').evaluateAll((all) => all.map((one) => one.value).filter(Boolean));
  const answers = [];
  for (const school of schools) answers.push((await page.goto(on(`/attendance/chronic?school=${school}`))).status());
  refused(page);
  assert.equal(answers.filter((status) => status === 200).length, 1, 'the own school alone');
});
