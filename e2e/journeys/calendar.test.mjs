// The teaching day of a school: its year at a glance, days changed and changed back, terms and cycle, bell schedules,
// hours beside the minimum, a copy for another school, and a calendar that phones read.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WAYS, anotherPage, refused, words, world } from '../lib.mjs';

const at = await world({ students: 300 });

/** Opens the calendar of a school in the list, the first unless told otherwise; gives its address. */
async function calendar(page, name) {
  await page.goto(`${at.sis}/division/schools`);
  const link = name ? page.locator('main table tbody a', { hasText: name }) : page.locator('main table tbody a');
  await link.first().click();
  await page.locator('main a[href$="/calendar"]').first().click();
  await page.locator('.months').waitFor();
  return page.url();
}

const save = (page, ending) => page.locator(`main form[action$="${ending}"] button.btn-p`).click();

for (const [nth, { lang, width, way }] of WAYS.entries()) {
  test(`a coordinator shapes the year of a school (${way})`, async () => {
    const said = words(lang);
    const page = await at.signedIn('coordinator', { lang, width });
    const home = await calendar(page);
    await at.fine(page, `calendar-year-${way}`);
    const month = page.locator('.month', { has: page.locator('.md-hol') }).first();
    assert.match(await month.innerText(), new RegExp(said['calendar-kind-holiday']), 'a kind is a word, not a colour alone');

    // A day for staff, refused without its reason, then kept, then taken back.
    const day = `2027-03-0${2 + nth}`;
    await page.fill('#f-from', day);
    await page.selectOption('#f-kind', 'professional');
    await save(page, '/calendar/days');
    await page.locator('#f-reason-find-0').waitFor();
    refused(page);
    await at.fine(page, `calendar-refused-${way}`);
    await page.fill('#f-reason', `Staff day ${way}`);
    await save(page, '/calendar/days');
    const line = page.locator('main table.t tr', { hasText: `Staff day ${way}` });
    await line.waitFor();
    assert.equal(new URL(page.url()).pathname, new URL(home).pathname);
    await line.locator('button').click();
    await line.waitFor({ state: 'detached' });

    // An early dismissal needs a bell schedule.
    await page.fill('#f-from', day);
    await page.selectOption('#f-kind', 'early-dismissal');
    await save(page, '/calendar/days');
    await page.locator('#f-bell-find-0').waitFor();
    refused(page);
    await page.selectOption('#f-bell', { index: 2 });
    await save(page, '/calendar/days');
    await page.locator('.month .md-early').first().waitFor();

    await page.locator('nav.tabs a[href$="/hours"]').click();
    await page.getByText('330').first().waitFor();
    assert.match(await page.locator('main').innerText(), /\d+ min × \d+/, 'the arithmetic is shown');
    await at.fine(page, `calendar-hours-${way}`);
    await page.context().close();
  });

  test(`terms and bell schedules are set, and two who save at once see both (${way})`, async () => {
    const page = await at.signedIn('coordinator', { lang, width });
    await calendar(page);
    await page.locator('nav.tabs a[href$="/terms"]').click();
    await at.fine(page, `calendar-terms-${way}`);
    const late = await anotherPage(page.context());
    await late.goto(page.url());
    await page.fill('#f-name-1', `First term ${way}`);
    await save(page, '/calendar/terms');
    await page.locator(`input[value="First term ${way}"]`).waitFor();
    await late.fill('#f-name-1', `Other term ${way}`);
    await save(late, '/calendar/terms');
    await late.getByText(`First term ${way}`).first().waitFor();
    await late.getByText(`Other term ${way}`).first().waitFor();
    refused(late);
    await at.fine(late, `calendar-terms-twice-${way}`);
    await late.close();
    await page.fill('#f-last_day-1', '2026-09-01');
    await save(page, '/calendar/terms');
    await page.locator('#f-last_day-1-find-0').waitFor();
    refused(page);

    await page.locator('nav.tabs a[href$="/bells"]').click();
    await at.fine(page, `calendar-bells-${way}`);
    await page.locator('main a[href$="/bells/new"]').click();
    await page.fill('#f-name', `Assembly ${way}`);
    await page.fill('#f-number-1', '1');
    await page.fill('#f-name-1', 'Period 1');
    await page.fill('#f-starts-1', '09:00');
    await page.fill('#f-ends-1', '08:30');
    await page.selectOption('#f-kind-1', 'instruction');
    await page.locator('main .form-end button.btn-p').click();
    await page.locator('#f-ends-1-find-0').waitFor();
    refused(page);
    await at.fine(page, `calendar-bell-${way}`);
    await page.fill('#f-ends-1', '10:30');
    await page.locator('main .form-end button.btn-p').click();
    await page.getByText(`Assembly ${way}`).first().waitFor();
    await page.context().close();
  });
}

test('a calendar is copied after what would change is seen, and then nothing is left to copy', async () => {
  const page = await at.signedIn('coordinator');
  const home = await calendar(page);
  await page.locator('main a[href$="/copy"]').click();
  await page.locator('input[name=to]').first().check();
  await page.locator('main form[method=get] button').click();
  await page.locator('#preview').waitFor();
  await at.fine(page, 'calendar-copy');
  const preview = page.url();
  await page.locator('main form[method=post][action$="/copy"] button.btn-p').click();
  await page.waitForURL(home);
  await page.goto(preview);
  await page.getByText(words('en')['calendar-copy-same']).waitFor();
  await page.context().close();
});

test('a phone reads the calendar by its address, which can be ended', async () => {
  const page = await at.signedIn('coordinator');
  await calendar(page);
  await page.locator('main form[action$="/feed"] button').first().click();
  const link = page.locator('main a[href^="/calendar/"]');
  const address = await link.getAttribute('href');
  const read = await fetch(`${at.sis}${address}`);
  assert.equal(read.status, 200);
  assert.match(read.headers.get('content-type'), /text\/calendar/);
  const text = await read.text();
  assert.match(text, /BEGIN:VCALENDAR/);
  assert.match(text, /DTSTART;VALUE=DATE:20\d{6}/);
  assert.match(text, /Thanksgiving/);
  await page.locator('main form[action$="/feed"] button[value=end]').click();
  await link.waitFor({ state: 'detached' });
  assert.equal((await fetch(`${at.sis}${address}`)).status, 404);
  assert.equal((await fetch(`${at.sis}/calendar/${'0'.repeat(64)}.ics`)).status, 404);
  await page.context().close();
});

for (const role of ['principal', 'teacher']) {
  test(`a ${role} reads the calendar of the own school and changes nothing`, async () => {
    const page = await at.signedIn(role, { width: 390 });
    const home = await calendar(page);
    assert.equal(await page.locator('main form').count(), 0, 'nothing to send');
    await at.fine(page, `calendar-${role}`);
    for (const part of ['terms', 'bells', 'hours']) {
      await page.goto(`${home}/${part}`);
      assert.equal(await page.locator('main form').count(), 0);
    }
    await at.fine(page, `calendar-hours-${role}`);
    const elsewhere = home.replace(/schools\/[0-9a-f-]+/, 'schools/00000000-0000-4000-8000-000000000000');
    assert.equal((await page.goto(elsewhere)).status(), 404);
    await page.context().close();
  });
}
