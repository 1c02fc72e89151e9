// A family: a sibling is registered with the guardians on file, the calling order, a shared
// person, two people who save at once, and one step back.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LANGUAGES, WIDTHS, sent, world } from '../lib.mjs';

const at = await world({ students: 400 });

const STUDENT = /\/students\/[0-9a-f-]{36}$/;

/** The child's own fields; guardian and home are the family's. */
async function child(page, { first, last, born, grade }) {
  await page.goto(`${at.sis}/students/new`);
  await page.fill('#f-first', first);
  await page.fill('#f-last', last);
  await page.fill('#f-born', born);
  await page.locator('#f-born').dispatchEvent('input');
  await page.selectOption('#f-gender', 'F');
  await page.selectOption('#f-document', { index: 1 });
  await page.selectOption('#f-grade', grade);
}

const save = async (page) => {
  await page.locator('form[data-guard] button.btn-p').last().click();
  await sent(page, STUDENT);
  return page.url();
};

for (const lang of LANGUAGES) {
  for (const width of WIDTHS) {
    test(`a sibling shares the guardians on file (${width} px, ${lang})`, async () => {
      const page = await at.signedIn('secretary', { width, lang });
      const last = { en1440: 'Amberwell', en390: 'Birchmoor', fr1440: 'Carrington', fr390: 'Duskrunner' }[lang + width];
      const phone = { en1440: '7805550161', en390: '7805550162', fr1440: '7805550163', fr390: '7805550164' }[lang + width];
      await child(page, { first: 'Nora', last, born: '2013-05-06', grade: '07' });
      await page.fill('#f-guardian_first', 'Dawn');
      await page.fill('#f-guardian_last', last);
      await page.selectOption('#f-relationship', { index: 1 });
      await page.fill('#f-guardian_phone', phone);
      await page.fill('#f-street', `${width} Spruce Avenue`);
      await page.fill('#f-city', 'Fort McMurray');
      await page.fill('#f-postal', 'T9H 1A1');
      const nora = await save(page);

      await child(page, { first: 'Max', last, born: '2015-08-09', grade: '05' });
      const offer = page.locator('#families .opt-x', { hasText: `Dawn ${last}` });
      await offer.waitFor();
      await page.locator('#f-born').focus();
      await page.keyboard.press('F2');
      assert.ok(await offer.locator('input[name=family]').isChecked(), 'one key chooses the family');
      assert.ok(await page.locator('#f-guardian_first').isHidden(), 'the guardian is not asked again');
      await at.fine(page, `sibling-${lang}-${width}`);
      const max = await save(page);

      for (const url of [nora, max]) {
        await page.goto(`${url}/family`);
        const text = await page.locator('main').innerText();
        assert.match(text, new RegExp(`Dawn ${last}`));
        assert.match(text, new RegExp(`${width} Spruce Avenue`));
      }
      await page.getByRole('link', { name: `Dawn ${last}`, exact: true }).click();
      await page.locator('#f-mobile_phone').waitFor();
      assert.match(await page.locator('main .ban.info').innerText(), /Nora/, 'says whose record changes too');
      await at.fine(page, `person-${lang}-${width}`);
      await page.fill('#f-mobile_phone', '587 555 0199');
      await page.locator('main form[data-guard] button.btn-p').click();
      await page.waitForURL(/\/family\?/);
      await page.locator('.toast-x').waitFor();
      for (const url of [nora, max]) {
        await page.goto(`${url}/family`);
        assert.match(await page.locator('main').innerText(), /587-555-0199/, 'both children show the new phone');
        await at.fine(page, `family-${lang}-${width}`);
      }
      await page.context().close();
    });
  }
}

