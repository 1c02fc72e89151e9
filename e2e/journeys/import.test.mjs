// A coordinator brings a file with ten bad rows: each is named, corrected where it stands, and the file is run again.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { LANGUAGES, WAYS, WIDTHS, words, world } from '../lib.mjs';

const at = await world({ students: 400 });

const HEAD = 'local_number,asn,first_name,last_name,birth_date,gender,street,city,postal_code,phone,school,grade,start';

/** Twelve rows, ten of them bad; `n` keeps the students of each journey apart. */
function file(n, family) {
  const asn = (last) => `88${n}00${String(last).padStart(4, '0')}`;
  const end = ',1559,10,2026-09-01';
  return [
    HEAD,
    `88${n}001,${asn(1)},Ada,${family},2011-04-17,F,1 Elm Street,Fort McMurray,T9H 1A1,780-555-0101${end}`,
    `88${n}002,${asn(2)},,${family},2011-04-17,F,,,,${end}`,
    `88${n}003,${asn(3)},Bo,${family},2031-04-17,F,,,,${end}`,
    `88${n}004,${asn(4)},Cy,${family},04/05/11,F,,,,${end}`,
    `88${n}005,${asn(5).slice(1)},Di,${family},2011-04-17,F,,,,${end}`,
    `88${n}006,8.82222E+08,Ed,${family},2011-04-17,M,,,,${end}`,
    `88${n}007,${asn(7)},Flo,${family},2011-04-17,Q,,,,${end}`,
    `88${n}008,${asn(8)},Gus,${family},2011-04-17,M,1 Elm Street,Anzac,T9O 1A1,${end}`,
    `88${n}009,${asn(9)},Hal,${family},2011-04-17,M,,,,555-0101${end}`,
    `88${n}010,${asn(10)},Ida,${family},2011-04-17,F,,,,,0046,10,2026-09-01`,
    `88${n}011,${asn(11)},Jo,${family},2011-04-17,F,,,,,1559,14,2026-09-01`,
    `88${n}012,${asn(12)},Lou,${family},2011-04-17,F,,,,${end}`,
  ].join('\n') + '\n';
}

/** Row, column and what it should have been. */
const right = (n) => [
  [3, 2, 'Ned'], [4, 4, '2010-04-17'], [5, 4, '2011-05-04'], [6, 1, `88${n}000005`], [7, 1, `88${n}000006`],
  [8, 5, 'F'], [9, 8, 'T9H 1A1'], [10, 9, '780-555-0109'], [11, 10, '1559'], [12, 11, '10'],
];

/** Sends the form of a button and waits for the next page. */
async function press(page, button) {
  await Promise.all([page.waitForEvent('load'), button.click()]);
}

let n = 0;
for (const lang of LANGUAGES) {
  for (const width of WIDTHS) {
    n += 1;
    const number = n;
    // Names so far from each other that the search takes none for another.
    const family = ['Quillon', 'Bertrand', 'Zambrano', 'Osterwyk'][number - 1];
    test(`ten bad rows are corrected and the file is run again (${lang}, ${width} px)`, async () => {
      const page = await at.signedIn('coordinator', { width, lang });
      const name = (step) => `import-${step}-${lang}-${width}`;
      await page.goto(`${at.sis}/division`);
      await page.locator('a[href="/division/import"]').click();
      await page.waitForURL(/\/division\/import$/);
      await at.fine(page, name('list'));
      await page.locator('a.btn-p[href="/division/import/new"]').click();
      await page.waitForURL(/\/import\/new$/);
      await at.fine(page, name('file'));
      await page.setInputFiles('input[name=file]', { name: 'students.csv', mimeType: 'text/csv', buffer: Buffer.from(file(number, family)) });
      await press(page, page.locator('main form button.btn-p'));
      await page.waitForURL(/\/mapping$/);
      assert.equal(await page.locator('select[name=f2]').inputValue(), 'first_name', 'the headings suggest their fields');
      await at.fine(page, name('columns'));
      await press(page, page.locator('main form button.btn-p'));
      const run = /\/division\/import\/[0-9a-f-]{36}/;
      await page.waitForURL(run);
      assert.equal(await page.locator('li[id^=row-]').count(), 10, 'every bad row is named');
      await at.fine(page, name('checked'));
      for (const [row, column, text] of right(number)) {
        await page.locator(`#cell-${row}-${column}`).fill(text);
        await press(page, page.locator(`li#row-${row} form button`));
      }
      assert.equal(await page.locator('li[id^=row-] .p.bad').count(), 0, 'nothing is wrong any more');
      await page.evaluate(() => window.scrollTo(0, 0));
      await at.fine(page, name('corrected'));
      await press(page, page.locator('form[action$="/run"] button'));
      await page.locator('button[data-open=undo]').first().waitFor();
      await at.fine(page, name('done'));
      await page.goto(`${at.sis}/students?state=all&q=${family}`);
      assert.equal(await page.locator('main tbody tr').count(), 12);
      await page.context().close();
    });
  }
}

for (const { lang, width, way } of WAYS) {
  test(`a file is read as what its headings tell, and as something else by one press (${way})`, async () => {
    const say = words(lang);
    const page = await at.signedIn('coordinator', { width, lang });
    await page.goto(`${at.sis}/division/import/new`);
    assert.equal(await page.locator('input[name=kind]').first().isVisible(), false, 'nothing is asked that the file tells');
    const text = 'student_number,school,grade,start,exit\n300001,0045,6,2026-09-01,2027-06-25\n';
    await page.setInputFiles('input[name=file]', { name: 'stays.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await press(page, page.locator('main form button.btn-p'));
    await page.waitForURL(/\/mapping$/);
    const kinds = page.locator('form[action$="/as"] button[name=kind]');
    const pressed = async () => kinds.locator('xpath=self::*[@aria-pressed="true"]').innerText();
    assert.equal(await pressed(), say['import-kind-enrolments']);
    assert.equal(await page.locator('select[name=f0]').inputValue(), 'student_number');
    await at.fine(page, `import-kind-${way}`);
    await press(page, kinds.filter({ hasText: say['import-kind-students'] }).first());
    assert.equal(await pressed(), say['import-kind-students']);
    assert.equal(await page.locator('select[name=f0]').inputValue(), 'local_number', 'its columns are those of students');
    await press(page, kinds.filter({ hasText: say['import-kind-enrolments'] }).first());
    assert.equal(await page.locator('select[name=f0]').inputValue(), 'student_number');
    await page.locator('form[action$="/as"] + details summary, details:has(form[action$="/as"]) summary').first().click();
    await page.selectOption('select[name=mapping]', 'lodgepole-contacts');
    await press(page, page.locator('details form[action$="/as"] button'));
    assert.equal(await pressed(), say['import-kind-contacts'], 'a mapping says for what kind it is');
    await page.context().close();
  });
}

test('a list leaves the records through one door, with a reason', async () => {
  const page = await at.signedIn('coordinator');
  await page.goto(`${at.sis}/students`);
  await page.locator('a[href^="/students/export"]').click();
  await page.waitForURL(/\/students\/export/);
  await at.fine(page, 'export');
  const button = page.locator('main form button.btn-p');
  await press(page, button);
  await page.locator('[aria-invalid=true]').waitFor();
  await page.fill('input[name=reason]', 'For the fire drill');
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('main form button.btn-p').click()]);
  const text = readFileSync(await download.path(), 'utf8');
  assert.ok(text.startsWith('\ufeff'), 'Excel reads the accents');
  assert.ok(text.split('\r\n').length > 300);
  await page.context().close();
});
