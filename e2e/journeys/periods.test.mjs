// Attendance by period: a teacher takes the roll of a class by keyboard and by touch; a substitute has one class on one
// day; the office sees period by period what is missing, and settles where periods and day disagree.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WAYS, ownClock, refused, words, world } from '../lib.mjs';

/** A Tuesday of instruction at ten to one in Alberta, within a year: three of four blocks have begun. */
function aTuesday() {
  const now = new Date();
  const day = new Date(Date.UTC(now.getUTCFullYear(), 9, 20, 18, 50));
  if (day < now) day.setUTCFullYear(day.getUTCFullYear() + 1);
  while (day.getUTCDay() !== 2) day.setUTCDate(day.getUTCDate() + 1);
  return day;
}

const clock = ownClock();
const tuesday = aTuesday();
clock.set(`+${Math.round((tuesday - Date.now()) / 1000)}`);
const at = await world({ students: 400, clock });
const on = (path) => `${at.sis}${path}`;
const today = tuesday.toISOString().slice(0, 10);

const links = async (page, path = '/attendance') => {
  await page.goto(on(path));
  return page.locator('a[data-roll-page]').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
};
const rollOf = async (page, slot) => (await links(page)).find((href) => href.includes(`slot=${slot}&`));
const letter = (page, place) => page.locator('.seat').nth(place).locator('input[type=radio]:checked').getAttribute('value');
const isTaken = (page) => page.waitForURL(/\/attendance\?taken=1$/);
const submit = async (page) => Promise.all([isTaken(page), page.locator('.lp-head button[type=submit]').click()]);

for (const { lang, width, way } of WAYS.filter(({ width }) => width === 1440)) {
  const say = words(lang);
  test(`a teacher takes a period’s roll by keyboard (${way})`, async () => {
    const page = await at.signedIn('teacher', { width, lang });
    const all = await links(page);
    for (const slot of ['AM', 'PM', 'P1', 'P2', 'P3', 'P4']) assert.ok(all.some((href) => href.includes(`slot=${slot}&`)), slot);
    assert.match(await page.locator('main').innerText(), /Block D/, 'periods by their names');
    if (way === 'en-1440') {
      const later = page.locator('section', { has: page.locator('#later') });
      assert.match(await later.innerText(), /Block D\s+13:50/, 'not begun yet');
    }
    await at.fine(page, `periods-own-${way}`);
    await page.goto(on(await rollOf(page, 'P3')));
    const begins = Number(await page.locator('form[data-roll-form]').getAttribute('data-begins'));
    await page.clock.setFixedTime(new Date(begins + 11.5 * 60_000));
    assert.match(await page.locator('.lp-head').innerText(), /Block C/);
    await page.locator('[data-roll-rest]:visible').first().click();
    const seats = page.locator('.seat');
    await seats.first().focus();
    await page.keyboard.press('a');
    await page.keyboard.press('l');
    assert.match(await seats.nth(1).innerText(), /11 min/, 'minutes by the bell');
    await page.keyboard.press('l');
    await page.keyboard.press('Control+z');
    assert.equal(await letter(page, 2), 'P', 'undone');
    await at.fine(page, `periods-roll-${way}`);
    await Promise.all([isTaken(page), page.keyboard.press('Control+Enter')]);
    await page.goto(on(await rollOf(page, 'P4')));
    await page.getByRole('button', { name: say['roll-last'] }).click();
    assert.deepEqual([await letter(page, 0), await letter(page, 1), await letter(page, 2)], ['A', 'L', 'P'], 'as in the period before');
    await page.goto(on(`${await rollOf(page, 'P3')}&view=list`));
    assert.equal(await letter(page, 0), 'A', 'kept');
    await at.fine(page, `periods-list-${way}`);
    await page.context().close();
  });
}

for (const { lang, width, way } of WAYS.filter(({ width }) => width === 390)) {
  test(`a teacher takes a period’s roll by touch (${way})`, async () => {
    const page = await at.signedIn('teacher', { width, lang });
    await page.goto(on(await rollOf(page, 'P1')));
    const seats = page.locator('.seat');
    await seats.nth(3).locator('label.A').first().click();
    await at.fine(page, `periods-touch-${way}`);
    await Promise.all([isTaken(page), page.locator('.roll-bar button[type=submit]').click()]);
    await at.fine(page, `periods-taken-${way}`);
    await page.goto(on(await rollOf(page, 'P1')));
    assert.equal(await letter(page, 3), 'A');
    await page.context().close();
  });
}

