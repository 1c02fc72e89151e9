// The ministry's console: what a person at the province's desk does, and what the division then sees. What differs
// stands side by side until somebody of the division decides.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WAYS, refused, words, world } from '../lib.mjs';

const at = await world({ students: 1200 });

const STUDENT = /\/students\/[0-9a-f-]{36}$/;

/** A student of the list without a restriction: address at the division, number, birth date at the province. */
async function student(page, row) {
  for (let place = row; ; place += 1) {
    await page.goto(`${at.sis}/students`);
    await page.locator('main table tbody a').nth(place).click();
    await page.waitForURL(STUDENT);
    const number = (await page.locator('body').innerText()).match(/\d{4}-\d{4}-\d/)[0];
    const theirs = await at.province('GET', `/students/${number.replaceAll('-', '')}`);
    // Whoever comes of age by the change differs in more than the date.
    if (!theirs.disclosure_restrictions.length && theirs.identification.birth_date > '2012') return { url: page.url(), number, born: theirs.identification.birth_date };
  }
}

/** The console, as the person's browser shows it. */
async function desk(way) {
  const page = await at.page(way);
  await page.goto(at.console);
  return page;
}

/** Opens the division's queue again and again until its foot says so. */
async function until(sis, what, says) {
  for (let tries = 0; ; tries += 1) {
    await sis.goto(`${at.sis}/pasi`);
    if (says(await sis.locator('#pasi-foot').innerText())) return;
    assert.ok(tries < 60, what);
    await sis.waitForTimeout(500);
  }
}

for (const [row, { lang, width, way }] of WAYS.entries()) {
  test(`the ministry changes a birth date, and the division takes it (${way})`, async () => {
    const say = words(lang);
    const sis = await at.signedIn('coordinator', { lang, width });
    const { url, number, born } = await student(sis, 3 + row * 6);
    const [year, month, day] = born.split('-');
    const corrected = `${year}-${month}-${day === '11' ? '12' : '11'}`;

    const ministry = await desk({ lang, width });
    await at.fine(ministry, `console-${way}`);
    await ministry.goto(`${at.console}/students`);
    await ministry.fill('input[name=q]', number);
    await ministry.press('input[name=q]', 'Enter');
    await ministry.locator('table tbody a').filter({ hasText: /\S/ }).first().click();
    await at.fine(ministry, `console-student-${way}`);
    assert.doesNotMatch(await ministry.title(), /\d{4}-\d\d-\d\d/, 'no birth date in a title');
    await ministry.getByRole('link', { name: say['desk-change-go'] }).click();
    await at.fine(ministry, `console-change-${way}`);
    await ministry.fill('#f-born-day', '31');
    await ministry.fill('#f-born-month', '02');
    await ministry.locator('#f-born-day').press('Enter');
    await ministry.getByText(say['desk-born-wrong']).first().waitFor();
    refused(ministry);
    await ministry.fill('#f-born-month', month);
    await ministry.fill('#f-born-day', corrected.slice(8));
    await ministry.locator('#f-born-day').press('Enter');
    await ministry.getByText(say['desk-done-identity']).first().waitFor();
    await ministry.getByText(corrected).first().waitFor();

    await sis.goto(url);
    const differing = sis.locator('#live-part [data-df]', { hasText: corrected });
    await differing.waitFor({ timeout: 30_000 });
    assert.match(await differing.innerText(), new RegExp(born), 'both stand side by side');
    await at.fine(sis, `console-difference-${way}`);
    await sis.locator('#live-part form button.btn-p').click();
    await sis.waitForURL(STUDENT);
    await sis.locator('#live-part form').waitFor({ state: 'detached' });
    assert.match(await sis.locator('main').innerText(), new RegExp(corrected), 'the record has the new date');

    await ministry.goto(`${at.console}/traffic?q=GetStudent`);
    await ministry.locator('table tbody a').first().click();
    await ministry.locator('pre').first().waitFor();
    await at.fine(ministry, `console-call-${way}`);
    await ministry.context().close();
    await sis.context().close();
  });
}

