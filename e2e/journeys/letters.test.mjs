// Letters about attendance: the secretary sees who is due one, explains an absence so that a student drops out, makes the
// letters, prints them in the language of the home, takes them back, mails them; a teacher may not.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { WAYS, ownClock, refused, words, world } from '../lib.mjs';

/** A Tuesday of instruction in October at one in Alberta, within a year. */
function aTuesday() {
  const now = new Date();
  const day = new Date(Date.UTC(now.getUTCFullYear(), 9, 20, 19, 5));
  if (day < now) day.setUTCFullYear(day.getUTCFullYear() + 1);
  while (day.getUTCDay() !== 2) day.setUTCDate(day.getUTCDate() + 1);
  return day;
}

const clock = ownClock();
clock.set(`+${Math.round((aTuesday() - Date.now()) / 1000)}`);
const at = await world({ students: 400, clock });
const on = (path) => `${at.sis}${path}`;
const folder = mkdtempSync(join(tmpdir(), 'lodgepole-letters-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** What a file says, as a reader of it sees it. */
async function paper(page, address) {
  const answer = await page.request.get(on(address));
  assert.equal(answer.status(), 200, address);
  assert.equal(answer.headers()['content-type'], 'application/pdf', address);
  const bytes = await answer.body();
  const file = join(folder, 'paper.pdf');
  writeFileSync(file, bytes);
  const run = (tool, ...words) => execFileSync(tool, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return { bytes, text: run('pdftotext', '-layout', file, '-').replaceAll('\u00a0', ' '), info: run('pdfinfo', file) };
}

/** The students in the list of those due: id, what was counted, who is written to and who is not. */
const due = (page) => page.locator('main .stack[id^=student-]').evaluateAll((all) => all.map((one) => ({
  id: one.id.replace('student-', ''),
  name: one.querySelector('b').textContent,
  ticked: one.querySelector('input[name=student]')?.checked ?? false,
  counted: one.querySelector('summary').textContent,
  text: one.innerText,
})));

const save = async (page, button) => {
  await Promise.all([page.waitForEvent('load'), button.click()]);
};

for (const { lang, width, way } of WAYS) {
  const say = words(lang);

  test(`the secretary explains an absence and sends the letters (${way})`, async () => {
    const page = await at.signedIn('secretary', { width, lang });
    await page.goto(on('/attendance/letters'));
    await at.fine(page, `letters-begin-${way}`);
    await page.getByRole('link', { name: say['letters-when'] }).click();
    await page.locator('main form[method=post]').waitFor();
    const steps = page.locator('#f-half_days, #f-periods');
    await steps.fill('9 5');
    await save(page, page.locator('main form[method=post] button.btn-p'));
    refused(page);
    await page.locator('.find.e').first().waitFor();
    await at.fine(page, `letters-when-${way}`);
    await steps.fill('2 30');
    await save(page, page.locator('main form[method=post] button.btn-p'));
    await page.waitForURL(/letters\?school=/);
    const before = await due(page);
    assert.ok(before.length > 2, `${before.length} students are due a letter`);
    assert.ok(before.every((one) => /\d/.test(one.counted)), 'each with what was counted');
    await at.fine(page, `letters-${way}`);

    // The home of one of them reads French.
    const french = before.find((one) => one.ticked);
    await page.goto(on(`/students/${french.id}/identity/details`));
    await page.locator('#f-letters_in').selectOption('FRA');
    await save(page, page.locator('main form[method=post] button.btn-p').last());

    // An absence of another is explained: the count falls below the threshold.
    const gone = await explain(page, say, before.filter((one) => one.id !== french.id));
    await page.goto(on('/attendance/letters'));
    const left = await due(page);
    assert.ok(!left.some((one) => one.id === gone), 'who was explained is due nothing');

    await save(page, page.getByRole('button', { name: say['letters-make'] }));
    await page.waitForURL(/made=/);
    await at.fine(page, `letters-made-${way}`);
    const link = page.locator('[role=status] a', { hasText: say['letters-print'] });
    const address = await link.getAttribute('href');
    const { text, info, bytes } = await paper(page, address);
    assert.match(info, /Tagged:\s+yes/);
    const ticked = left.filter((one) => one.ticked);
    assert.ok(Number(info.match(/Pages:\s+(\d+)/)[1]) >= ticked.length, 'a page for each address');
    const plain = (name) => name.split(',')[0];
    for (const one of ticked) assert.match(text, new RegExp(plain(one.name)), `${one.name} is written about`);
    assert.match(text, /Bonjour/, 'one of them in French');
    assert.match(text, /Dear/, 'the others in English');
    assert.match(text, /[A-Z]\d[A-Z] \d[A-Z]\d/, 'a postal code');
    const again = await paper(page, address);
    assert.ok(bytes.equals(again.bytes), 'printed again it is the same file');

    // The letter stands in the student's attendance, until it is taken back.
    await page.goto(on(`/students/${french.id}/attendance`));
    await page.locator('#letters').waitFor();
    await at.fine(page, `letters-student-${way}`);
    const own = await page.locator('section', { has: page.locator('#letters') }).locator('a').first().getAttribute('href');
    assert.match((await paper(page, own)).text, /Bonjour/);
    assert.match((await paper(page, `/students/${french.id}/attendance/pdf`)).info, /Tagged:\s+yes/);
    await page.goto(on('/attendance/letters'));
    await save(page, page.locator('form[action="/attendance/letters/undo"] button').first());
    await page.getByText(say['letters-undone']).first().waitFor();
    assert.equal((await due(page)).length, left.length, 'each is due again');
    await page.context().close();
  });
}

/** Explains an absence of one of the students, who drops below the threshold of two; gives the student. */
async function explain(page, say, students) {
  for (const one of students.filter(({ counted }) => !/[3-9]|\d\d/.test(counted))) {
    await page.goto(on(`/students/${one.id}/attendance`));
    const rows = await page.locator('section', { has: page.locator('#days') }).locator('tbody tr').count();
    assert.ok(rows > 0);
    for (let back = 0; back < 40; back += 1) {
      const day = new Date(aTuesday().getTime() - back * 86_400_000).toISOString().slice(0, 10);
      await page.goto(on(`/attendance/unexplained?on=${day}`));
      const card = page.locator('section.card', { has: page.locator(`[id="s-${one.id}"]`) });
      if (await card.count() === 0) continue;
      await card.locator('select[name=letter]').selectOption('I');
      await save(page, card.getByRole('button', { name: say['unexplained-explain'] }));
      // A period on a day with a daily roll counts nothing.
      await page.goto(on('/attendance/letters'));
      if (!(await due(page)).some(({ id }) => id === one.id)) return one.id;
    }
  }
  return assert.fail('nobody with two absences has one that nobody explained');
}

test('letters that were mailed are not taken back; two clicks are one batch', async () => {
  const page = await at.signedIn('secretary');
  await page.goto(on('/attendance/letters'));
  const form = await page.locator('form[action="/attendance/letters"]').evaluate((one) => new URLSearchParams(new FormData(one)).toString());
  const post = (body) => page.evaluate(async (sent) => (await fetch('/attendance/letters', { method: 'POST', body: new URLSearchParams(sent) })).url, body);
  const [one, two] = [await post(form), await post(form)];
  assert.match(one, /made=/);
  assert.equal(one, two, 'a form sent twice is one batch');
  await page.goto(on('/attendance/letters'));
  await save(page, page.locator('form[action="/attendance/letters/mailed"] button').first());
  await page.getByText('mailed').first().waitFor();
  assert.equal(await page.locator('form[action="/attendance/letters/undo"]').count(), 0, 'the way back is gone');
  await at.fine(page, 'letters-mailed');
  await page.context().close();
});

test('the coordinator writes the text, is told what nobody fills in, and looks at one', async () => {
  for (const lang of ['en', 'fr']) {
    const say = words(lang);
    const page = await at.signedIn('coordinator', { lang, width: lang === 'fr' ? 390 : 1440 });
    await page.goto(on('/attendance/letters/text'));
    await at.fine(page, `letters-text-${lang}`);
    const body = page.locator('#f-body');
    const was = await body.inputValue();
    await body.fill(`${was}\n\n{studnet}`);
    await save(page, page.getByRole('button', { name: say.save, exact: true }));
    refused(page);
    await page.getByText('{studnet}').first().waitFor();
    await at.fine(page, `letters-text-refused-${lang}`);
    await body.fill(`${was}\n\nCall {phone}, #panic() *now*.`);
    const form = await page.locator('form[action="/attendance/letters/text"][method=post]').evaluate((one) => new URLSearchParams(new FormData(one)).toString());
    const answer = await page.request.post(on('/attendance/letters/text'), { data: `${form}&act=look`, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    assert.equal(answer.headers()['content-type'], 'application/pdf');
    await page.context().close();
  }
});

test('timetables and records are printed; a teacher sends no letters', async () => {
  const office = await at.signedIn('secretary');
  const { url } = await at.student(office, 0);
  const path = new URL(url).pathname;
  const timetable = await paper(office, `${path}/timetable/pdf`);
  assert.match(timetable.info, /792 x 612/, 'it lies on its side');
  await office.goto(on('/attendance/summary?who=all'));
  await at.fine(office, 'summary-paper');
  const school = new URL(await office.locator('.tabs a, nav a[href*="school="]').first().evaluate((a) => a.href)).searchParams.get('school');
  const room = await office.locator('#f-homeroom option').last().getAttribute('value');
  const records = await paper(office, `/attendance/summary/pdf?school=${school}&homeroom=${encodeURIComponent(room)}`);
  assert.match(records.text, /Whole year/);
  await office.context().close();

  const teacher = await at.signedIn('teacher');
  for (const address of ['/attendance/letters', '/attendance/letters/when', '/attendance/letters/text', '/attendance/summary/pdf']) {
    assert.equal((await teacher.request.get(on(address))).status(), 403, address);
  }
  const secretary = await at.signedIn('secretary');
  assert.equal((await secretary.request.get(on('/attendance/letters/text'))).status(), 403, 'the text is the division’s');
  for (const page of [teacher, secretary]) await page.context().close();
});
