// A guardian is typed whole in one form: wrong values first, each told beside its field; then all
// of it, kept as typed; the brother's form offers the person; what changes there changes for both.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WAYS, refused, sent, words, world } from '../lib.mjs';

const at = await world({ students: 400 });

const STUDENT = /\/students\/[0-9a-f-]{36}$/;
const FAMILY = /\/family(\?|$)/;

/** Registers a child without family. */
async function child(page, { first, last, born, grade }) {
  await page.goto(`${at.sis}/students/new`);
  await page.fill('#f-first', first);
  await page.fill('#f-last', last);
  await page.fill('#f-born', born);
  await page.selectOption('#f-gender', 'F');
  await page.selectOption('#f-document', { index: 1 });
  await page.selectOption('#f-grade', grade);
  await page.locator('form[data-guard] button.btn-p').last().click();
  await sent(page, STUDENT);
  return page.url();
}

const save = (page) => page.locator('main form[data-guard] button.btn-p').last().click();

/** Opens what is asked a step further, by keyboard. */
async function further(page) {
  for (const summary of await page.locator('main form details > summary').all()) {
    if (await summary.evaluate((it) => it.parentElement.open)) continue;
    await summary.focus();
    await page.keyboard.press('Enter');
  }
}

/** Everything that may be said of somebody, and what of it is ticked. */
const whole = (phone) => ({
  first_name: 'Rosamund', last_name: 'LNU', mobile_phone: phone, email: `r${phone}@example.ca`,
  middle_name: 'Ève Marie', suffix: 'III', language: 'CRE', home_phone: `780556${phone.slice(6)}`, work_phone: `587555${phone.slice(6)}`,
  other_email: `work${phone}@example.ca`, street: '12 Last Chance Gulch', city: 'Helena', province: 'MT',
  postal_code: '59601', country: 'US', relationship: 'Grandparent', custody: 'access', call_order: '4',
  effective_on: '2026-09-02', expires_on: '2031-06-30', note: 'Picks up on Fridays; calls the day before.',
});
const ticks = { lives_with: false, may_pick_up: true, is_emergency: true, portal_access: true };

async function fill(page, all) {
  for (const [name, value] of Object.entries(all)) {
    const field = page.locator(`#f-${name}`);
    if (await field.evaluate((it) => it.tagName === 'SELECT')) await field.selectOption(value);
    else await field.fill(value);
  }
}

/** The code told beside each field, by its name. */
const told = (page) => page.evaluate(() => Object.fromEntries(
  [...document.querySelectorAll('main form .find')].map((line) => [line.id.replace(/^f-(.+)-find-0$/, '$1'), line.querySelector('.num')?.textContent]),
));

for (const { lang, width, way } of WAYS) {
  const t = words(lang);
  const n = WAYS.findIndex((one) => one.way === way);
  const last = ['Ironquill', 'Juniperson', 'Kestrelby', 'Larkhollow'][n];
  const phone = `780555013${n}`;

  test(`a guardian is typed whole and shared by a brother (${way})`, async () => {
    const page = await at.signedIn('secretary', { width, lang });
    const nora = await child(page, { first: 'Nora', last, born: '2013-05-06', grade: '07' });
    const max = await child(page, { first: 'Max', last, born: '2015-08-09', grade: '05' });

    await page.goto(`${nora}/family/contact`);
    await page.locator('#f-first_name').waitFor();
    assert.equal(await page.locator('main form details[open]').count(), 0, 'the usual case is short');
    assert.ok(await page.locator('#f-middle_name').isHidden());
    await at.fine(page, `contact-empty-${way}`);

    // Nothing typed: what is needed is told, and the rest stays as it was.
    await save(page);
    await page.locator('#findings').waitFor();
    refused(page);
    assert.deepEqual(Object.keys(await told(page)).sort(), ['first_name', 'last_name', 'relationship']);

    // Everything wrong at once: every field says so itself, with its number, those a step further too.
    await further(page);
    await fill(page, {
      ...whole(phone), mobile_phone: '12', home_phone: 'home', work_phone: '55', email: 'nobody', other_email: 'nobody@',
      suffix: 'x'.repeat(80), custody: 'no-contact', call_order: 'x', expires_on: '2026-09-01', relationship: '',
      country: '', province: 'MT', postal_code: 'T9H',
    });
    await page.setChecked('#f-portal_access', true);
    await save(page);
    await page.locator('#findings').waitFor();
    refused(page);
    const wrong = await told(page);
    for (const [name, code] of Object.entries({
      relationship: 'LP-0262', call_order: 'LP-0264', custody: 'LP-0265', expires_on: 'LP-0228', postal_code: 'LP-0268',
    })) assert.equal(wrong[name], code, name);
    for (const name of ['mobile_phone', 'home_phone', 'work_phone', 'email', 'other_email', 'suffix']) assert.ok(wrong[name], `${name} has a finding with its code`);
    assert.ok(await page.locator('#f-suffix').isVisible(), 'a step further is open where something is wrong');
    assert.equal(await page.inputValue('#f-mobile_phone'), '12', 'what was typed is there');
    await at.fine(page, `contact-wrong-${way}`);
    await page.locator('#findings a[href="#f-suffix"]').click();
    assert.ok(await page.evaluate(() => document.activeElement?.id === 'f-suffix'), 'the summary leads to the field');

    // All of it, right.
    await fill(page, whole(phone));
    for (const [name, set] of Object.entries(ticks)) await page.setChecked(`#f-${name}`, set);
    await page.locator('#f-call_order').press('Control+Enter');
    await page.waitForURL(FAMILY);
    await at.fine(page, `contact-saved-${way}`);
    const row = page.locator('form.ticks tbody tr', { hasText: 'Rosamund' });
    assert.match(await row.innerText(), /Rosamund III/, 'a single name stands alone');
    await row.getByRole('link', { name: 'Rosamund III', exact: true }).click();
    await page.locator('#f-first_name').waitFor();
    for (const [name, value] of Object.entries(whole(phone))) assert.equal(await page.inputValue(`#f-${name}`), value, name);
    for (const [name, set] of Object.entries(ticks)) assert.equal(await page.isChecked(`#f-${name}`), set, name);
    await at.fine(page, `contact-change-${way}`);

    // The brother's form offers her; only what she is to him is asked.
    await page.goto(`${max}/family/contact`);
    await page.locator('label.opt', { hasText: 'Rosamund III' }).locator('input').focus();
    await page.keyboard.press('Space');
    assert.ok(await page.locator('#f-first_name').isHidden(), 'nobody is typed twice');
    await page.selectOption('#f-relationship', 'Grandparent');
    await at.fine(page, `contact-shared-${way}`);
    await save(page);
    await page.waitForURL(FAMILY);
    await page.getByRole('link', { name: 'Rosamund III', exact: true }).click();
    await page.locator('main .ban.info', { hasText: 'Nora' }).waitFor();
    assert.equal(await page.inputValue('#f-note'), '', 'what is noted of the sister stays with her');
    await page.fill('#f-work_phone', '587 555 0199');
    await page.selectOption('#f-custody', 'none');
    await save(page);
    await page.waitForURL(FAMILY);

    // One step back takes both back, for both children.
    const hers = async () => {
      await page.goto(`${nora}/family`);
      await page.getByRole('link', { name: 'Rosamund III', exact: true }).click();
      await page.locator('#f-work_phone').waitFor();
      return [await page.inputValue('#f-work_phone'), await page.inputValue('#f-custody')];
    };
    const toast = page.locator('.toast-x button', { hasText: t.undo });
    await toast.waitFor();
    const brothers = page.url();
    assert.deepEqual(await hers(), ['5875550199', 'access'], 'the number is one, the custody is each child’s own');
    await page.goto(brothers);
    await toast.click();
    await page.waitForURL(/\/family$/);
    assert.deepEqual(await hers(), [whole(phone).work_phone, 'access']);
    await page.goto(`${max}/history`);
    await page.locator('main').getByText(t.undo).first().waitFor();
    await at.fine(page, `contact-history-${way}`);
    await page.context().close();
  });
}

