// Around every page: the session that ends and the one that stays, the server that goes away and comes back,
// paper, the keyboard, what runs by itself, and one's own account.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { LANGUAGES, WIDTHS, axe, shot, startDemo, world } from '../lib.mjs';

const IDLE = 4;
const at = await world({ students: 300, flags: ['--idle-minutes', String(IDLE)] });

const STUDENT = /\/students\/[0-9a-f-]{36}$/;

/** The first student of a person's list. */
async function open(page) {
  await page.goto(`${at.sis}/students`);
  await page.locator('main table tbody a').first().click();
  await page.waitForURL(STUDENT);
  return page.url();
}

/** A form with little to fill in: another contact of the first student. */
async function contactForm(page) {
  const url = `${await open(page)}/family/contact`;
  await page.goto(url);
  await page.locator('main form[data-draft]').waitFor();
  return url;
}

const first = (page) => page.locator('main form[data-draft] input[type=text]').first();

for (const lang of LANGUAGES) {
  for (const width of WIDTHS) {
    test(`today tells each role what needs it, and leads there (${lang}, ${width} px)`, async () => {
      const coordinator = await at.signedIn('coordinator', { lang, width });
      await coordinator.goto(at.sis);
      // Counted after the page has come.
      const lacking = coordinator.locator('section[aria-labelledby=today-records] li').first();
      await lacking.waitFor();
      await at.fine(coordinator, `today-coordinator-${lang}-${width}`);
      const told = Number((await lacking.locator('.num').innerText()).match(/\d+/)[0]);
      await lacking.locator('a').click();
      await coordinator.waitForURL(/\/students\?missing=/);
      const listed = await coordinator.locator('main table tbody tr').count();
      assert.equal(listed, Math.min(told, 50), 'the list shows as many as Today has told');

      const teacher = await at.signedIn('teacher', { lang, width });
      await teacher.goto(at.sis);
      assert.equal(await teacher.locator('section[aria-labelledby=today-records]').count(), 0);
      await at.fine(teacher, `today-teacher-${lang}-${width}`);
      await teacher.locator('section[aria-labelledby=today-own] tbody a').first().click();
      await teacher.waitForURL(STUDENT);

      const director = await at.signedIn('director', { lang, width });
      await director.goto(at.sis);
      await director.locator('section[aria-labelledby=today-office] a[href="/division/accounts"]').first().waitFor();
      await at.fine(director, `today-director-${lang}-${width}`);
    });

    test(`before a session ends it says so, and staying works (${lang}, ${width} px)`, async () => {
      const page = await at.signedIn('secretary', { width, lang });
      await page.clock.install();
      await page.goto(`${at.sis}/students`);
      const banner = page.locator('#ban-idle');
      assert.ok(await banner.isHidden(), 'not at once');
      await page.clock.fastForward((IDLE - 2) * 60_000 + 10_000);
      await banner.waitFor();
      await at.fine(page, `idle-${lang}-${width}`);
      const told = page.waitForResponse((answer) => answer.url().endsWith('/session/stay'));
      await banner.getByRole('button').click();
      assert.equal((await told).status(), 204);
      await banner.waitFor({ state: 'hidden' });
      await page.clock.fastForward(60_000);
      assert.ok(await banner.isHidden(), 'it begins anew');
      await page.context().close();
    });

    test(`a session ended in another tab leads to sign-in and back, with what was typed (${lang}, ${width} px)`, async () => {
      const page = await at.signedIn('secretary', { width, lang });
      const url = await contactForm(page);
      await first(page).fill('Marguerite');
      const other = await page.context().newPage();
      await other.goto(`${at.sis}/account`);
      await other.evaluate(() => document.querySelector('form[action="/sign-out"]').requestSubmit());
      await other.waitForURL(/\/sign-in/);
      await page.locator('main form[data-draft] button[type=submit]').last().click();
      await page.waitForURL(/\/sign-in\?next=/);
      await page.locator(`button[name=role][value=secretary]`).click();
      await page.waitForURL((there) => !there.pathname.startsWith('/sign-in'));
      await page.goto(url);
      assert.equal(await first(page).inputValue(), 'Marguerite');
      await page.locator('main form[data-draft] .find.n').first().waitFor();
      await at.fine(page, `kept-${lang}-${width}`);
      await page.context().close();
    });

    test(`a student on paper has no navigation, and the name (${lang}, ${width} px)`, async () => {
      const page = await at.signedIn('secretary', { width, lang });
      await open(page);
      await page.emulateMedia({ media: 'print' });
      for (const part of ['.lp-top', '.lp-side', '.lp-tabs', '.skip', '.bans', 'main .btn']) {
        for (const found of await page.locator(part).all()) assert.ok(await found.isHidden(), `${part} is not printed`);
      }
      assert.ok(await page.locator('h1').isVisible());
      await at.fine(page, `paper-${lang}-${width}`);
      await page.context().close();
    });

    test(`by keyboard alone: find, student, enrolment (${lang}, ${width} px)`, async () => {
      const page = await at.signedIn('secretary', { width, lang });
      await page.goto(`${at.sis}/students`);
      const name = (await page.locator('main table tbody a').first().innerText()).split(',')[0];
      await page.goto(at.sis);
      await page.keyboard.press('Control+k');
      await page.locator('#find-q').waitFor();
      await page.keyboard.type(name);
      await page.locator('#find-list [role=option]').first().waitFor();
      await at.fine(page, `find-${lang}-${width}`);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/students\/[0-9a-f-]{36}/);
      for (let steps = 0; steps < 80; steps += 1) {
        await page.keyboard.press('Tab');
        if (await page.evaluate(() => /\/enrolment$/.test(document.activeElement?.getAttribute('href') ?? ''))) break;
      }
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/enrolment$/);
      await at.fine(page, `by-keyboard-${lang}-${width}`);
      await page.context().close();
    });

    test(`the coordinator sees what runs by itself, and runs it now (${lang}, ${width} px)`, async () => {
      const page = await at.signedIn(lang === 'fr' ? 'coordinator' : 'director', { width, lang });
      await page.goto(`${at.sis}/division/jobs`);
      const rows = page.locator('main tbody tr');
      assert.ok(await rows.count() >= 5, 'every kind has a row');
      await at.fine(page, `jobs-${lang}-${width}`);
      await rows.first().getByRole('button').click();
      await page.waitForURL(/\/division\/jobs$/);
      await page.waitForFunction(async () => {
        const answer = await fetch(location.href);
        const kinds = new DOMParser().parseFromString(await answer.text(), 'text/html');
        return [...kinds.querySelectorAll('tbody .p')].every((state) => state.classList.contains('ok'));
      }, null, { timeout: 30_000, polling: 500 });
      await page.context().close();
    });

    test(`the account page lists one’s sessions, and ends the others (${lang}, ${width} px)`, async () => {
      const page = await at.signedIn('secretary', { width, lang });
      const lost = await at.signedIn('secretary', { width, lang });
      await page.goto(`${at.sis}/account`);
      const sessions = page.locator('section', { has: page.locator('form[action="/account/sessions/end"]') });
      assert.match(await sessions.innerText(), /Chrome, Linux/);
      await at.fine(page, `account-${lang}-${width}`);
      await page.locator('form[action="/account/sessions/end-others"] button').click();
      await page.waitForFunction(() => !document.querySelector('form[action="/account/sessions/end"]'));
      await lost.goto(`${at.sis}/students`);
      assert.match(lost.url(), /\/sign-in/, 'the other one is out');
      await lost.context().close();
      await page.context().close();
    });
  }
}

