// A child is registered at the counter: searched here and at the province while the name is
// typed, saved in one step, and known to PASI before the page has settled.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { WIDTHS, world } from '../lib.mjs';

const at = await world({ students: 400 });
after(() => at.end());

/** Fills the counter's form by keyboard alone, from the first field on. */
async function register(page, child) {
  await page.goto(`${at.sis}/students/new`);
  await page.locator('#f-first').waitFor();
  await page.keyboard.type(child.first);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type(child.last);
  await page.fill('#f-born', child.born);
  await page.locator('#f-born').dispatchEvent('input');
  await page.selectOption('#f-gender', 'F');
  await page.selectOption('#f-document', { index: 1 });
  await page.selectOption('#f-grade', child.grade);
  await page.fill('#f-guardian_first', child.guardian ?? 'Dawn');
  await page.fill('#f-guardian_last', child.last);
  await page.selectOption('#f-relationship', { index: 1 });
  await page.fill('#f-guardian_phone', '7805550147');
  await page.fill('#f-street', '214 Spruce Avenue');
  await page.fill('#f-city', 'Fort McMurray');
  await page.fill('#f-postal', 'T9H 1A1');
}

for (const width of WIDTHS) {
  test(`a secretary registers a child, and the child has an ASN (${width} px)`, async () => {
    const page = await at.signedIn('secretary', { width });
    const child = width === 390
      ? { first: 'Sahalie', last: 'Oxenfree', born: '2012-10-03', grade: '08' }
      : { first: 'Aiyana', last: 'Whitebear-Quill', born: '2013-04-17', grade: '08' };
    const began = Date.now();
    await register(page, child);
    await page.locator('#matches').getByText(/PASI knows nobody/).waitFor();
    await at.fine(page, `counter-${width}`);
    await page.locator('form[data-guard] button.btn-p').last().click();
    await page.waitForURL(/\/students\/[0-9a-f-]{36}$/);
    await page.locator('h1', { hasText: child.last }).waitFor();
    assert.match(await page.locator('.sh-f').innerText(), /ASN \d{4}-\d{4}-\d/, 'the page shows the ASN at once');
    assert.match(await page.locator('main').innerText(), /In sync/, 'PASI has everything');
    await at.fine(page, `counter-saved-${width}`);
    const seconds = (Date.now() - began) / 1000;
    console.log(`# registered in ${seconds.toFixed(1)} s, of 120 allowed`);
    const known = await at.province('GET', '/state');
    assert.ok(known.students > 400, 'the province holds one more student');
    await page.context().close();
  });
}

test('every wrong field has its finding beside it, and nothing typed is lost', async () => {
  const page = await at.signedIn('secretary');
  await page.goto(`${at.sis}/students/new`);
  await page.fill('#f-first', 'An1a');
  await page.fill('#f-born', '2090-01-01');
  await page.fill('#f-postal', 'nonsense');
  await page.fill('#f-street', '1 Road');
  await page.locator('form[data-guard] button.btn-p').last().click();
  await page.locator('.find.e').first().waitFor();
  assert.equal(await page.inputValue('#f-first'), 'An1a');
  const found = await page.locator('.find.e').count();
  assert.ok(found >= 3, `only ${found} findings`);
  await page.context().close();
});

test('the same form sent twice is one student', async () => {
  const page = await at.signedIn('secretary');
  await register(page, { first: 'Twice', last: 'Sent', born: '2014-02-03', grade: '07' });
  const fields = await page.evaluate(() => new URLSearchParams(new FormData(document.querySelector('main form[data-guard]'))).toString());
  const send = () => page.evaluate(async (body) => {
    const answer = await fetch('/students/new', { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    return answer.url;
  }, fields);
  const [first, second] = await Promise.all([send(), send()]);
  assert.match(first, /\/students\/[0-9a-f-]{36}$/);
  assert.equal(first, second);
  await page.context().close();
});

test('PASI is away: the child is registered, and PASI is told by itself when it is back', async () => {
  const page = await at.signedIn('secretary');
  await at.province('PUT', '/trouble', { outage: 'fault' });
  await register(page, { first: 'Outage', last: 'Morning', born: '2015-05-05', grade: '05' });
  await page.locator('#matches').getByText(/PASI is away/).waitFor();
  await page.locator('form[data-guard] button.btn-p').last().click();
  await page.waitForURL(/\/students\/[0-9a-f-]{36}$/);
  assert.match(await page.locator('.sh-f').innerText(), /no ASN/i);
  await page.locator('main').getByText(/on (its|their) way to PASI/).waitFor();
  await at.fine(page, 'counter-outage');
  await at.province('PUT', '/trouble', {});
  await page.waitForFunction(async () => {
    const answer = await fetch(location.href);
    return /ASN <b>\d{4}-\d{4}-\d/.test(await answer.text());
  }, null, { timeout: 90_000, polling: 500 });
  await page.context().close();
});

test('an address changed at the province stands beside ours, and the secretary takes it', async () => {
  const page = await at.signedIn('secretary');
  await page.goto(`${at.sis}/students`);
  await page.locator('main table tbody a').nth(3).click();
  await page.waitForURL(/\/students\/[0-9a-f-]{36}$/);
  const asn = (await page.locator('.sh-f').innerText()).match(/\d{4}-\d{4}-\d/)[0].replaceAll('-', '');
  await at.province('POST', '/student', { asn, birth_date: '2012-01-02' });
  await page.getByText('PASI differences').waitFor({ timeout: 30_000 });
  await page.getByText('2012-01-02').first().waitFor();
  await at.fine(page, 'difference');
  await page.getByRole('button', { name: /^Apply/ }).click();
  await page.getByText('agree on every field').waitFor();
  assert.match(await page.locator('.sh-f').innerText(), /2012-01-02/);
  await page.context().close();
});
