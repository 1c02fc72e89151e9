// The end of a school year for a whole school: closed, and its students registered for the next; each after a dry run,
// each taken back.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WAYS, words, world } from '../lib.mjs';

const at = await world({ students: 400 });

const apply = (page) => page.locator('main form[action$="/apply"] button');
const undo = (page) => page.locator('main form[action$="/undo"] button');
const send = (page) => page.locator('main form[data-guard] button.btn-p').click();
const count = async (button) => Number((await button.innerText()).match(/\d+/)[0]);

/** Leaves the first student out, applies the rest, looks at one of them, and takes all of it back. */
async function through(page, name, { lang, way }, after) {
  await apply(page).waitFor({ timeout: 60_000 });
  await at.fine(page, `year-${name}-dry-${way}`);
  const all = await count(apply(page));
  await page.locator('main tbody a[href*="row="]').first().click();
  await page.check('input[name=decision][value=leave-out]');
  await at.fine(page, `year-${name}-except-${way}`);
  await send(page);
  await apply(page).waitFor({ timeout: 60_000 });
  assert.equal(await count(apply(page)), all - 1, 'one is left out');
  await apply(page).click();
  await undo(page).waitFor({ timeout: 60_000 });
  assert.equal(await count(undo(page)), all - 1);
  await at.fine(page, `year-${name}-done-${way}`);
  const batch = page.url();
  await page.locator('main tbody a[href$="/enrolment"]').first().click();
  await page.getByText(after).first().waitFor();
  await page.goto(batch);
  await undo(page).click();
  await page.getByText(words(lang)['mass-row-undone']).first().waitFor({ timeout: 60_000 });
}

for (const { lang, width, way } of WAYS) {
  test(`a school year is closed after a dry run, and opened again (${way})`, async () => {
    const page = await at.signedIn('secretary', { lang, width });
    await page.goto(`${at.sis}/students/year`);
    await at.fine(page, `year-${way}`);
    await page.locator('a[href="/students/year/close"]').click();
    await page.fill('#f-on', '2027-06-18');
    await at.fine(page, `year-close-${way}`);
    await send(page);
    await through(page, 'close', { lang, way }, '2027-06-18');
    await page.context().close();
  });

  test(`students are registered for the next school year after a dry run, and taken back (${way})`, async () => {
    const page = await at.signedIn('secretary', { lang, width });
    await page.goto(`${at.sis}/students/year/register`);
    await page.fill('#f-on', '2027-09-01');
    await at.fine(page, `year-register-${way}`);
    await send(page);
    await through(page, 'register', { lang, way }, '2027-09-01');
    await page.context().close();
  });
}

test('the division sees every school in one dry run, and takes it along as a file', async () => {
  const page = await at.signedIn('coordinator');
  await page.goto(`${at.sis}/students/year/register`);
  await page.fill('#f-on', '2027-09-01');
  await at.fine(page, 'year-register-division');
  await send(page);
  await apply(page).waitFor({ timeout: 120_000 });
  await at.fine(page, 'year-register-division-dry');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('main a[href*="/export"]').click(),
  ]);
  assert.match(file.suggestedFilename(), /^changes-.*\.csv$/);
  await page.goto(`${page.url()}?show=refused`);
  await page.getByText('LP-0464').first().waitFor();
  await at.fine(page, 'year-register-division-not');
  await page.context().close();
});