for (const { lang, width, way } of [WAYS[0], WAYS[3]]) {
  test(`the ministry lets PASI be away, and everybody is told until it ends (${way})`, async () => {
    const say = words(lang);
    const ministry = await desk({ lang, width });
    await ministry.goto(`${at.console}/trouble`);
    await ministry.locator('input[name=outage][value=fault]').check();
    await ministry.fill('#f-latency', 'slow');
    await ministry.getByRole('button', { name: say['desk-trouble-save'] }).click();
    await ministry.getByText(say['desk-latency-wrong']).first().waitFor();
    refused(ministry);
    await ministry.fill('#f-latency', '5');
    await ministry.fill('#f-race', '2');
    await ministry.getByRole('button', { name: say['desk-trouble-save'] }).click();
    await ministry.getByText(say['desk-alarm']).first().waitFor();
    await at.fine(ministry, `console-trouble-${way}`);
    await ministry.goto(at.console);
    await ministry.getByText(say['desk-is-faulting']).first().waitFor();
    const sis = await at.signedIn('coordinator', { lang, width: 1440 });
    await until(sis, 'the division is told that PASI is away', (foot) => foot.includes(say['pasi-away']));
    await ministry.goto(`${at.console}/trouble`);
    await ministry.getByRole('button', { name: say['desk-trouble-end'] }).click();
    await ministry.getByText(say['desk-done-calm']).first().waitFor();
    assert.equal(await ministry.getByText(say['desk-alarm']).count(), 0, 'nothing is wrong any more');
    await until(sis, 'the division finds PASI again by itself', (foot) => !foot.includes(say['pasi-away']));
    await ministry.context().close();
    await sis.context().close();
  });
}

for (const { lang, width, way } of [WAYS[0], WAYS[3]]) {
  test(`the ministry posts the result of an exam, and it stands with the student (${way})`, async () => {
    const say = words(lang);
    const ministry = await at.page({ lang, width });
    await ministry.goto(`${at.console}/students?q=a`);
    await ministry.locator('table tbody a').nth(width === 390 ? 1 : 0).click();
    await ministry.getByRole('link', { name: say['desk-results-go'] }).click();
    const form = ministry.locator('form[action$="/results/exam"]');
    await form.locator('select[name=exam]').selectOption({ index: await form.locator('select[name=exam] option').count() - 1 });
    await form.locator('button.btn-p').click();
    await ministry.getByText('40597').first().waitFor();
    refused(ministry);
    await at.fine(ministry, `console-results-${way}`);
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    await form.locator('input[name=mark]').fill('72');
    await form.locator('input[name=achieved]').fill(yesterday);
    await form.locator('button.btn-p').click();
    await ministry.getByText(say['desk-done-exam']).first().waitFor();
    await ministry.getByText(/^72\s%$/).first().waitFor();
    await at.fine(ministry, `console-result-${way}`);
    await ministry.context().close();
  });
}

for (const [row, { lang, width, way }] of [WAYS[0], WAYS[3]].entries()) {
  test(`the ministry changes a phone, an enrolment and an alert, and the division sees each (${way})`, async () => {
    const say = words(lang);
    const sis = await at.signedIn('coordinator', { lang, width });
    const { url, number } = await student(sis, 30 + row * 6);
    const record = `${at.console}/students/${number.replaceAll('-', '')}`;
    const ministry = await desk({ lang, width });
    const form = (kind) => ministry.locator(`form[action$="/${kind}"]`);

    await ministry.goto(`${record}/change?phone=00000000-0000-0000-0000-000000000000`);
    await form('phone').locator('[name=phone_kind]').selectOption('Mobile');
    await form('phone').locator('[name=phone_number]').fill('780');
    await form('phone').locator('button.btn-p').click();
    await ministry.getByText('3002').first().waitFor();
    refused(ministry);
    await at.fine(ministry, `console-records-${way}`);
    await form('phone').locator('[name=phone_number]').fill(`587555010${row}`);
    await form('phone').locator('button.btn-p').click();
    await ministry.getByText(say['desk-done-phone']).first().waitFor();

    await ministry.goto(`${record}/change`);
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    await form('enrolment').locator('[name=enrolled_exit]').fill(yesterday);
    await form('enrolment').locator('[name=enrolled_why]').selectOption('WithdrawalDate');
    await form('enrolment').locator('button.btn-p').click();
    await ministry.getByText(say['desk-done-enrolment']).first().waitFor();

    await ministry.goto(`${record}/change?medical=00000000-0000-0000-0000-000000000000`);
    await form('medical').locator('[name=medical_kind]').selectOption('Serious');
    await form('medical').locator('[name=medical_text]').fill('Bee stings\nEpiPen in the office');
    await form('medical').locator('button.btn-p').click();
    await ministry.getByText(say['desk-done-medical']).first().waitFor();
    await at.fine(ministry, `console-record-${way}`);

    await sis.goto(url);
    for (const told of [`587-555-010${row}`, yesterday, 'Bee stings']) {
      await sis.locator('#live-part [data-df]', { hasText: told }).first().waitFor({ timeout: 30_000 });
    }
    await at.fine(sis, `console-records-differ-${way}`);
    await ministry.goto(`${at.console}/trail`);
    await ministry.getByText('student.medical').first().waitFor();
    assert.doesNotMatch(await ministry.locator('main').innerText(), /Bee stings/, 'the trail tells no content');
    await ministry.context().close();
    await sis.context().close();
  });
}

