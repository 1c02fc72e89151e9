// An enrolment that does not count: the student never came, or it should never have been made; and restored. Each is
// seen at the province, by its records and at the ministry's desk.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WAYS, asnOf, sent, words, world } from '../lib.mjs';

const at = await world();

const STUDENT = /\/students\/[0-9a-f-]{36}$/;
const ENROLMENT = /\/enrolment$/;

/** A student with one enrolment alone: the page of the enrolments is open. */
async function student(page, row) {
  for (let place = row; ; place += 1) {
    await page.goto(`${at.sis}/students`);
    await page.locator('main table tbody a').nth(place).click();
    await page.waitForURL(STUDENT);
    const [url, asn] = [page.url(), await asnOf(page)];
    await page.goto(`${url}/enrolment`);
    const verbs = page.locator('main a[href$="/never-attended"]');
    if (await verbs.count() === 1) return { url, asn };
  }
}

/** The province's enrolments of the student that say so; asked until there are as many. */
async function there(asn, is, many, what) {
  for (let tries = 0; ; tries += 1) {
    const all = await at.province('GET', `/students/${asn}/enrolments`);
    if (all.filter(is).length === many) return all;
    assert.ok(tries < 40, `${what}: ${JSON.stringify(all)}`);
    await new Promise((go) => { setTimeout(go, 500); });
  }
}

/** The student at the ministry's desk. */
async function desk(how, asn, name) {
  const ministry = await at.page(how);
  await ministry.goto(`${at.console}/students?q=${asn}`);
  await ministry.locator('table tbody a').filter({ hasText: /\S/ }).first().click();
  await at.fine(ministry, name);
  const text = await ministry.locator('main').innerText();
  await ministry.context().close();
  return text;
}

/** Does a verb of the only enrolment, with its reason where one is asked. */
async function does(page, verb, reason, name) {
  await page.locator(`main a[href$="/${verb}"]`).first().click();
  await page.waitForURL(new RegExp(`/${verb}$`));
  if (name) await at.fine(page, name);
  await page.fill('#f-reason', reason);
  await page.locator('main form[data-guard] button[type=submit]').last().click();
  await sent(page, ENROLMENT);
}

for (const [row, { lang, width, way }] of WAYS.entries()) {
  test(`who never came and what was made in error do not count, here and at the province, and are restored (${way})`, async () => {
    const say = words(lang);
    const page = await at.signedIn('coordinator', { width, lang });
    const { asn } = await student(page, 4 + row * 9);
    const deleted = (one) => one.is_deleted;
    const live = (one) => !one.is_deleted;
    const [before, gone] = await Promise.all([
      at.province('GET', `/students/${asn}/enrolments`).then((all) => all.filter(live).length),
      at.province('GET', `/students/${asn}/enrolments`).then((all) => all.filter(deleted).length),
    ]);
    assert.ok(before > 0, 'the province has the enrolment');
    for (const [verb, reason] of [['never-attended', 'Moved away in August'], ['created-in-error', 'Another child was meant']]) {
      const name = (part) => `ends-${verb}-${part}-${way}`;
      await does(page, verb, reason, name('form'));
      assert.match(await page.locator('main').innerText(), new RegExp(say['enrolment-is-deleted']), 'it stays readable');
      assert.equal(await page.locator('main a[href$="/withdraw"]').count(), 0, 'nothing else may be done to it');
      await at.fine(page, name('done'));
      await there(asn, deleted, gone + 1, 'the province has it deleted');
      await desk({ lang, width }, asn, name('desk'));
      await does(page, 'restore', 'It was the right child', verb === 'never-attended' ? name('restore') : undefined);
      assert.equal(await page.locator('main a[href$="/never-attended"]').count(), 1, 'it counts again');
      await there(asn, live, before, 'the province has it again');
    }
    await at.fine(page, `ends-restored-${way}`);
    await page.goto(page.url().replace(ENROLMENT, '/history'));
    const told = await page.locator('main').innerText();
    for (const reason of ['Moved away in August', 'Another child was meant', 'It was the right child']) {
      assert.ok(told.includes(reason), `the history tells why: ${reason}`);
    }
    await at.fine(page, `ends-history-${way}`);
    await page.context().close();
  });
}
