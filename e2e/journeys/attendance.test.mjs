// Attendance: a teacher takes a roll by keyboard and by touch, with the server stopped midway; the office sees the
// board empty out, explains an absence, keeps the desk, enters many and takes them back.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { WAYS, ownClock, refused, startDemo, words, world } from '../lib.mjs';

/** A Tuesday of instruction at five past one in Alberta, within a year. */
function aTuesday() {
  const now = new Date();
  const day = new Date(Date.UTC(now.getUTCFullYear(), 9, 20, 19, 5));
  if (day < now) day.setUTCFullYear(day.getUTCFullYear() + 1);
  while (day.getUTCDay() !== 2) day.setUTCDate(day.getUTCDate() + 1);
  return day;
}

const clock = ownClock();
clock.set(`+${Math.round((aTuesday() - Date.now()) / 1000)}`);
const data = mkdtempSync(join(tmpdir(), 'lodgepole-attendance-'));
after(() => rmSync(data, { recursive: true, force: true }));
const at = await world({ students: 400, data, clock });
const on = (path) => `${at.sis}${path}`;

/** From now on the page does not tell that the server did not answer: it is stopped on purpose. */
const forgive = (page) => {
  const told = [];
  const push = (line) => { if (!/ERR_CONNECTION|Failed to (load|fetch)|ERR_FAILED/.test(line)) told[told.length] = line; };
  Object.defineProperty(told, 'push', { value: push, enumerable: false });
  page.problems = told;
};

/** The teacher's roll: 0 for the morning's, 1 for the afternoon's. */
async function rollOf(page, slot) {
  await page.goto(on('/attendance'));
  const links = await page.locator('a[data-roll-page]').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  return links.find((href) => href.includes(`slot=${slot}`));
}

const tally = (page, tone) => page.locator(`[data-tally=${tone}]`).innerText();
const letter = (page, place) => page.locator('.seat').nth(place).locator('input[type=radio]:checked').getAttribute('value');
const isTaken = (page) => page.waitForURL(/\/attendance\?taken=1$/);

for (const { lang, width, way } of WAYS.filter(({ width }) => width === 1440)) {
  test(`a teacher takes a roll by keyboard (${way})`, async () => {
    const page = await at.signedIn('teacher', { width, lang });
    await page.goto(on('/attendance'));
    await at.fine(page, `attendance-own-${way}`);
    await page.goto(on(await rollOf(page, 'AM')));
    await at.fine(page, `roll-${way}`);
    const seats = page.locator('.seat');
    const many = await seats.count();
    assert.ok(many > 5, `${many} students stand in the roll`);
    assert.equal(await page.locator('.seat[tabindex="0"]').count(), 1, 'one Tab stop');
    await page.locator('[data-roll-rest]:visible').first().click();
    await seats.first().focus();
    await page.keyboard.press('a');
    assert.equal(await letter(page, 0), 'A');
    await page.keyboard.press('Shift+L');
    await page.keyboard.type('11');
    await page.keyboard.press('Enter');
    assert.equal(await letter(page, 1), 'L');
    assert.match(await seats.nth(1).innerText(), /11 min/);
    assert.ok(await seats.nth(2).evaluate((seat) => seat === document.activeElement), 'the next seat has the focus');
    await page.keyboard.press('e');
    await page.keyboard.press('a');
    assert.equal(await letter(page, 3), 'A');
    await page.keyboard.press('Control+z');
    assert.equal(await letter(page, 3), 'P', 'undone');
    await page.keyboard.press('ArrowLeft');
    assert.ok(await seats.nth(2).evaluate((seat) => seat === document.activeElement), 'arrows move');
    assert.deepEqual([await tally(page, 'A'), await tally(page, 'L'), await tally(page, 'E')], ['1', '1', '1']);
    await at.fine(page, `roll-marked-${way}`);
    await Promise.all([isTaken(page), page.keyboard.press('Control+Enter')]);
    await at.fine(page, `attendance-taken-${way}`);
    await page.goto(on(await rollOf(page, 'AM')));
    assert.equal(await letter(page, 0), 'A', 'kept');
    assert.match(await page.locator('.lp-head').innerText(), /\d:\d\d|\d\sh\s\d\d/, 'who took it, and when');
    await page.context().close();
  });
}

