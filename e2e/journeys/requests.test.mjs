// Course requests: a student's are entered, ordered, taken back and put back; many at once; the loader plans the next
// semester, the report is read, the plan is applied and taken back whole.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WAYS, refused, words, world } from '../lib.mjs';

const at = await world();

/** Sends the form around a button and waits for the page that follows. */
async function sent(page, button) {
  await Promise.all([page.waitForEvent('load'), button.click()]);
}

/** The rows of a card. */
const rows = (page, card) => page.locator('section', { has: page.locator(`#${card}`) }).locator('tbody tr');

/** The school that has requests: the one of which the loader's page tells some. */
async function schoolWithRequests(page) {
  await page.goto(`${at.sis}/sections/requests`);
  const schools = page.locator('select[name=school] option');
  const values = await schools.evaluateAll((all) => all.map((one) => one.value).filter(Boolean));
  for (const school of values) {
    await page.goto(`${at.sis}/sections/requests?school=${school}`);
    if (await page.locator('#requests-rows tbody tr a').count() > 0) return school;
  }
  throw new Error('no school has requests');
}

for (const { lang, width, way } of WAYS) {
  const say = words(lang);

  test(`a coordinator enters requests, loads the next semester, reads the report and takes it back (${way})`, async () => {
    const page = await at.signedIn('coordinator', { lang, width });
    const school = await schoolWithRequests(page);
    await at.fine(page, `requests-${way}`);

    await page.locator('#requests-rows tbody a').first().click();
    const student = page.locator('#requests-rows tbody a[href^="/students/"]').first();
    await student.waitFor();
    await at.fine(page, `requests-course-${way}`);
    const address = (await student.getAttribute('href'));
    await page.goto(`${at.sis}${address}`);
    const before = await rows(page, 'asked').count();
    assert.ok(before > 3, 'the practice student asks for courses');
    await at.fine(page, `student-requests-${way}`);

    await sent(page, page.locator('button[name=act][value=add]'));
    await page.getByText(say['finding-LP-0542']).first().waitFor();
    refused(page);
    await at.fine(page, `student-requests-refused-${way}`);
    const options = await page.locator('select[name=course] option').evaluateAll((all) => all.map((one) => one.textContent));
    const wanted = options.find((text) => text.startsWith('PED3445')) ?? options.at(-1);
    await page.locator('select[name=course]').selectOption({ label: wanted });
    await sent(page, page.locator('button[name=act][value=add]'));
    assert.equal(await rows(page, 'asked').count(), before + 1, 'it is asked for');
    await sent(page, rows(page, 'asked').last().locator('button[value=raise]'));
    await sent(page, rows(page, 'asked').filter({ hasText: wanted.split(' ')[0] }).locator('button[value=withdraw]'));
    assert.equal(await rows(page, 'asked').count(), before, 'it is taken back');
    await sent(page, rows(page, 'withdrawn').first().locator('button[value=restore]'));
    assert.equal(await rows(page, 'asked').count(), before + 1, 'and put back');
    await sent(page, rows(page, 'asked').filter({ hasText: wanted.split(' ')[0] }).locator('button[value=withdraw]'));
    await at.fine(page, `student-requests-withdrawn-${way}`);

    await page.goto(`${at.sis}/sections/requests/many?school=${school}`);
    await at.fine(page, `requests-many-${way}`);
    await page.locator('select[name=course]').first().selectOption({ index: 1 });
    await page.locator('select[name=grade]').selectOption({ index: 1 });
    await page.locator('textarea[name=numbers]').fill('0');
    await sent(page, page.locator('button[name=act][value=check]'));
    await page.locator('button[name=act][value=apply]').waitFor();
    await at.fine(page, `requests-many-checked-${way}`);

    await page.goto(`${at.sis}/sections/load?school=${school}`);
    await at.fine(page, `load-${way}`);
    await page.locator('textarea[name=linked]').fill('nothing = nowhere');
    await sent(page, page.locator('main form button.btn-p'));
    await page.locator('.field-error, .err, [aria-invalid=true]').first().waitFor();
    refused(page);
    await at.fine(page, `load-refused-${way}`);
    await page.locator('textarea[name=linked]').fill('');
    await sent(page, page.locator('main form button.btn-p'));
    await page.waitForURL(/\/sections\/load\/[0-9a-f-]{36}$/);
    const apply = page.locator('button[value=apply]');
    await apply.waitFor({ timeout: 60_000 });
    await at.fine(page, `load-planned-${way}`);
    const report = await page.request.get(`${page.url()}/report`);
    assert.equal(report.status(), 200);
    const lines = (await report.text()).trim().split('\n');
    assert.ok(lines.length > 20, 'every request is a line of the report');

    await sent(page, apply);
    const undo = page.locator('button[value=undo]');
    await undo.waitFor({ timeout: 60_000 });
    await at.fine(page, `load-applied-${way}`);
    const filled = await rows(page, 'by-class').first().locator('a').getAttribute('href');
    const run = page.url();
    await page.goto(`${at.sis}${filled}`);
    assert.ok(await rows(page, 'class').count() > 0, 'students are in the class');
    await page.goto(run);
    await sent(page, page.locator('button[value=undo]'));
    await page.getByText(say['load-new']).waitFor({ timeout: 60_000 });
    await at.fine(page, `load-undone-${way}`);
    await page.goto(`${at.sis}${filled}`);
    assert.equal(await rows(page, 'class').locator('a[href^="/students/"]').count(), 0, 'nobody is in it any more');
    await page.context().close();
  });
}

test('a teacher opens neither the requests of a school nor a run of the loader', async () => {
  const office = await at.signedIn('coordinator');
  const school = await schoolWithRequests(office);
  await office.goto(`${at.sis}/sections/load?school=${school}`);
  const run = await office.locator('a[href^="/sections/load/"]').first().getAttribute('href');
  const teacher = await at.signedIn('teacher');
  assert.equal((await teacher.request.get(`${at.sis}${run}`)).status(), 403);
  assert.equal((await teacher.request.get(`${at.sis}/sections/requests`)).status(), 403);
  for (const page of [office, teacher]) await page.context().close();
});