test('a substitute has the one class on the one day', async () => {
  const office = await at.signedIn('secretary');
  const teacher = await at.signedIn('teacher');
  const own = await rollOf(teacher, 'P4');
  const given = new URL(on(own)).searchParams.get('group').replace('section:', '');
  // The teacher’s own class in the last block is another’s from today on; instead they stand in for a colleague today.
  await office.goto(on(`/sections/${given}`));
  await office.locator('section', { has: office.locator('#staff') }).locator('li a').first().click();
  const yesterday = new Date(tuesday - 86_400_000).toISOString().slice(0, 10);
  await office.fill('#f-until', yesterday);
  await Promise.all([office.waitForURL(/\/sections\/[0-9a-f-]{36}$/), office.locator('form[action$="/end"] button[type=submit]').click()]);
  const board = await links(office);
  const theirs = board.find((href) => href.includes('slot=P4&') && !href.includes(given));
  const section = new URL(on(theirs)).searchParams.get('group').replace('section:', '');
  const name = await teacher.evaluate(() => document.querySelector('[data-who], .who, header')?.textContent ?? '');
  await office.goto(on(`/sections/${section}`));
  const accounts = await office.locator('#f-account option').evaluateAll((all) => all.map((one) => [one.value, one.textContent]));
  const me = await teacher.locator('[data-account]').first().getAttribute('data-account');
  const mine = accounts.find(([value]) => value === me);
  assert.ok(mine, `${name} is among the teachers`);
  await office.selectOption('#f-account', me);
  await office.selectOption('#f-role', 'substitute');
  await office.fill('#f-from', today);
  await office.fill('#f-until', today);
  await Promise.all([office.waitForEvent('load'), office.locator('form[action$="/staff"] button[type=submit]').click()]);

  const now = await links(teacher);
  assert.ok(now.includes(theirs), 'the colleague’s class of today');
  assert.ok(!now.some((href) => href.includes(given)), 'the own class is another’s');
  await at.fine(teacher, 'periods-substitute');
  await teacher.goto(on(theirs));
  assert.ok(await teacher.locator('.seat').count() > 0);
  await at.fine(teacher, 'periods-substitute-roll');
  await submit(teacher);
  const other = board.find((href) => href.includes('group=section') && !now.includes(href));
  for (const path of [other, theirs.replace(today, yesterday), own]) {
    assert.equal((await teacher.request.get(on(path))).status(), 404, path);
  }
  assert.ok(!(await links(teacher, `/attendance?on=${yesterday}`)).some((href) => href.includes(section)), 'not the day before');
  for (const page of [office, teacher]) await page.context().close();
});

for (const [turn, { lang, width, way }] of WAYS.entries()) {
  const say = words(lang);
  test(`the office settles a disagreement (${way})`, async () => {
    const teacher = await at.signedIn('teacher', { lang });
    const place = 5 + turn;
    await teacher.goto(on(await rollOf(teacher, 'AM')));
    const name = (await teacher.locator('.seat').nth(place).locator('.nm').innerText()).trim();
    await teacher.locator('.seat').nth(place).locator('label.E').first().click();
    await submit(teacher);
    for (const slot of ['P1', 'P2']) {
      await teacher.goto(on(await rollOf(teacher, slot)));
      await submit(teacher);
    }
    await teacher.context().close();

    const page = await at.signedIn('secretary', { width, lang });
    await page.goto(on('/attendance'));
    await at.fine(page, `periods-board-${way}`);
    await page.getByRole('link', { name: say['differences-open'] }).click();
    const family = name.split(' ').at(-1);
    const row = () => page.locator('main tbody tr', { hasText: family }).filter({ hasText: name.split(' ')[0] });
    await row().first().waitFor();
    const many = await page.locator('main tbody tr').count();
    await at.fine(page, `differences-${way}`);
    await Promise.all([page.waitForURL(/settled=/), row().first().getByRole('button', { name: say['keep-day'] }).click()]);
    assert.equal(await page.locator('main tbody tr').count(), many - 1);
    await at.fine(page, `differences-settled-${way}`);
    await Promise.all([page.waitForURL(/differences\?/), page.getByRole('button', { name: say.undo }).click()]);
    await row().first().waitFor();
    await Promise.all([page.waitForURL(/settled=/), row().first().getByRole('button', { name: say['keep-periods'] }).click()]);
    assert.equal(await page.locator('main tbody tr').count(), many - 1);
    await page.goto(on('/attendance/unexplained'));
    await at.fine(page, `periods-unexplained-${way}`);
    await page.goto(on('/attendance/codes'));
    assert.equal(await page.locator('input[name=mode]:checked').getAttribute('value'), 'both');
    await at.fine(page, `periods-codes-${way}`);
    await page.goto(on('/attendance/summary?who=all'));
    await at.fine(page, `periods-summary-${way}`);
    await page.locator('main tbody a').first().click();
    await page.waitForURL(/\/students\/[0-9a-f-]{36}\/attendance$/);
    await at.fine(page, `periods-student-${way}`);
    await page.goto(page.url().replace(/attendance$/, 'timetable'));
    await at.fine(page, `periods-timetable-${way}`);
    await page.context().close();
  });
}

test('many at once, by class and by period', async () => {
  const page = await at.signedIn('secretary');
  await page.goto(on('/attendance/many'));
  await page.locator('#f-class').selectOption({ index: 1 });
  await page.locator('main form[method=get] button[type=submit]').click();
  await page.locator('#f-letter').selectOption('T');
  await page.getByRole('button', { name: words('en')['many-preview'] }).click();
  await page.getByText(words('en')['many-will-text']).waitFor();
  assert.match(await page.locator('main table').first().innerText(), /Block A/);
  await at.fine(page, 'periods-many');
  await page.context().close();
});

test('a school that takes rolls by period alone', async () => {
  const page = await at.signedIn('coordinator');
  await page.goto(on('/sections'));
  const schools = await page.locator('select[name=school] option').evaluateAll((all) => all.map((one) => [one.value, one.textContent]));
  const [school] = schools.find(([, name]) => name.includes('Westwood'));
  const board = await links(page, `/attendance?school=${school}`);
  assert.ok(board.length > 0 && board.every((href) => href.includes('group=section')), 'sections alone');
  await at.fine(page, 'periods-westwood');
  const answer = await page.goto(on(board[0].replace(/slot=P\d/, 'slot=AM')));
  assert.equal(answer.status(), 200);
  assert.match(await page.locator('main').innerText(), new RegExp(words('en')['finding-LP-0711']));
  refused(page);
  await page.context().close();
});