test('the same form sent twice is one contact, and what looks unusual is asked before it is kept', async () => {
  const page = await at.signedIn('secretary');
  const url = await child(page, { first: 'Una', last: 'Marlstone', born: '2012-02-03', grade: '08' });
  await page.goto(`${url}/family/contact`);
  await fill(page, { first_name: 'Ida', last_name: 'Marlstone', mobile_phone: '7805550177', relationship: 'Parent' });
  await further(page);
  await fill(page, { street: '1 Elm Street', city: 'Anzac', postal_code: 'T9H 1A11' });
  await save(page);
  await page.locator('#findings.ask').waitFor();
  refused(page);
  assert.equal((await told(page)).postal_code, 'LP-0268');
  await at.fine(page, 'contact-asked');
  const statuses = await page.evaluate(async () => {
    const form = document.querySelector('main form[action$="/family/contact"]');
    const body = new URLSearchParams(new FormData(form));
    const one = () => fetch(form.action, { method: 'POST', body }).then((answer) => answer.status);
    return Promise.all([one(), one()]);
  });
  assert.deepEqual(statuses, [200, 200]);
  await page.goto(`${url}/family`);
  assert.equal(await page.locator('form.ticks tbody tr').count(), 1);
  await page.context().close();
});

test('two who change one guardian at once both see both versions, of the person too', async () => {
  const one = await at.signedIn('secretary');
  const url = await child(one, { first: 'Uma', last: 'Northgale', born: '2012-02-03', grade: '08' });
  await one.goto(`${url}/family/contact`);
  await fill(one, { first_name: 'Pia', last_name: 'Northgale', mobile_phone: '7805550178', relationship: 'Parent' });
  await save(one);
  await one.waitForURL(FAMILY);
  await one.getByRole('link', { name: 'Pia Northgale', exact: true }).click();
  await one.locator('#f-email').waitFor();
  const two = await one.context().newPage();
  await two.goto(one.url());
  await two.fill('#f-email', 'pia@example.ca');
  await save(two);
  await two.waitForURL(FAMILY);

  await one.fill('#f-mobile_phone', '7805550179');
  await one.setChecked('#f-lives_with', true);
  await save(one);
  await one.getByText('Somebody saved this first.').waitFor();
  refused(one);
  await at.fine(one, 'contact-stale');
  await one.getByRole('button', { name: 'Save the choices' }).click();
  await one.waitForURL(FAMILY);
  await one.getByRole('link', { name: 'Pia Northgale', exact: true }).click();
  await one.locator('#f-email').waitFor();
  assert.equal(await one.inputValue('#f-email'), 'pia@example.ca', 'what only the other changed is taken over');
  assert.equal(await one.inputValue('#f-mobile_phone'), '7805550179');
  assert.ok(await one.isChecked('#f-lives_with'));
  await one.context().close();
});
