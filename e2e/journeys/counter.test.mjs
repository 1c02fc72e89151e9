// A child is registered at the counter: searched here and at the province while the name is
// typed, saved in one step, and known to PASI before the page has settled.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WAYS, asnOf, words, world } from '../lib.mjs';

const at = await world({ students: 400 });

const STUDENT = /\/students\/[0-9a-f-]{36}$/;
const SAVE = 'form[data-guard] .form-end button[type=submit]';

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

/** Sends the form and waits for the child's page. */
async function save(page) {
  await page.locator(SAVE).click();
  await page.waitForURL(STUDENT);
}

const LAST = { 'en-1440': 'Whitebear-Quill', 'en-390': 'Oxenfree', 'fr-1440': 'Larivée-Bélanger', 'fr-390': 'Thibodeau' };

for (const [row, { lang, width, way }] of WAYS.entries()) {
  const said = words(lang);

  test(`a secretary registers a child, and the child has an ASN (${way})`, async () => {
    const page = await at.signedIn('secretary', { width, lang });
    const known = (await at.province('GET', '/state')).students;
    const child = { first: 'Sahalie', last: LAST[way], born: '2013-04-17', grade: '08' };
    const began = Date.now();
    await register(page, child);
    await page.locator('#matches').getByText(said['new-nobody']).waitFor();
    await at.fine(page, `counter-${way}`);
    await save(page);
    await page.locator('h1', { hasText: child.last }).waitFor();
    assert.match(await page.locator('.sh-f').innerText(), /\d{4}-\d{4}-\d/, 'the page shows the ASN at once');
    assert.match(await page.locator('#live-part').innerText(), new RegExp(said['state-in-sync']), 'PASI has everything');
    await at.fine(page, `counter-saved-${way}`);
    console.log(`# registered in ${((Date.now() - began) / 1000).toFixed(1)} s, of 120 allowed`);
    assert.equal((await at.province('GET', '/state')).students, known + 1, 'the province holds one more student');
    await page.context().close();
  });

  test(`an address changed at the province stands beside ours, and the secretary takes it (${way})`, async () => {
    const page = await at.signedIn('secretary', { width, lang });
    const family = await homeAtTheProvince(page, 3 + row);
    const street = `${width} ${lang === 'fr' ? 'rue des Épinettes' : 'Tamarack Road'}`;
    await at.province('POST', '/student', { asn: family.asn, address: { ...family.address, street } });
    await page.locator('#live-part form', { hasText: street }).waitFor({ timeout: 30_000 });
    await at.fine(page, `address-${way}`);
    for (const theirs of await page.locator('#live-part input[value=theirs]').all()) await theirs.check({ force: true });
    await page.locator('#live-part form button.btn-p').click();
    await page.locator('#live-part').getByText(said['pasi-agrees']).waitFor();
    await page.goto(`${family.url}/family`);
    await page.locator('main').getByText(street).first().waitFor();
    await at.fine(page, `address-taken-${way}`);
    await page.context().close();
  });
}

/** Opens the student in a row of the list, where PASI knows the home, and gives what it knows. */
async function homeAtTheProvince(page, row) {
  await page.goto(`${at.sis}/students`);
  await page.locator('main tbody a[href^="/students/"]').nth(row).click();
  await page.waitForURL(STUDENT);
  const asn = await asnOf(page);
  const { addresses: [address] } = await at.province('GET', `/students/${asn}`);
  assert.ok(address, 'PASI knows where the student lives');
  return { url: page.url(), asn, address };
}

test('every wrong field has its finding beside it, and nothing typed is lost', async () => {
  const page = await at.signedIn('secretary');
  await page.goto(`${at.sis}/students/new`);
  await page.fill('#f-first', 'An1a');
  await page.fill('#f-born', '2090-01-01');
  await page.fill('#f-postal', 'nonsense');
  await page.fill('#f-street', '1 Road');
  await page.locator(SAVE).click();
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
  assert.match(first, STUDENT);
  assert.equal(first, second);
  await page.context().close();
});

test('PASI is away: children are registered, and PASI is told by itself when it is back', async (t) => {
  await at.province('PUT', '/trouble', { outage: 'fault' });
  const waiting = [];
  for (const { lang, width, way } of WAYS) {
    const said = words(lang);
    await t.test(`registered all the same (${way})`, async () => {
      const page = await at.signedIn('secretary', { width, lang });
      await register(page, { first: 'Morning', last: `Outage${LAST[way]}`, born: '2015-05-05', grade: '05' });
      await page.locator('#matches').getByText(said['new-away']).waitFor();
      await at.fine(page, `outage-counter-${way}`);
      await save(page);
      await page.locator('.sh-f', { hasText: said['student-no-asn'] }).waitFor();
      await page.locator(`#live-part .p.info`).waitFor();
      await at.fine(page, `outage-saved-${way}`);
      waiting.push({ page, way });
    });
  }
  await at.province('PUT', '/trouble', {});
  for (const { page, way } of waiting) {
    await t.test(`told when PASI is back (${way})`, async () => {
      await page.waitForFunction(async () => {
        const answer = await fetch(location.href);
        return /ASN <b>\d{4}-\d{4}-\d/.test(await answer.text());
      }, null, { timeout: 90_000, polling: 500 });
      await page.reload();
      await at.fine(page, `outage-over-${way}`);
      await page.context().close();
    });
  }
});