test('the guardian on file is not typed again', async () => {
  const page = await at.signedIn('secretary');
  await child(page, { first: 'Una', last: 'Evermoor', born: '2012-02-03', grade: '08' });
  const guardian = async () => {
    await page.fill('#f-guardian_first', 'Ida');
    await page.fill('#f-guardian_last', 'Evermoor');
    await page.selectOption('#f-relationship', { index: 1 });
    await page.fill('#f-guardian_phone', '7805550171');
  };
  await guardian();
  await save(page);
  await child(page, { first: 'Uri', last: 'Evermoor', born: '2014-02-03', grade: '06' });
  await guardian();
  await page.locator('form[data-guard] button.btn-p').last().click();
  await page.locator('.find.e', { hasText: 'Ida Evermoor' }).first().waitFor();
  await page.locator('#families .opt-x input[name=family]').first().check();
  await save(page);
  await page.context().close();
});

/** The first student of the list with two contacts to call. */
async function withTwo(page) {
  await page.goto(`${at.sis}/students`);
  const links = await page.locator('main tbody a[href^="/students/"]').evaluateAll((all) => all.map((a) => a.href));
  for (const url of links) {
    await page.goto(`${url}/family`);
    if (await page.locator('button[name=move]').count() >= 4) return url;
  }
  throw new Error('nobody has two contacts');
}

test('the calling order changes by keyboard, and the step is taken back', async () => {
  const page = await at.signedIn('secretary');
  const url = await withTwo(page);
  const names = () => page.locator('form.ticks tbody tr td:nth-child(2)').allInnerTexts();
  const before = await names();
  await page.locator('button[name=move][value^=down]').first().focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/moved=/);
  const now = await names();
  assert.deepEqual(now.slice(0, 2), [before[1], before[0]]);
  assert.ok(await page.evaluate(() => document.activeElement?.getAttribute('name') === 'move' || document.activeElement?.tagName === 'BODY'));

  await page.getByRole('link', { name: /^Change / }).first().click();
  await page.locator('#f-custody').waitFor();
  await at.fine(page, 'contact-change');
  await page.selectOption('#f-custody', 'sole');
  await page.locator('main form[data-guard] button.btn-p').click();
  await page.locator('.toast-x button', { hasText: 'Undo' }).click();
  await page.waitForURL(/\/family$/);
  await page.goto(`${url}/history`);
  await page.locator('main').getByText('Undo').first().waitFor();
  await page.context().close();
});

test('two who save at once both see both versions and nothing is lost', async () => {
  const one = await at.signedIn('secretary');
  const url = await withTwo(one);
  await one.goto(`${url}/family`);
  await one.getByRole('link', { name: /^Change / }).first().click();
  await one.locator('#f-custody').waitFor();
  const two = await one.context().newPage();
  await two.goto(one.url());
  await two.selectOption('#f-custody', 'sole');
  await two.locator('main form[data-guard] button.btn-p').click();
  await two.waitForURL(/\/family\?/);

  await one.locator('#f-is_emergency').setChecked(!(await one.locator('#f-is_emergency').isChecked()));
  await one.locator('main form[data-guard] button.btn-p').click();
  await one.getByText('Somebody saved this first.').waitFor();
  one.problems.splice(0); // the answer says 409, which the console notes
  await at.fine(one, 'stale');
  const custody = one.locator('[role=group][aria-label=Custody]');
  assert.ok(await custody.locator('input[value=ours]').isChecked(), 'what only the other changed is taken over');
  await one.getByRole('button', { name: 'Save the choices' }).click();
  await one.waitForURL(/\/family\?/);
  await one.getByRole('link', { name: /^Change / }).first().click();
  await one.locator('#f-custody').waitFor();
  assert.equal(await one.inputValue('#f-custody'), 'sole');
  await one.context().close();
});

test('every form of the family page is fine', async () => {
  for (const width of WIDTHS) {
    const page = await at.signedIn('secretary', { width });
    const url = await withTwo(page);
    for (const path of ['contact', 'address', 'phone', 'email']) {
      await page.goto(`${url}/family/${path}`);
      await at.fine(page, `family-${path}-${width}`);
    }
    await page.goto(`${url}/family`);
    for (const href of await page.locator('main a[href*="/family/address/"], main a[href*="/family/phone/"]').evaluateAll((all) => all.slice(0, 2).map((a) => a.href))) {
      await page.goto(href);
      await at.fine(page, `family-change-${width}`);
    }
    await page.context().close();
  }
});
