// A class of senior high school and PASI: the office makes it, says how it is offered, seats a student, and sees each
// accepted; the province changes a day, and the difference stands beside ours until a person takes it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WAYS, refused, words, world } from '../lib.mjs';

const at = await world({ students: 900 });

const card = (page, id) => page.locator('section', { has: page.locator(`#${id}`) });

/** Sends the form around a button and waits for the page that follows. */
async function sent(page, button) {
  await Promise.all([page.waitForEvent('load'), button.click()]);
}

/** Loads the page until the words stand in the place: what travels comes back in its own time. */
async function until(page, place, said) {
  for (let tries = 0; tries < 40; tries += 1) {
    if (await place().getByText(said, { exact: true }).count() > 0) return;
    await page.waitForTimeout(250);
    await page.reload();
  }
  assert.fail(`${said} never stood on ${page.url()}`);
}

/** The address of a school with senior high school, from its list of classes. */
async function highSchool(page) {
  await page.goto(`${at.sis}/sections?q=ELA1105`);
  const schools = await page.locator('select[name=school] option').evaluateAll((all) => all.map((one) => one.value).filter(Boolean));
  for (const school of schools) {
    await page.goto(`${at.sis}/sections?school=${school}&q=ELA1105`);
    if (await page.locator('main tbody a').count() > 0) return school;
  }
  return assert.fail('no school teaches ELA1105');
}

for (const [turn, { lang, width, way }] of WAYS.entries()) {
  const say = words(lang);

  test(`a class and its student reach PASI, and a day that the province changes is taken (${way})`, async () => {
    const page = await at.signedIn('coordinator', { lang, width });
    const school = await highSchool(page);
    // A class of the practice division is in PASI from the start.
    await page.locator('main tbody a').first().click();
    await card(page, 'pasi').getByText(say['sections-pasi-there'], { exact: true }).waitFor();
    await at.fine(page, `class-in-pasi-${way}`);

    await page.goto(`${at.sis}/sections/new?school=${school}`);
    await page.fill('#f-number', `LDC ${way}`);
    await page.locator('select[name=courses]').first().selectOption({ label: 'LDC1515 · Locally developed course 15' });
    await sent(page, page.locator('main form button.btn-p'));
    const section = page.url();
    // PASI has it, and warns that the course needs permission.
    await until(page, () => card(page, 'pasi'), say['sections-pasi-alerted']);
    await page.getByText('40137').first().waitFor();
    await at.fine(page, `class-alerted-${way}`);

    await page.goto(`${section}/change`);
    await page.locator('select[name=courses]').first().selectOption({ label: 'OTH1999 · Special Projects 10' });
    await sent(page, page.locator('main form button.btn-p'));
    await page.goto(`${section}/offering`);
    await page.fill('#f-credits', '3');
    await page.fill('#f-minutes', '9000');
    await at.fine(page, `class-offering-${way}`);
    await sent(page, page.locator('main form button.btn-p'));
    await page.getByText('40140').first().waitFor();
    await at.fine(page, `class-offering-warned-${way}`);
    await page.fill('#f-minutes', '4500');
    await sent(page, page.locator('main form button.btn-p'));
    await page.waitForURL(section);
    await until(page, () => card(page, 'pasi'), say['sections-pasi-there']);

    await page.goto(`${section}/add`);
    const seats = page.locator('input[name=student]');
    await seats.nth(turn).check();
    await sent(page, page.locator('button[name=act][value=check]'));
    await sent(page, page.locator('button[name=act][value=apply]'));
    await page.waitForURL(section);
    await until(page, () => card(page, 'class').locator('tbody'), say['sections-pasi-there']);
    await at.fine(page, `class-seated-${way}`);

    const row = card(page, 'class').locator('tbody tr').first();
    const student = await row.locator('a[href^="/students/"]').first().getAttribute('href');
    const seat = await row.locator('a[href*="/sections/"]').first().getAttribute('href');
    await page.goto(`${at.sis}${seat}`);
    await at.fine(page, `class-claim-${way}`);
    const id = seat.split('/').pop();
    assert.equal((await at.province('GET', `/course-enrolments/${id}`)).credits_attempted, 3);

    const theirs = (await at.province('GET', `/course-enrolments/${id}`));
    assert.equal(theirs.exit_date, null);
    await at.province('POST', '/course-enrolment', { ref_id: id, credits_attempted: 2 });
    await page.goto(`${at.sis}${student}/timetable`);
    await until(page, () => page.locator('main'), say['sections-pasi-differs']);
    await at.fine(page, `student-courses-differ-${way}`);
    await page.goto(`${at.sis}${student}`);
    const form = page.locator('#live-part form', { hasText: say['pasi-field-credits'] });
    await form.waitFor({ timeout: 30_000 });
    await at.fine(page, `class-difference-${way}`);
    for (const one of await page.locator('#live-part input[value=theirs]').all()) await one.check({ force: true });
    await page.locator('#live-part form button.btn-p').click();
    await page.locator('#live-part').getByText(say['pasi-agrees']).waitFor();
    await page.goto(`${at.sis}${seat}`);
    assert.equal(await page.locator('#f-credits').inputValue(), '2', 'PASI’s credits are ours now');
    await page.goto(`${at.sis}${student}/timetable`);
    await until(page, () => page.locator('main'), say['sections-pasi-there']);
    await at.fine(page, `student-courses-${way}`);
    refused(page);
    await page.context().close();
  });
}

test('the catalogue says what PASI changes, and the policy has the two kinds', async () => {
  const page = await at.signedIn('coordinator');
  await page.goto(`${at.sis}/pasi/policy`);
  assert.equal(await page.locator('input[name=section]').count(), 2);
  assert.equal(await page.locator('input[name="course-enrolment"]').count(), 2);
  await at.fine(page, 'policy-classes');
  await page.goto(`${at.sis}/sections/courses`);
  await at.fine(page, 'courses-pasi');
  await page.context().close();
});
