// The record of a student: who may see it, what is read before details, and the verbs of a school's day.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { WIDTHS, world } from '../lib.mjs';

const at = await world({ students: 1200 });
after(() => at.end());

const STUDENT = /\/students\/[0-9a-f-]{36}$/;

/** Opens the student in row `row` of the list that a person sees. */
async function open(page, row = 0) {
  await page.goto(`${at.sis}/students`);
  await page.locator('main table tbody a').nth(row).click();
  await page.waitForURL(STUDENT);
  return page.url();
}

test('another school’s secretary is told that there is no such student', async () => {
  const own = await at.signedIn('secretary');
  const url = await open(own);
  const other = await at.signedIn('secretary-2');
  for (const path of ['', '/family', '/enrolment', '/history']) {
    const answer = await other.goto(url + path);
    assert.equal(answer.status(), 404, `${path || 'summary'} must not be shown`);
  }
  const guessed = await other.goto(`${at.sis}/students/00000000-0000-7000-8000-000000000000`);
  assert.equal(guessed.status(), 404);
  await own.context().close();
  await other.context().close();
});

for (const width of WIDTHS) {
  test(`a restriction is read before any detail (${width} px)`, async () => {
    const page = await at.signedIn('coordinator', { width });
    await page.goto(`${at.sis}/students`);
    for (let pages = 0; pages < 60 && await page.locator('main tbody .p.bad').count() === 0; pages += 1) {
      await page.locator('a[rel=next]').click();
      await page.waitForLoadState();
    }
    await page.locator('main tbody tr', { has: page.locator('.p.bad') }).first().locator('a').first().click();
    await page.waitForURL(STUDENT);
    await at.fine(page, `restricted-${width}`);
    const text = await page.locator('main').innerText();
    const covered = page.getByRole('button', { name: 'I have read this' });
    if (await covered.count()) {
      assert.doesNotMatch(text, /ASN/, 'details stay covered until the caution was read');
      const record = page.url();
      await page.goto(`${record}/family`);
      await covered.waitFor();
      assert.doesNotMatch(await page.locator('main').innerText(), /ASN/, 'no other page opens past the caution');
      await page.goto(record);
      await covered.click();
      await page.locator('h1').waitFor();
    }
    const [gate, name] = await page.evaluate(() => ['.gate', 'h1'].map((found) => document.querySelector(found).getBoundingClientRect().top));
    assert.ok(gate < name, 'the gate stands above the name');
    await page.context().close();
  });
}

test('a new address goes to PASI with the secretary’s name', async () => {
  const page = await at.signedIn('secretary');
  const url = await open(page, 2);
  await page.goto(`${url}/family/address`);
  await page.fill('#f-street', '8 Willow Crescent');
  await page.locator('main form[data-guard] button.btn-p').click();
  await page.waitForURL(/\/family(\?|$)/);
  await page.getByText('8 Willow Crescent').first().waitFor();
  await at.fine(page, 'family');
  await page.goto(url);
  await page.getByText('agree on every field').waitFor();
  await page.context().close();
});

test('a transfer ends here and begins there in one step', async () => {
  const page = await at.signedIn('coordinator');
  const url = await open(page, 5);
  await page.goto(`${url}/enrolment`);
  await at.fine(page, 'enrolment');
  await page.getByRole('link', { name: 'Transfer' }).click();
  await page.locator('#f-to').waitFor();
  await page.selectOption('#f-to', { index: 1 });
  await at.fine(page, 'transfer');
  await page.locator('main form[data-guard] button.btn-p').click();
  await page.waitForURL(/\/enrolment$/);
  const text = await page.locator('main').innerText();
  assert.match(text, /Ended/);
  assert.match(text, /Enrolled/);
  await page.context().close();
});

test('the pages of the division office are fine', async () => {
  const coordinator = await at.signedIn('coordinator');
  for (const path of ['/pasi', '/pasi?tab=warnings', '/pasi/connection', '/pasi/policy', '/division', '/division/schools', '/account']) {
    await coordinator.goto(at.sis + path);
    await at.fine(coordinator, `office${path.replaceAll(/[^a-z]/g, '-')}`);
  }
  const director = await at.signedIn('director');
  for (const path of ['/division/accounts', '/division/audit']) {
    await director.goto(at.sis + path);
    await at.fine(director, `office${path.replaceAll(/[^a-z]/g, '-')}`);
  }
  await coordinator.context().close();
  await director.context().close();
});

for (const width of WIDTHS) {
  test(`the counter and the record are fine in French (${width} px)`, async () => {
    const page = await at.signedIn('secretary', { width, lang: 'fr' });
    await page.evaluate(async () => {
      const token = document.querySelector('meta[name=csrf-token]').content;
      await fetch('/settings/language', { method: 'POST', body: new URLSearchParams({ lang: 'fr-CA', csrf: token, back: '/' }) });
    });
    const url = await open(page);
    assert.equal(await page.getAttribute('html', 'lang'), 'fr-CA');
    for (const path of [url, `${url}/family`, `${url}/enrolment`, `${url}/history`, `${at.sis}/students/new`, `${at.sis}/pasi`]) {
      await page.goto(path);
      await at.fine(page, `fr-${path.split('/').pop().slice(0, 9)}-${width}`);
      assert.doesNotMatch(await page.locator('body').innerText(), /⟦/, `${path} lacks a word`);
    }
    await page.context().close();
  });
}