for (const { lang, width, way } of WAYS.filter(({ width }) => width === 390)) {
  test(`a teacher takes a roll by touch (${way})`, async () => {
    const page = await at.signedIn('teacher', { width, lang });
    await page.goto(on(await rollOf(page, 'AM')));
    const seats = page.locator('.seat');
    const near = seats.nth(4).locator('label.A').first();
    const box = await near.boundingBox();
    assert.ok(box.width >= 44 && box.height >= 44, 'a finger fits');
    await near.click();
    await seats.nth(5).locator('summary').click();
    await at.fine(page, `roll-open-${way}`);
    await seats.nth(5).locator('label.word.E').first().click();
    await seats.nth(5).locator('input[name^=comment-]').fill('Dentist');
    assert.equal(await letter(page, 5), 'E');
    await seats.nth(5).locator('summary').click();
    await at.fine(page, `roll-touch-${way}`);
    await Promise.all([isTaken(page), page.locator('.roll-bar button[type=submit]').click()]);
    await page.goto(on(await rollOf(page, 'AM')));
    assert.deepEqual([await letter(page, 4), await letter(page, 5)], ['A', 'E']);
    await page.context().close();
  });
}

test('without a script a roll is a form', async () => {
  const context = await at.browser.newContext({ javaScriptEnabled: false, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(at.sis);
  await page.locator('button[name=role][value=teacher]').click();
  await page.goto(on(await rollOf(page, 'AM')));
  await page.locator('.seat').nth(6).locator('label.L').click();
  await page.locator('.lp-head button[type=submit]').click();
  await page.waitForURL(/taken=1/);
  await page.goto(on(await rollOf(page, 'AM')));
  assert.equal(await letter(page, 6), 'L');
  await context.close();
});

test('the server stops midway and starts again: nothing is lost', async () => {
  const page = await at.signedIn('teacher');
  await page.goto(on('/attendance'));
  await page.waitForFunction(() => navigator.serviceWorker.ready.then(() => true));
  const address = on(await rollOf(page, 'PM'));
  await page.goto(address);
  await page.waitForFunction(async () => (await caches.keys()).some((name) => name === 'lp-roll-pages') && Boolean(await caches.match(location.href)));
  const seats = page.locator('.seat');
  await seats.first().focus();
  await page.keyboard.press('a');
  forgive(page);
  await at.demo.stop('SIGKILL');
  await page.keyboard.press('l');
  await page.locator('#ban-roll').waitFor({ timeout: 30_000 });
  await at.fine(page, 'roll-away');
  await page.reload();
  await page.locator('.seat').first().waitFor();
  assert.equal(await letter(page, 0), 'A', 'the page and its marks come from this device');
  assert.equal(await letter(page, 1), 'L');
  await page.locator('.lp-head button[type=submit]').click();
  await page.waitForFunction((text) => document.querySelector('#ban-roll').textContent.includes(text), words('en')['roll-kept']);
  await at.fine(page, 'roll-kept');
  at.demo = await startDemo({ students: 400, data, listen: new URL(at.sis).host, env: clock.env });
  await page.waitForFunction(() => document.querySelector('form[data-roll-form]')?.dataset.version > 0, undefined, { timeout: 60_000 });
  assert.equal(await letter(page, 0), 'A', 'it went by itself');
  assert.equal(await letter(page, 1), 'L');
  await at.fine(page, 'roll-came-back');
  await page.context().close();
});

test('what the office marked meanwhile is shown, and nothing is overwritten', async () => {
  const teacher = await at.signedIn('teacher');
  const address = await rollOf(teacher, 'PM');
  await teacher.goto(on(address));
  const seats = teacher.locator('.seat');
  const name = await seats.nth(7).locator('.nm').innerText();
  const office = await at.signedIn('secretary');
  await office.goto(on(address));
  await office.locator('.seat', { hasText: name }).first().locator('label.E').first().click();
  await Promise.all([isTaken(office), office.locator('.lp-head button[type=submit]').click()]);
  await seats.nth(7).locator('label.A').first().click();
  await teacher.locator('.lp-head button[type=submit]').click();
  await teacher.getByText(words('en')['roll-clash'], { exact: true }).waitFor();
  refused(teacher);
  await at.fine(teacher, 'roll-clash');
  await teacher.goto(on(address));
  assert.equal(await letter(teacher, 7), 'E', 'the office’s mark stands until somebody chooses');
  for (const page of [teacher, office]) await page.context().close();
});

for (const { lang, width, way } of WAYS) {
  const say = words(lang);
  test(`the secretary sees the board empty out and explains an absence (${way})`, async () => {
    const page = await at.signedIn('secretary', { width, lang });
    await page.goto(on('/attendance'));
    await page.locator('#open').waitFor();
    await at.fine(page, `board-${way}`);
    const missing = async () => Number((await page.locator('.ch', { has: page.locator('#open') }).innerText()).match(/\d+/)[0]);
    const before = await missing();
    const other = await at.signedIn('principal', { lang });
    await other.goto(on('/attendance'));
    const open = other.locator('section', { has: other.locator('#open') }).locator('a[data-roll-page]').first();
    await other.goto(on(await open.getAttribute('href')));
    await other.locator('.seat').first().locator('label.A').first().click();
    await Promise.all([isTaken(other), other.locator('.lp-head button[type=submit]').click()]);
    await page.waitForFunction((many) => Number(document.querySelector('#open').closest('.ch').textContent.match(/\d+/)[0]) < many, before, { timeout: 20_000 });

    await page.goto(on('/attendance/unexplained'));
    const cards = page.locator('main section.card');
    const many = await cards.count();
    assert.ok(many > 0, 'somebody is absent without a word');
    await at.fine(page, `unexplained-${way}`);
    const first = cards.first();
    await first.locator('summary').click();
    await first.locator('select[name=outcome]').selectOption('message');
    await first.locator('input[name=spoke_with]').fill('Rose Cardinal');
    await Promise.all([page.waitForURL(/unexplained\?/), first.getByRole('button', { name: say['unexplained-note-call'] }).click()]);
    await page.getByText(say['call-message']).first().waitFor();
    await cards.first().locator('select[name=letter]').selectOption('I');
    await Promise.all([page.waitForEvent('load'), cards.first().getByRole('button', { name: say['unexplained-explain'] }).click()]);
    assert.equal(await page.locator('main section.card form[action="/attendance/explain"]').count(), many - 1);
    await at.fine(page, `explained-${way}`);
    for (const one of [page, other]) await one.context().close();
  });

  test(`the office keeps the desk, enters many and takes them back (${way})`, async () => {
    const page = await at.signedIn('secretary', { width, lang });
    await page.goto(on('/students'));
    const name = (await page.locator('main table tbody a').nth(3).innerText()).split(',')[0];
    await page.goto(on('/attendance/desk'));
    await page.fill('#f-q', name);
    await page.press('#f-q', 'Enter');
    await page.locator('#f-time').waitFor();
    await page.fill('#f-time', '9:12');
    await page.fill('#f-reason', 'Bus');
    await at.fine(page, `pass-${way}`);
    await Promise.all([page.waitForURL(/desk\?school=[^&]+$/), page.locator('main form[method=post] button.btn-p').click()]);
    await at.fine(page, `passed-${way}`);

    await page.goto(on('/attendance/many'));
    await page.locator('#f-homeroom').selectOption({ index: 1 });
    await page.locator('main form[method=get] button[type=submit]').click();
    await page.locator('#f-letter').selectOption('T');
    await page.fill('#f-comment', 'Museum');
    await page.getByRole('button', { name: say['many-preview'] }).click();
    await page.getByText(say['many-will-text']).waitFor();
    await at.fine(page, `many-${way}`);
    await Promise.all([page.waitForURL(/many\?school=[^&]+$/), page.getByRole('button', { name: say['many-enter'], exact: true }).click()]);
    await Promise.all([page.waitForEvent('load'), page.locator('form[action="/attendance/many/undo"] button').first().click()]);
    await page.getByText(say['many-undone']).first().waitFor();
    await at.fine(page, `many-undone-${way}`);

    for (const path of ['summary', 'summary?who=all', 'codes']) {
      await page.goto(on(`/attendance/${path}`));
      await at.fine(page, `attendance-${path.split('?')[0]}-${path.includes('all') ? 'all-' : ''}${way}`);
    }
    await page.goto(on('/attendance/summary?who=all'));
    await page.locator('main tbody a').first().click();
    await page.waitForURL(/\/students\/[0-9a-f-]{36}\/attendance$/);
    await at.fine(page, `student-attendance-${way}`);
    await page.context().close();
  });
}

test('a guardian sees the attendance of an own child and of no other', async () => {
  const family = await at.signedIn('guardian', { width: 390 });
  await family.goto(on('/students'));
  const own = await family.locator('main a[href^="/students/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')).filter((href) => /^\/students\/[0-9a-f-]{36}$/.test(href)));
  await family.goto(on(`${own[0]}/attendance`));
  await at.fine(family, 'family-attendance');
  const coordinator = await at.signedIn('coordinator');
  await coordinator.goto(on('/students'));
  const all = await coordinator.locator('main tbody a[href^="/students/"]').evaluateAll((found) => found.map((a) => a.getAttribute('href')));
  const other = all.find((href) => !own.includes(href));
  assert.equal((await family.request.get(on(`${other}/attendance`))).status(), 404);
  for (const path of ['', '/roll', '/unexplained', '/desk', '/many', '/summary', '/codes']) {
    assert.equal((await family.request.get(on(`/attendance${path}`))).status(), 403, path);
  }
  for (const page of [family, coordinator]) await page.context().close();
});
