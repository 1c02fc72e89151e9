// The office asks home by e-mail why children are away: it sees whom and what first; one press, each message once; the
// log of calls says how it went, also when the program is killed before it was sent; the director sees every message's state.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { WAYS, ownClock, startDemo, words, world } from '../lib.mjs';

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
const data = mkdtempSync(join(tmpdir(), 'lodgepole-home-'));
after(() => rmSync(data, { recursive: true, force: true }));
const at = await world({ students: 400, data, clock });
const on = (path) => `${at.sis}${path}`;
const letters = () => readdirSync(at.demo.mailbox).filter((name) => name.endsWith('.eml')).map((name) => readFileSync(join(at.demo.mailbox, name), 'utf8'));
const until = async (holds, what) => {
  for (let tries = 0; tries < 440; tries += 1) {
    if (holds()) return;
    await new Promise((done) => { setTimeout(done, 250); });
  }
  assert.fail(what);
};

for (const { lang, width, way } of WAYS) {
  test(`the office sees whom it would ask, and in what words (${way})`, async () => {
    const page = await at.signedIn('secretary', { width, lang });
    await page.goto(on('/attendance/unexplained'));
    await page.getByRole('link', { name: words(lang)['home-title'] }).click();
    await page.waitForURL(/unexplained\/write/);
    assert.ok(await page.locator('input[name=to]').count() > 0, 'somebody may be written to');
    await at.fine(page, `ask-home-${way}`);
    await page.context().close();
  });
}

test('one press writes to each once, and the log of calls shows how it went', async () => {
  const page = await at.signedIn('secretary', {});
  const say = words('en');
  await page.goto(on('/attendance/unexplained'));
  await page.getByRole('link', { name: say['home-title'] }).click();
  const boxes = page.locator('input[name=to]');
  const all = await boxes.count();
  for (let place = 1; place < all; place += 1) await boxes.nth(place).uncheck();
  await boxes.first().check();
  const address = await page.locator('label.num, label .num').first().innerText();
  const write = page.url();
  await Promise.all([page.waitForURL(/written=1/), page.getByRole('button', { name: say['home-send'] }).click()]);
  await until(() => letters().length === 1, 'the message was sent');
  const [letter] = letters();
  assert.match(letter, new RegExp(`^To: .*${address.replaceAll('.', '\\.')}`, 'mi'));
  const subject = /^Subject: (.*)$/mi.exec(letter)[1];
  assert.match(subject, /absence/i);
  await page.reload();
  await page.getByText(say['mail-state-sent']).first().waitFor();
  await at.fine(page, 'asked-home');
  // The same form once more sends nothing; the person is not offered again.
  await page.goto(write);
  await page.getByText(say['home-written']).first().waitFor();
  assert.equal(await page.locator('input[name=to]').count(), all - 1);
  await page.locator('input[name=to]').evaluateAll((found) => found.forEach((one) => { one.checked = false; }));
  await page.getByRole('button', { name: say['home-send'] }).click();
  await page.locator('.find').first().waitFor();
  assert.equal(letters().length, 1);
  await page.context().close();
});

test('a program that is killed right after the press has lost nothing', async () => {
  const page = await at.signedIn('secretary', {});
  await page.goto(on('/attendance/unexplained/write'));
  const boxes = page.locator('input[name=to]');
  await boxes.evaluateAll((found) => found.forEach((one) => { one.checked = true; }));
  const many = await boxes.count();
  await Promise.all([page.waitForURL(/written=/), page.getByRole('button', { name: words('en')['home-send'] }).click()]);
  await at.demo.stop('SIGKILL');
  at.demo = await startDemo({ students: 400, data, listen: new URL(at.sis).host, env: clock.env });
  // What was being sent when the plug was pulled waits for its lease.
  await until(() => letters().length >= many, 'all but what was under way were sent');
  const ids = letters().map((letter) => /^Message-ID: (.*)$/mi.exec(letter)[1]);
  assert.equal(new Set(ids).size, ids.length, 'no message has two files');
  await page.context().close();

  const director = await at.signedIn('director', {});
  await director.goto(on('/division'));
  await director.locator('a[href="/division/mail"]').click();
  await director.locator('main table tbody tr').first().waitFor();
  await at.fine(director, 'mail-director');
  assert.doesNotMatch(await director.locator('main').innerText(), /@/, 'no address is shown');
  await director.context().close();
});
