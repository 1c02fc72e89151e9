// The record of a student: who may see it, what is read before details, and the verbs of a school's day.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WAYS, WIDTHS, refused, sent, words, world } from '../lib.mjs';

const at = await world({ students: 1200 });

const STUDENT = /\/students\/[0-9a-f-]{36}$/;

/** Opens the student in row `row` of the list that a person sees. */
async function open(page, row = 0) {
  await page.goto(`${at.sis}/students`);
  await page.locator('main table tbody a').nth(row).click();
  await page.waitForURL(STUDENT);
  return page.url();
}

const HERS = await elsewhere();

/** A student of another school than the principal's: address, name and ASN. */
async function elsewhere() {
  const page = await at.signedIn('secretary-2');
  const url = await open(page);
  const name = await page.locator('h1').innerText();
  const asn = (await page.locator('.sh-f').innerText()).match(/\d{4}-\d{4}-\d/)[0];
  await page.context().close();
  return { url, name, asn };
}

const COVERED = await cautioned();

/** The address of a student under a caution, which covers the record until it was read. */
async function cautioned() {
  const page = await at.signedIn('coordinator');
  await page.goto(`${at.sis}/students`);
  const restricted = page.locator('main tbody tr', { has: page.locator('.p.bad') });
  for (let pages = 0; pages < 60; pages += 1) {
    const links = await restricted.locator('a[href^="/students/"]').evaluateAll((all) => all.map((a) => a.href));
    const list = page.url();
    for (const url of links) {
      await page.goto(url);
      if (await page.locator('form[action$="/read-notice"]').count() === 0) continue;
      await page.context().close();
      return url;
    }
    await page.goto(list);
    await page.locator('a[rel=next]').click();
    await page.waitForLoadState();
  }
  throw new Error('nobody is under a caution');
}

for (const [row, { lang, width, way }] of WAYS.entries()) {
  test(`a principal is told that there is no such student at another school (${way})`, async () => {
    const page = await at.signedIn('principal', { width, lang });
    for (const path of ['', '/family', '/identity', '/medical', '/enrolment', '/history', '/photo']) {
      const answer = await page.goto(HERS.url + path);
      assert.equal(answer.status(), 404, `${path || 'summary'} must not be shown`);
      assert.doesNotMatch(await answer.text(), new RegExp(`${HERS.asn}|${HERS.name.split(',')[0]}`), 'not even who it is');
    }
    const guessed = await page.goto(`${at.sis}/students/00000000-0000-7000-8000-000000000000`);
    assert.equal(guessed.status(), 404, 'as one who never was');
    refused(page);
    await at.fine(page, `not-found-${way}`);
    await page.goto(`${at.sis}/students?q=${HERS.asn}`);
    assert.equal(await page.locator('main tbody tr').count(), 0, 'the search finds nobody');
    await at.fine(page, `nobody-found-${way}`);
    await page.context().close();
  });

  test(`a custody alert is read before any detail (${way})`, async () => {
    const said = words(lang);
    const page = await at.signedIn('coordinator', { width, lang });
    await page.goto(COVERED);
    const covered = page.getByRole('button', { name: said['student-have-read'] });
    await covered.waitFor();
    await at.fine(page, `covered-${way}`);
    for (const path of ['', '/family', '/identity', '/medical', '/enrolment', '/history']) {
      await page.goto(COVERED + path);
      await covered.waitFor();
      assert.doesNotMatch(await page.locator('main').innerText(), /\d{4}-\d{4}-\d/, `${path || 'summary'} stays covered until the caution was read`);
    }
    await Promise.all([page.waitForEvent('load'), covered.click()]);
    await page.locator('h1').waitFor();
    const [gate, name] = await page.evaluate(() => ['.gate', 'h1'].map((found) => document.querySelector(found).getBoundingClientRect().top));
    assert.ok(gate < name, 'the gate stands above the name');
    await at.fine(page, `restricted-${way}`);
    await page.context().close();
  });

  test(`a transfer ends here and begins there in one step (${way})`, async () => {
    const said = words(lang);
    const page = await at.signedIn('coordinator', { width, lang });
    const url = await open(page, 5 + row);
    await page.goto(`${url}/enrolment`);
    await page.locator('main a[href$="/transfer"]').click();
    await page.locator('#f-to').waitFor();
    await page.selectOption('#f-to', { index: 1 });
    const there = await page.locator('#f-to option:checked').innerText();
    await at.fine(page, `transfer-${way}`);
    await page.locator('main form[data-guard] button.btn-p').click();
    await sent(page, /\/enrolment$/);
    const text = await page.locator('main').innerText();
    assert.match(text, new RegExp(said['enrolment-is-ended']));
    assert.match(text, new RegExp(said['enrolment-is-open']));
    assert.ok(text.includes(there), 'the new school is named');
    await at.fine(page, `transferred-${way}`);
    await page.goto(`${url}/history`);
    const told = await page.locator('main').innerText();
    assert.ok(told.includes(there), 'the history tells where the student went');
    await at.fine(page, `history-${way}`);
    await page.context().close();
  });

  test(`what is unusual is asked before it is saved (${way})`, async () => {
    const said = words(lang);
    const page = await at.signedIn('coordinator', { width, lang });
    const url = await open(page, 9 + row);
    await page.goto(`${url}/enrolment`);
    await page.locator('main a[href$="/withdraw"]').first().click();
    const sunday = new Date();
    sunday.setUTCDate(sunday.getUTCDate() - (sunday.getUTCDay() || 7));
    await page.fill('#f-last_day', sunday.toISOString().slice(0, 10));
    const save = page.locator('main form[data-guard] button.btn-p');
    await save.click();
    const asked = page.locator('#findings');
    await asked.waitFor();
    assert.match(await asked.innerText(), new RegExp(said['findings-ask-title'].slice(0, 20)));
    assert.match(await page.locator('main').innerText(), /LP-0421/, 'beside its field, with its number');
    refused(page);
    await at.fine(page, `asked-${way}`);
    await page.goto(`${url}/enrolment`);
    assert.ok(await page.locator('main a[href$="/withdraw"]').count() > 0, 'nothing was saved');
    await page.locator('main a[href$="/withdraw"]').first().click();
    await page.fill('#f-last_day', sunday.toISOString().slice(0, 10));
    await save.click();
    await sent(page, /\/enrolment$/);
    assert.match(await page.locator('main').innerText(), new RegExp(said['enrolment-is-ended']), 'sent again, it is saved');
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
    const url = await open(page);
    assert.equal(await page.getAttribute('html', 'lang'), 'fr-CA');
    for (const path of [url, `${url}/family`, `${url}/enrolment`, `${url}/history`, `${at.sis}/students/new`, `${at.sis}/pasi`]) {
      await page.goto(path);
      await at.fine(page, `fr-${path.split('/').pop().slice(0, 9)}-${width}`);
    }
    await page.context().close();
  });
}
