// A family comes to its account and lives with it, on a phone: the office invites, the message arrives, the guardian
// chooses a password and a second factor, sees the children's day, and tells an absence ahead, which the office sees.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { LANGUAGES, oneTimeCode, ownClock, refused, words, world } from '../lib.mjs';

/** A Tuesday of instruction in the morning in Alberta, within a year. */
function aTuesday() {
  const now = new Date();
  const day = new Date(Date.UTC(now.getUTCFullYear(), 9, 20, 15, 5));
  if (day < now) day.setUTCFullYear(day.getUTCFullYear() + 1);
  while (day.getUTCDay() !== 2) day.setUTCDate(day.getUTCDate() + 1);
  return day;
}

const start = aTuesday();
const shift = Math.round((start - Date.now()) / 1000);
const clock = ownClock();
clock.set(`+${shift}`);
const at = await world({ students: 400, clock });
const on = (path) => `${at.sis}${path}`;
const plain = (text) => text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
const letters = () => readdirSync(at.demo.mailbox).filter((name) => name.endsWith('.eml')).map((name) => plain(readFileSync(join(at.demo.mailbox, name), 'utf8')));
/** The code an authenticator shows by the program's clock. */
const codeNow = (secret) => oneTimeCode(secret.replaceAll(/\s/g, ''), Date.now() + shift * 1000);
const dayAfter = (days) => new Date(start.getTime() + days * 86_400_000).toISOString().slice(0, 10);

const until = async (find, what) => {
  for (let tries = 0; tries < 240; tries += 1) {
    const found = find();
    if (found) return found;
    await new Promise((done) => { setTimeout(done, 250); });
  }
  return assert.fail(what);
};

