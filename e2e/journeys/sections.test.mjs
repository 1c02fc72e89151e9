// Classes: the office makes one, puts students in after a check, says who teaches it, takes one out; a teacher sees the
// own classes and no others; timetables of a student, a teacher and a room.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WAYS, refused, words, world } from '../lib.mjs';

const at = await world();

const rows = (page, card) => page.locator('section', { has: page.locator(`#${card}`) }).locator('tbody tr');

/** Sends the form around a button and waits for the page that follows. */
async function sent(page, button) {
  await Promise.all([page.waitForEvent('load'), button.click()]);
}

for (const { lang, width, way } of WAYS) {
  const say = words(lang);

  test(`a secretary makes a class, fills it after a check, and takes a student out (${way})`, async () => {
    const page = await at.signedIn('secretary', { lang, width });
    await page.goto(`${at.sis}/sections`);
    await page.locator('main tbody a').first().waitFor();
    await at.fine(page, `sections-${way}`);

    await page.goto(`${at.sis}/sections/new`);
    await sent(page, page.locator('main form button.btn-p'));
    await page.getByText(say['finding-LP-0501']).first().waitFor();
    refused(page);
    await at.fine(page, `section-new-refused-${way}`);
    await page.fill('#f-number', `Band ${way}`);
    await page.fill('#f-capacity', '3');
    await page.locator('select[name=courses]').first().selectOption({ label: 'MUS · Music' });
    await page.check(`input[name=meetings][value="${WAYS.findIndex((one) => one.way === way) + 1}-12"]`);
    await at.fine(page, `section-new-${way}`);
    await sent(page, page.locator('main form button.btn-p'));
    await page.waitForURL(/\/sections\/[0-9a-f-]{36}$/);
    const section = page.url();
    await at.fine(page, `section-empty-${way}`);

    await page.locator('a[href$="/add"]').first().click();
    await page.locator('select[name=homeroom]').selectOption({ index: 1 });
    await page.locator('form.filters button[type=submit]').click();
    const ticks = page.locator('input[name=student]');
    await ticks.first().waitFor();
    assert.ok(await ticks.first().isChecked(), 'a homeroom is ticked whole');
    await at.fine(page, `section-add-${way}`);
    await sent(page, page.locator('button[name=act][value=check]'));
    await page.locator('button[name=act][value=apply]').waitFor();
    await at.fine(page, `section-add-checked-${way}`);
    await sent(page, page.locator('button[name=act][value=apply]'));
    await page.waitForURL(section);
    assert.equal(await rows(page, 'class').count(), 3, 'as many as it holds');
    assert.ok(await rows(page, 'waiting').count() > 0, 'the others wait');

    await page.locator('#f-account').selectOption({ index: 1 });
    await sent(page, page.locator('form[action$="/staff"] button[type=submit]'));
    await page.locator('section', { has: page.locator('#staff') }).locator('li').first().waitFor();
    await at.fine(page, `section-${way}`);

    const student = await rows(page, 'class').first().locator('a[href^="/students/"]').getAttribute('href');
    await rows(page, 'class').first().locator('a[href*="/students/"]').last().click();
    await page.locator('form[action$="/out"]').waitFor();
    await at.fine(page, `section-student-${way}`);
    await page.locator('form[action$="/error"] input[name=reason]').fill('another class');
    await sent(page, page.locator('form[action$="/error"] button[type=submit]'));
    await page.waitForURL(section);
    assert.equal(await rows(page, 'class').count(), 2);

    await rows(page, 'waiting').first().locator('a[href*="/students/"]').last().click();
    await sent(page, page.locator('form[action$="/in"] button[type=submit]'));
    await page.waitForURL(section);
    assert.equal(await rows(page, 'class').count(), 3, 'the first who waited is in');

    await page.goto(`${at.sis}${student}/timetable`);
    await at.fine(page, `student-timetable-${way}`);
    await page.context().close();
  });

  test(`timetables of a teacher and of a room (${way})`, async () => {
    const page = await at.signedIn('principal', { lang, width });
    await page.goto(`${at.sis}/sections/timetable`);
    await at.fine(page, `timetable-choose-${way}`);
    await page.locator('#f-room').selectOption({ index: 1 });
    await page.locator('main form button.btn-p').click();
    await page.locator('.tt-l').first().waitFor({ state: 'attached' });
    await at.fine(page, `timetable-room-${way}`);
    await page.goto(`${at.sis}/sections/courses`);
    await at.fine(page, `courses-${way}`);
    await page.context().close();
  });

  test(`a teacher sees the own classes and no others (${way})`, async () => {
    const teacher = await at.signedIn('teacher', { lang, width });
    await teacher.goto(`${at.sis}/sections`);
    const own = await teacher.locator('main tbody a').evaluateAll((all) => all.map((a) => a.href));
    assert.ok(own.length > 0, 'the practice teacher has classes');
    await at.fine(teacher, `sections-own-${way}`);
    await teacher.goto(own[0]);
    assert.ok(await rows(teacher, 'class').count() > 0, 'with students');
    assert.equal(await teacher.locator('a[href$="/add"]').count(), 0, 'a teacher puts nobody in');
    await at.fine(teacher, `section-own-${way}`);
    await teacher.goto(`${at.sis}/sections/timetable`);
    await at.fine(teacher, `timetable-own-${way}`);
    const office = await at.signedIn('secretary');
    await office.goto(`${at.sis}/sections`);
    const all = await office.locator('main tbody a').evaluateAll((found) => found.map((a) => a.href));
    const other = all.find((href) => !own.includes(href));
    assert.equal((await teacher.request.get(other)).status(), 404, 'another’s class stays unknown');
    assert.equal((await teacher.request.get(`${own[0]}/change`)).status(), 403);
    for (const page of [teacher, office]) await page.context().close();
  });
}
