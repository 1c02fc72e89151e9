// The machine's clock jumps under the running program: a year ahead, and back by a day. What was typed while
// PASI was away reaches it once, whoever must sign in again is told so, and the audit chain stays whole.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { addPhone, ownClock, world } from '../lib.mjs';

const clock = ownClock();
const at = await world({ students: 200, clock });

/** Gives the student a further phone number, which the page then shows. */
async function adds(page, url, number) {
  await addPhone(page, url, number);
  await page.locator('main').getByText(number).first().waitFor();
}

/** The list is of the day before the clock was set, until the day's job has run. */
async function listed(page) {
  for (let tries = 0; tries < 60; tries += 1) {
    await page.goto(`${at.sis}/students`);
    if (await page.locator('main table tbody a').count()) return;
    await new Promise((later) => setTimeout(later, 500));
  }
  throw new Error(`no student is enrolled on the day the clock was set to\n${at.demo.told()}`);
}

/** Waits until PASI has the number, and gives how often it has it. */
async function times(asn, number) {
  const digits = number.replaceAll('-', '');
  for (let tries = 0; tries < 120; tries += 1) {
    const theirs = await at.province('GET', `/students/${asn}`);
    const many = theirs.phones.filter((phone) => phone.number === digits).length;
    if (many) return many;
    await new Promise((later) => setTimeout(later, 500));
  }
  throw new Error(`${number} did not reach PASI\n${at.demo.told()}`);
}

const accepted = async () => {
  const calls = await at.province('GET', '/calls');
  return calls.filter((call) => call.operation === 'SubmitStudentPhone' && call.outcome === 'ok').length;
};

test('what waited while PASI was away goes once after the clock jumped a year ahead, and the secretary signs in again', async () => {
  const page = await at.signedIn('secretary');
  const { url, asn } = await at.student(page, 2);
  await at.province('PUT', '/trouble', { outage: 'fault' });
  await adds(page, url, '780-555-0181');
  clock.set('+365d');
  await page.goto(url);
  assert.match(new URL(page.url()).pathname, /^\/sign-in/, 'a session does not last a year');
  const again = await at.signedIn('secretary');
  await adds(again, url, '780-555-0182');
  await at.province('PUT', '/trouble', {});
  for (const number of ['780-555-0181', '780-555-0182']) assert.equal(await times(asn, number), 1, number);
  assert.equal(await accepted(), 2, 'each was stored by PASI once');
  await again.goto(`${url}/history`);
  await at.fine(again, 'clock-a-year-ahead');
  await again.context().close();
  await page.context().close();
});

test('set back a day, a session of tomorrow is over, and what is typed reaches PASI once', async () => {
  clock.set('+2d');
  const page = await at.signedIn('secretary');
  await listed(page);
  const { url, asn } = await at.student(page, 3);
  const before = await accepted();
  await at.province('PUT', '/trouble', { outage: 'fault' });
  await adds(page, url, '780-555-0183');
  clock.set('+1d');
  await page.goto(url);
  assert.match(new URL(page.url()).pathname, /^\/sign-in/, 'a session that began tomorrow would last too long');
  const again = await at.signedIn('secretary');
  await adds(again, url, '780-555-0184');
  await at.province('PUT', '/trouble', {});
  clock.set('+2d');
  for (const number of ['780-555-0183', '780-555-0184']) assert.equal(await times(asn, number), 1, number);
  assert.equal(await accepted(), before + 2, 'each was stored by PASI once');
  await again.context().close();
  await page.context().close();
});

test('the audit chain is whole after all of it', async () => {
  const words = ['audit', 'verify', '--data', at.demo.folder];
  const told = execFileSync(process.env.LODGEPOLE_BIN, words, { encoding: 'utf8', env: {} });
  assert.match(told, /whole/i);
});
