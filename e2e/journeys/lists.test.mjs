// Lists of students: a filter kept under a name, and one change to many with its way back.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WIDTHS, world } from '../lib.mjs';

const at = await world({ students: 600 });

const rows = (page) => page.locator('main tbody tr');

for (const width of WIDTHS) {
  test(`a filter is kept under a name, opens the page, and is deleted with a way back (${width} px)`, async () => {
    const page = await at.signedIn('secretary', { width });
    await page.goto(`${at.sis}/students?missing=guardian-email&sort=-born&col=born&col=grade`);
    await page.locator('main table').waitFor();
    await at.fine(page, `list-${width}`);
    await page.getByRole('link', { name: 'Keep this list' }).click();
    const name = `No e-mail ${width}`;
    await page.fill('#f-label', name);
    await page.check('#f-default');
    await at.fine(page, `list-keep-${width}`);
    await page.locator('main form[data-guard] button.btn-p').click();
    await page.waitForURL(/missing=guardian-email/);
    assert.match(page.url(), /sort=-born/, 'the order is kept');
    assert.match(page.url(), /col=/, 'the columns are kept');
    await page.goto(`${at.sis}/students`);
    await page.waitForURL(/missing=guardian-email/);
    await page.getByRole('link', { name: 'All lists' }).click();
    await at.fine(page, `lists-${width}`);
    await page.getByRole('button', { name: `Delete ${name}` }).click();
    await page.waitForURL(/removed=/);
    assert.equal(await page.getByRole('link', { name, exact: true }).count(), 0);
    await page.locator('.toast-x button', { hasText: 'Undo' }).click();
    await page.getByRole('link', { name, exact: true }).waitFor();
    await page.getByRole('button', { name: `Delete ${name}` }).click();
    await page.waitForURL(/removed=/);
    await page.context().close();
  });
}

test('a list shared by the coordinator is seen at a school', async () => {
  const coordinator = await at.signedIn('coordinator');
  await coordinator.goto(`${at.sis}/students/lists/new?grade=09`);
  await coordinator.fill('#f-label', 'Grade nine');
  await coordinator.locator('input[name=sharing][value=division]').check();
  await coordinator.locator('main form[data-guard] button.btn-p').click();
  await coordinator.waitForURL(/grade=09/);
  const secretary = await at.signedIn('secretary');
  await secretary.goto(`${at.sis}/students`);
  await secretary.getByRole('link', { name: 'Grade nine' }).click();
  await secretary.waitForURL(/grade=09/);
  await secretary.goto(`${at.sis}/students/lists`);
  assert.equal(await secretary.getByRole('button', { name: 'Delete Grade nine' }).count(), 0, 'only its maker deletes it');
  await coordinator.context().close();
  await secretary.context().close();
});

for (const width of WIDTHS) {
  test(`many are changed after a preview and taken back (${width} px)`, async () => {
    const page = await at.signedIn('secretary', { width });
    await page.goto(`${at.sis}/students?list=none`);
    const boxes = page.locator('main tbody input[name=student]');
    await boxes.nth(0).check();
    await boxes.nth(2).check();
    assert.match(await page.locator('[data-ticked]').innerText(), /2/);
    const more = page.locator('a[rel=next]');
    let expected = 2;
    if (await more.count()) {
      await more.click();
      await page.waitForURL(/after=/);
      await page.locator('main tbody input[name=student]').nth(1).check();
      expected = 3;
      assert.match(await page.locator('[data-ticked]').innerText(), /3/, 'ticks last over pages');
    }
    await at.fine(page, `mass-ticked-${width}`);
    await page.getByRole('button', { name: 'Change the ticked' }).click();
    await page.waitForURL(/\/students\/update\//);
    await at.fine(page, `mass-what-${width}`);
    await page.keyboard.press('1');
    await page.locator('#f-to').waitFor();
    await page.fill('#f-to', `Z${width}`);
    await at.fine(page, `mass-value-${width}`);
    await page.locator('main form[data-guard] button.btn-p').click();
    await page.getByText(`${expected} students will change.`).waitFor();
    await at.fine(page, `mass-preview-${width}`);
    const student = await rows(page).first().locator('a').getAttribute('href');
    const old = await rows(page).first().locator('td').nth(2).innerText();
    await page.getByRole('button', { name: `Change ${expected} students` }).click();
    await page.getByText(`${expected} students were changed.`).waitFor();
    await at.fine(page, `mass-done-${width}`);
    const batch = page.url();
    await page.goto(at.sis + student.replace('/enrolment', '/history'));
    assert.match(await page.locator('main').innerText(), new RegExp(`Z${width}|Change several students`));
    await page.goto(batch);
    await page.getByRole('button', { name: `Take ${expected} changes back` }).click();
    await page.getByText(`${expected} changes were taken back.`).waitFor();
    await at.fine(page, `mass-undone-${width}`);
    await page.goto(at.sis + student);
    if (old.trim() !== '–') assert.match(await page.locator('.sh-f').innerText(), new RegExp(old.trim()));
    await page.context().close();
  });
}

test('a student of another school is not changed by a guessed id', async () => {
  const other = await at.signedIn('secretary-2');
  await other.goto(`${at.sis}/students?list=none`);
  const stranger = await other.locator('main tbody input[name=student]').first().getAttribute('value');
  const own = await at.signedIn('secretary');
  await own.goto(`${at.sis}/students?list=none`);
  const answer = await own.evaluate(async (student) => {
    const csrf = document.querySelector('meta[name=csrf-token]').content;
    const sent = await fetch('/students/update', { method: 'POST', body: new URLSearchParams({ csrf, student }) });
    return { status: sent.status, text: await sent.text() };
  }, stranger);
  assert.equal(answer.status, 422);
  assert.match(answer.text, /Tick at least one student you may change/);
  await other.context().close();
  await own.context().close();
});

test('all of a filter are changed at once, and the list is printed whole', async () => {
  const page = await at.signedIn('coordinator');
  await page.goto(`${at.sis}/students?grade=07`);
  await page.getByRole('button', { name: /^Change all/ }).click();
  await page.waitForURL(/\/students\/update\//);
  await page.goto(`${page.url()}?change=resident-board`);
  await page.fill('#f-to', '3260');
  await page.locator('main form[data-guard] button.btn-p').click();
  await page.getByText(/students will change|Nothing would change/).waitFor({ timeout: 60_000 });
  await at.fine(page, 'mass-all-preview');
  await page.goto(`${at.sis}/students/update`);
  await at.fine(page, 'mass-batches');
  await page.goto(`${at.sis}/students/print?grade=07`);
  await at.fine(page, 'list-print');
  assert.equal(await page.locator('main tbody input').count(), 0);
  await page.context().close();
});