for (const [row, { lang, width, way }] of [WAYS[0], WAYS[3]].entries()) {
  test(`the ministry changes what a student takes, and a class, and the division sees both (${way})`, async () => {
    const say = words(lang);
    const sis = await at.signedIn('coordinator', { lang, width });
    await sis.goto(`${at.sis}/sections?q=ELA1105`);
    const schools = await sis.locator('select[name=school] option').evaluateAll((all) => all.map((one) => one.value).filter(Boolean));
    for (const school of schools) {
      await sis.goto(`${at.sis}/sections?school=${school}&q=ELA1105`);
      if (await sis.locator('main tbody a').count() > row) break;
    }
    await sis.locator('main tbody a').nth(row).click();
    await sis.waitForURL(/\/sections\/[0-9a-f-]{36}/);
    const section = sis.url();
    const student = await sis.locator('main tbody a[href^="/students/"]').first().getAttribute('href');
    await sis.goto(at.sis + student);
    const number = (await sis.locator('body').innerText()).match(/\d{4}-\d{4}-\d/)[0].replaceAll('-', '');

    const ministry = await desk({ lang, width });
    await ministry.goto(`${at.console}/students/${number}`);
    await ministry.locator('a[href^="/course-enrolments/"]', { hasText: 'ELA1105' }).first().click();
    await ministry.fill('#f-mark', '101');
    await ministry.locator('form[action^="/course-enrolments/"] button.btn-p').click();
    await ministry.getByText('9013').first().waitFor();
    refused(ministry);
    await at.fine(ministry, `console-course-${way}`);
    const last = `2026-10-${20 + row}`;
    await ministry.fill('#f-mark', '72');
    await ministry.fill('#f-left', last);
    await ministry.locator('form[action^="/course-enrolments/"] button.btn-p').click();
    await ministry.getByText(say['desk-done-course-enrolment']).first().waitFor();
    await sis.locator('#live-part [data-df]', { hasText: last }).first().waitFor({ timeout: 30_000 });
    await at.fine(sis, `console-course-differs-${way}`);

    await ministry.locator('a[href^="/sections/"]').first().click();
    await ministry.waitForURL(/\/sections\//);
    await ministry.fill('#f-minutes', '4321');
    await ministry.locator('form[action^="/sections/"] button.btn-p').click();
    await ministry.getByText(say['desk-done-section']).first().waitFor();
    await at.fine(ministry, `console-section-${way}`);
    for (let tries = 0; ; tries += 1) {
      await sis.goto(section);
      if ((await sis.locator('main').innerText()).replace(/\D/g, '').includes('4321')) break;
      assert.ok(tries < 60, 'the class shows what the ministry says');
      await sis.waitForTimeout(500);
    }
    await sis.getByText(say['sections-pasi-differs'], { exact: true }).first().waitFor();
    await ministry.context().close();
    await sis.context().close();
  });
}

for (const { lang, width, way } of [WAYS[0], WAYS[3]]) {
  test(`the ministry says what a system may do (${way})`, async () => {
    const say = words(lang);
    const ministry = await desk({ lang, width });
    await ministry.goto(`${at.console}/clients`);
    await ministry.fill('#f-name', `Trial ${way}`);
    await ministry.fill('#f-organization', 'A.3260');
    await ministry.getByRole('button', { name: say['desk-client-register'] }).click();
    await ministry.getByRole('link', { name: say['desk-certificate-kept'] }).click();
    const terms = ministry.locator('form[action$="/terms"]');
    await terms.locator('[name=addresses]').fill('192.0.2.700');
    await terms.locator('input[value="Medical Alert User"]').uncheck();
    await terms.locator('button.btn-p').click();
    await ministry.getByText(say['desk-ip-wrong']).first().waitFor();
    refused(ministry);
    await at.fine(ministry, `console-client-${way}`);
    await terms.locator('[name=addresses]').fill('192.0.2.7');
    await terms.locator('button.btn-p').click();
    await ministry.getByText(say['desk-done-client']).first().waitFor();
    assert.equal(await terms.locator('input[value="Medical Alert User"]').isChecked(), false);
    assert.equal(await terms.locator('[name=addresses]').inputValue(), '192.0.2.7');
    await ministry.context().close();
  });
}

for (const { lang, width, way } of WAYS) {
  test(`every page of the console is as it must be (${way})`, async () => {
    const ministry = await at.page({ lang, width, theme: width === 390 ? 'dark' : 'light' });
    await ministry.goto(`${at.console}/organizations`);
    const school = await ministry.locator('table tbody a').first().getAttribute('href');
    const pages = ['/more', '/organizations', school, '/codes', '/codes/Gender', '/codes/Gender/value?text=F', '/clients', '/clients/Lodgepole', '/traffic', '/documents', '/authorities/3260', '/trail'];
    for (const [number, path] of pages.entries()) {
      await ministry.goto(at.console + path);
      await at.fine(ministry, `console-page-${number}-${way}`);
    }
    await ministry.context().close();
  });
}