test('single letters are switched off, and on again', async () => {
  const page = await at.signedIn('principal');
  const go = async () => {
    await page.goto(`${at.sis}/account`);
    await page.keyboard.press('g');
    await page.keyboard.press('s');
  };
  await go();
  await page.waitForURL(/\/students$/);
  await page.goto(`${at.sis}/account`);
  await page.locator('button[name=letters][value=off]').click();
  await page.locator('button[name=letters][value=off][aria-pressed=true]').waitFor();
  await go();
  await page.keyboard.press('Control+k');
  await page.locator('#find-q').waitFor();
  assert.match(page.url(), /\/account$/, 'letters do nothing, Ctrl K does');
  await page.keyboard.press('Escape');
  await page.locator('button[name=letters][value=on]').click();
  await page.locator('button[name=letters][value=on][aria-pressed=true]').waitFor();
  await go();
  await page.waitForURL(/\/students$/);
  await page.context().close();
});

for (const [lang, width] of [['en', 1440], ['fr', 390]]) {
  test(`the server is away: a banner, the form stays; it comes back: sent, once (${lang}, ${width} px)`, async () => {
    const data = mkdtempSync(join(tmpdir(), 'lodgepole-e2e-'));
    let demo = await startDemo({ students: 60, data });
    const { host, origin } = new URL(demo.sis);
    const page = await at.page({ width });
    try {
      await page.goto(origin);
      await page.locator('button[name=role][value=secretary]').click();
      await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
      if (lang === 'fr') {
        await page.goto(`${origin}/account`);
        await page.locator('main button[name=lang][value=fr-CA]').click();
        await page.locator('html[lang^=fr]').waitFor();
      }
      await page.goto(`${origin}/students`);
      await page.locator('main table tbody a').first().click();
      await page.waitForURL(STUDENT);
      const family = `${page.url()}/family`;
      await page.goto(`${family}/contact`);
      await page.fill('[name=first_name]', 'Marguerite');
      await page.fill('[name=last_name]', 'Onlyonce');
      await page.selectOption('[name=relationship]', { index: 1 });
      await page.fill('[name=mobile_phone]', '7805550147');
      await demo.stop('SIGKILL');
      const save = page.locator('main form[data-draft] button[type=submit]').last();
      await page.locator('#ban-away').waitFor({ timeout: 30_000, state: 'attached' });
      for (let typed = 0; typed < 40 && await page.locator('#ban-away').isHidden(); typed += 1) {
        await page.locator('[name=last_name]').pressSequentially('e', { delay: 200 });
      }
      await page.locator('#ban-away').waitFor();
      await page.fill('[name=last_name]', 'Onlyonce');
      await save.click();
      assert.equal(await page.inputValue('[name=first_name]'), 'Marguerite', 'the form stays');
      await shot(page, `away-${lang}-${width}`); // `fine` would count each request that met nobody
      await axe(page);
      demo = await startDemo({ students: 60, data, listen: host });
      await page.waitForURL((url) => url.pathname.endsWith('/family'), { timeout: 60_000 });
      await page.goto(family);
      const found = await page.locator('main table tbody tr', { hasText: 'Onlyonce' }).count();
      assert.equal(found, 1, 'sent once');
    } finally {
      await page.context().close();
      await demo.stop();
      rmSync(data, { recursive: true, force: true });
    }
  });
}

for (const { lang, width } of [{ lang: 'en', width: 1440 }, { lang: 'fr', width: 390 }]) {
  test(`the main pages can be read in the dark (${lang}, ${width} px)`, async () => {
    const page = await at.signedIn('coordinator', { lang, width, theme: 'dark' });
    const url = (await open(page)).slice(at.sis.length);
    const own = ['', '/family', '/identity', '/medical', '/enrolment', '/history', '/attendance', '/enrolment/enrol'];
    const pages = [
      '/', '/students', ...own.map((part) => url + part), '/students/new', '/pasi', '/division/import', '/division/import/new',
      '/attendance', '/sections', '/division', '/account',
    ];
    for (const path of pages) {
      const answer = await page.goto(at.sis + path);
      assert.ok(answer.ok(), `${path}: ${answer.status()}`);
      const name = path.replace(/[0-9a-f-]{36}/, 'one').replaceAll('/', '-').slice(1) || 'today';
      await at.fine(page, `dark-${name}-${lang}-${width}`);
    }
  });
}