/** The card of accounts on the family page of a student whose guardian may be invited; its form and its person. */
async function invitable(page, say, skip = 0) {
  await page.goto(on('/students/families'));
  const links = await page.locator('main table tbody tr').evaluateAll((rows, none) => rows
    .filter((row) => row.innerText.includes(none.state) && !row.querySelectorAll('td')[3].innerText.trim())
    .map((row) => row.querySelector('a').href), { state: say['invite-state-none'] });
  assert.ok(links.length > skip, 'somebody may be invited');
  await page.goto(links[skip]);
  return page.url().replace(/#.*/, '');
}

/** The newest code that was sent to an address. */
const codeSentTo = (address) => until(() => {
  const own = letters().filter((letter) => new RegExp(`^To: .*${address.replaceAll('.', '\\.')}`, 'mi').test(letter));
  const found = own.map((letter) => /\/join\/([0-9A-Z-]{19})/.exec(letter)).filter(Boolean);
  return found.at(-1)?.[1];
}, `a message to ${address}`);

const accounts = {};

for (const [place, lang] of LANGUAGES.entries()) {
  test(`a guardian is invited, comes in, and tells an absence that the office sees (${lang})`, async () => {
    const say = words(lang);
    const office = await at.signedIn('secretary', { lang });
    const family = await invitable(office, say, place);
    await at.fine(office, `family-accounts-${lang}`);
    const row = office.locator('#accounts').locator('xpath=ancestor::section').locator('li', { has: office.locator('button[value=mail]') }).first();
    const address = (await row.locator('.sm.sub').first().innerText()).trim();
    await Promise.all([office.waitForURL(/#accounts/), row.locator('button[value=mail]').click()]);
    await office.getByText(say['invite-state-sent'], { exact: true }).first().waitFor();
    const code = await codeSentTo(address);

    // The phone: the link leads to the page, the code typed by hand leads there too.
    const phone = await at.page({ width: 390, lang });
    await phone.goto(on('/join'));
    await at.fine(phone, `join-${lang}`);
    await phone.fill('#f-code', code.toLowerCase().replaceAll('-', ' '));
    await Promise.all([phone.waitForURL(/\/join\/[0-9A-Z-]{19}$/), phone.locator('main button[type=submit]').click()]);
    await at.fine(phone, `join-welcome-${lang}`);
    assert.equal(await phone.inputValue('#f-username'), address);
    await phone.fill('#f-password', 'granite ladder violet moss');
    await phone.fill('#f-again', 'granite ladder violet mos');
    await phone.locator('main form button[type=submit]').last().click();
    await phone.locator('.find.e').first().waitFor();
    refused(phone);
    await phone.fill('#f-password', 'granite ladder violet moss');
    await phone.fill('#f-again', 'granite ladder violet moss');
    await Promise.all([phone.waitForURL(/sign-in\/set-up/), phone.locator('main form button[type=submit]').last().click()]);
    const secret = await phone.locator('span.code').innerText();
    await phone.fill('#f-code', codeNow(secret));
    await Promise.all([phone.waitForURL(on('/')), phone.locator('main form button[type=submit]').last().click()]);
    accounts[lang] = { address, code, secret, family };

    // Home.
    await phone.getByRole('link', { name: new RegExp(`^${say['absence-title']}`) }).first().waitFor();
    await at.fine(phone, `family-home-${lang}`);

    // An absence from tomorrow on, over a weekend; a past day is refused first.
    await phone.getByRole('link', { name: new RegExp(`^${say['absence-title']}`) }).first().click();
    await phone.waitForURL(/\/absence$/);
    await at.fine(phone, `absence-${lang}`);
    await phone.fill('#f-first_day', dayAfter(-1));
    await phone.fill('#f-last_day', dayAfter(1));
    await phone.selectOption('#f-reason', 'illness');
    await phone.fill('#f-note', `a fever ${lang}`);
    await phone.locator('main form button.btn-p').click();
    await phone.locator('.find.e').first().waitFor();
    refused(phone);
    assert.match(await phone.locator('main').innerText(), /LP-0760/);
    await phone.fill('#f-first_day', dayAfter(1));
    await phone.fill('#f-last_day', dayAfter(6));
    await Promise.all([phone.waitForURL(/told=1/), phone.locator('main form button.btn-p').click()]);
    await phone.locator('[data-report]').first().waitFor();
    await at.fine(phone, `family-told-${lang}`);

    // The office sees it, with the note; before it says so, the family may take it back.
    const open = () => office.goto(on('/attendance/unexplained'));
    await open();
    const line = office.locator('section', { has: office.locator('#reported') }).locator('li', { hasText: `a fever ${lang}` });
    await line.waitFor();
    await at.fine(office, `reported-${lang}`);
    await Promise.all([office.waitForEvent('load'), line.getByRole('button', { name: say['reported-seen'] }).click()]);
    await phone.goto(on('/'));
    await phone.getByText(say['absence-seen']).first().waitFor();
    assert.equal(await phone.getByRole('button', { name: say['absence-take-back'] }).count(), 0);
    await phone.getByRole('link', { name: new RegExp(`^${say['looks-title']}`) }).first().click();
    await phone.waitForURL(/\/looks$/);
    await at.fine(phone, `looks-${lang}`);
    await office.context().close();
    await phone.context().close();
  });
}

test('a separated family: whom a court or custody keeps away is not offered an invitation, and another child stays not found', async () => {
  const say = words('en');
  const office = await at.signedIn('secretary', { width: 390 });
  await office.goto(on('/students/families'));
  await at.fine(office, 'family-accounts-school');
  const kept = [say['finding-LP-1001'], say['finding-LP-1004']];
  const links = await office.locator('main table tbody tr').evaluateAll((rows, why) => rows
    .filter((row) => why.some((words) => row.textContent.includes(words)))
    .map((row) => row.querySelector('a').href), kept);
  assert.ok(links.length > 0, 'the practice division has separated families');
  await office.goto(links[0]);
  const lines = office.locator('#accounts').locator('xpath=ancestor::section').locator('li');
  const away = lines.filter({ hasText: new RegExp(kept.map((words) => words.replaceAll('.', '\\.')).join('|')) });
  assert.ok(await away.count() > 0);
  assert.equal(await away.first().locator('button').count(), 0, 'nothing is offered');
  const other = office.url().replace(/\/family.*/, '');

  const phone = await at.signedIn('guardian', { width: 390 });
  for (const path of ['', '/absence', '/looks', '/attendance']) {
    const { status } = await phone.evaluate(async (address) => { const { status } = await fetch(address); return { status }; }, `${other}${path}`);
    assert.equal(status, 404, `${path} of another family's child`);
  }
  await phone.context().close();
  await office.context().close();
});

test('an invitation that was used, taken back or guessed opens nothing, and says why', async () => {
  const say = words('en');
  const phone = await at.page({ width: 390 });
  await phone.goto(on(`/join/${accounts.en.code}`));
  refused(phone);
  assert.match(await phone.locator('main').innerText(), /LP-0172/);
  await at.fine(phone, 'join-used');
  await phone.goto(on('/join/0000-0000-0000-0000'));
  refused(phone);
  assert.match(await phone.locator('main').innerText(), /LP-0171/);

  const office = await at.signedIn('secretary');
  await invitable(office, say, 1);
  const row = office.locator('#accounts').locator('xpath=ancestor::section')
    .locator('li', { has: office.locator('button[value=paper]'), hasText: say['invite-state-none'] }).first();
  const here = office.url();
  await row.locator('button[value=paper]').click();
  const code = (await office.locator('[data-code]').innerText()).trim();
  await at.fine(office, 'invite-paper');
  await phone.goto(on(`/join/${code}`));
  await phone.locator('#f-username').waitFor();
  await office.goto(here);
  await Promise.all([office.waitForEvent('load'), office.locator('button[value=revoke]').first().click()]);
  await office.getByText(say['invite-state-revoked'], { exact: true }).first().waitFor();
  await phone.goto(on(`/join/${code}`));
  refused(phone);
  assert.match(await phone.locator('main').innerText(), /LP-0173/);
  await office.context().close();
  await phone.context().close();
});

test('whom the office shuts out sees the child no more, with the next page; a forgotten password is helped by e-mail', async () => {
  const { address, family } = accounts.en;
  const phone = await at.page({ width: 390 });
  await phone.goto(on('/sign-in/forgot'));
  await at.fine(phone, 'forgot');
  const ask = async (name) => {
    await phone.goto(on('/sign-in/forgot'));
    await phone.fill('#f-username', name);
    await phone.locator('main button[type=submit]').click();
    await phone.locator('[role=status] p').first().waitFor();
    return phone.locator('main').innerText();
  };
  const unknown = await ask('nobody@example.org');
  assert.equal(await ask(address), unknown, 'the answer is the same');
  const link = await until(() => letters().map((letter) => /\/sign-in\/forgot\/[0-9A-Z-]{19}/.exec(letter)).find(Boolean)?.[0], 'a link');
  await phone.goto(on(link));
  await phone.fill('#f-password', 'another granite otter');
  await phone.fill('#f-again', 'another granite otter');
  await at.fine(phone, 'forgot-choose');
  await Promise.all([phone.waitForURL(/\/sign-in$/), phone.locator('main form button[type=submit]').last().click()]);
  await phone.fill('input[name=username]', address);
  await phone.fill('input[name=password]', 'another granite otter');
  await phone.press('input[name=password]', 'Enter');
  await phone.waitForURL(/sign-in\/second/);
  await phone.goto(on(link));
  refused(phone);
  assert.match(await phone.locator('main').innerText(), /LP-0175/);
  assert.match(family, /\/students\//);
  await phone.context().close();
});
