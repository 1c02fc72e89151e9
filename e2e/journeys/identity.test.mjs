// Who the student is and what keeps the student safe: names, citizenship, alerts, restrictions, the photograph.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { LANGUAGES, WAYS, WIDTHS, refused, words, world } from '../lib.mjs';

const at = await world({ students: 600 });

const STUDENT = /\/students\/[0-9a-f-]{36}$/;
const SEND = 'main form[data-guard] .form-end button[type=submit]';

/** Opens the student in row `row` of the list a person sees; one whose record is not covered. */
async function open(page, row) {
  await page.goto(`${at.sis}/students`);
  await page.locator('main table tbody a').nth(row).click();
  await page.waitForURL(STUDENT);
  const url = page.url();
  const covered = page.locator('form[action$="/read-notice"] button');
  if (await covered.count()) await Promise.all([page.waitForEvent('load'), covered.click()]);
  return url;
}

/** Presses the form's button and waits for the page it leads to. */
async function send(page, path) {
  await Promise.all([page.waitForURL((url) => url.pathname.endsWith(path)), page.locator(SEND).first().click()]);
}

/** A PNG of one colour. */
function picture(width, height, colour) {
  const crc = (bytes) => {
    let sum = 0xffffffff;
    for (const byte of bytes) {
      sum ^= byte;
      for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
    }
    return (sum ^ 0xffffffff) >>> 0;
  };
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc(body));
    return Buffer.concat([length, body, check]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3).fill(Buffer.from(colour))]);
  const rows = Buffer.concat(Array.from({ length: height }, () => line));
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

for (const width of WIDTHS) {
  for (const lang of LANGUAGES) {
    const name = `${lang}-${width}`;

    test(`a preferred name stands in the header and in the search (${name})`, async () => {
      const page = await at.signedIn('secretary', { width, lang });
      const url = await open(page, width === 1440 ? 1 : 2);
      await page.goto(`${url}/identity`);
      await at.fine(page, `identity-${name}`);
      await page.goto(`${url}/identity/name`);
      await at.fine(page, `identity-name-${name}`);
      await page.locator(SEND).click();
      await page.locator('#f-first_name[aria-invalid=true]').waitFor();
      refused(page);
      await at.fine(page, `identity-name-refused-${name}`);
      const called = lang === 'fr' ? 'Zébulonne' : 'Zephyrine';
      const last = width === 1440 ? 'Quilldesk' : 'Quillphone';
      await page.fill('#f-first_name', called);
      await page.fill('#f-last_name', last);
      await page.check('#f-is_preferred');
      await send(page, '/identity');
      await page.locator('.sh', { hasText: `${called} ${last}` }).waitFor();
      await page.goto(`${at.sis}/students?q=${called}`);
      await page.locator('main tbody', { hasText: called }).waitFor();
      await page.context().close();
    });

    test(`a citizenship is added and the one before ends (${name})`, async () => {
      const page = await at.signedIn('secretary', { width, lang });
      const url = await open(page, width === 1440 ? 3 : 4);
      await page.goto(`${url}/identity/citizenship`);
      await page.selectOption('#f-status', '2');
      await page.selectOption('#f-country', 'PH');
      await page.fill('#f-effective_on', '2026-10-01');
      await page.fill('#f-document_expires_on', '2020-01-01');
      await page.locator(SEND).click();
      await page.locator('#f-document_expires_on[aria-invalid=true]').waitFor();
      refused(page);
      await page.fill('#f-document_expires_on', '2030-01-01');
      await send(page, '/identity');
      await page.getByText('2026-09-30').first().waitFor();
      await at.fine(page, `identity-citizenship-${name}`);
      await page.context().close();
    });

    test(`a medical alert stands beside the name (${name})`, async () => {
      const page = await at.signedIn('secretary', { width, lang });
      const url = await open(page, width === 1440 ? 5 : 6);
      await page.goto(`${url}/medical/alert`);
      await at.fine(page, `alert-form-${name}`);
      await page.locator('input[name=severity][value=life-threatening]').check({ force: true });
      await page.fill('#f-alert', 'Anaphylaxis: sesame');
      await page.fill('#f-action', 'EpiPen in office');
      await page.fill('#f-plan', 'Second pen with the homeroom teacher.');
      await send(page, '/medical');
      await page.locator('.sh .p.warn', { hasText: 'EpiPen in office' }).first().waitFor();
      await at.fine(page, `medical-${name}`);
      await page.context().close();
    });
  }

  test(`a photograph is taken in, shown, and taken out (${width} px)`, async () => {
    const page = await at.signedIn('secretary', { width });
    const url = await open(page, width === 1440 ? 9 : 10);
    await page.goto(`${url}/photo/change`);
    await at.fine(page, `photo-form-${width}`);
    const file = (name, mimeType, buffer) => page.setInputFiles('#f-photo', { name, mimeType, buffer });
    await file('me.jpg', 'image/jpeg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'));
    await page.locator(SEND).first().click();
    await page.locator('#f-photo[aria-invalid=true]').waitFor();
    refused(page);
    await at.fine(page, `photo-refused-${width}`);
    await file('me.png', 'image/png', picture(640, 480, [60, 140, 130]));
    await send(page, '/identity');
    const shown = page.locator('.sh img.ph');
    await shown.waitFor();
    assert.equal(await shown.evaluate((image) => image.complete && image.naturalWidth), 368);
    const address = new URL(await shown.getAttribute('src'), at.sis).href;
    const answer = await page.request.get(address);
    assert.equal(answer.headers()['content-type'], 'image/jpeg');
    assert.equal(answer.headers()['cache-control'], 'private, no-cache');
    assert.equal(answer.headers()['x-content-type-options'], 'nosniff');
    await at.fine(page, `photo-${width}`);
    const elsewhere = await at.signedIn('secretary-2');
    assert.equal((await elsewhere.request.get(address)).status(), 404, 'another school’s secretary sees no picture');
    const nobody = await at.page();
    const away = await nobody.request.get(address, { maxRedirects: 0 });
    assert.equal(away.status(), 303);
    await page.goto(`${url}/photo/change`);
    await Promise.all([page.waitForURL(/\/identity$/), page.locator('form[action$="/photo/remove"] button').click()]);
    assert.equal(await page.locator('.sh img.ph').count(), 0);
    assert.equal((await page.request.get(address)).status(), 404);
    for (const one of [page, elsewhere, nobody]) await one.context().close();
  });

  test(`two people at one record: the second sees both versions and loses nothing (${width} px)`, async () => {
    const first = await at.signedIn('secretary', { width });
    const url = await open(first, width === 1440 ? 11 : 12);
    const second = await at.signedIn('coordinator', { width });
    for (const page of [first, second]) await page.goto(`${url}/identity/details`);
    await first.selectOption('#f-language_at_home', 'CRG');
    await send(first, '/identity');
    await second.selectOption('#f-language_at_home', 'STO');
    await second.locator(SEND).click();
    const choice = second.locator('[role=group][aria-label="Language at home"]');
    await choice.waitFor();
    const text = await second.locator('section', { has: second.locator('#stale') }).innerText();
    assert.match(text, /Michif/);
    assert.match(text, /Stoney/);
    assert.ok(await choice.locator('input[value=theirs]').isChecked(), 'what was typed is kept unless the person says otherwise');
    refused(second);
    await at.fine(second, `both-versions-${width}`);
    await send(second, '/identity');
    await second.getByText('Stoney').first().waitFor();
    for (const page of [first, second]) await page.context().close();
  });
}

/** The gates of a record, each of which a reader meets before the name: in the order of the page and on the screen. */
async function gatesBeforeName(page) {
  const gates = page.locator('main .gate');
  await gates.first().waitFor();
  const stands = await page.evaluate(() => {
    const name = document.querySelector('main h1');
    return [...document.querySelectorAll('main .gate')].map((gate) => ({
      read: Boolean(gate.compareDocumentPosition(name) & Node.DOCUMENT_POSITION_FOLLOWING),
      seen: gate.getBoundingClientRect().top < name.getBoundingClientRect().top,
    }));
  });
  assert.ok(stands.every(({ read, seen }) => read && seen), 'every gate stands before the name');
  return gates.allInnerTexts();
}

for (const [row, { lang, width, way }] of WAYS.entries()) {
  test(`a court order and a limit of custody are read before the name (${way})`, async () => {
    const say = words(lang);
    const principal = await at.signedIn('principal', { width, lang });
    const url = await open(principal, 20 + row);
    await principal.goto(`${url}/medical/restriction`);
    await principal.selectOption('#f-code', 'CourtOrdered');
    await principal.locator(SEND).click();
    await principal.locator('#f-notice[aria-invalid=true]').waitFor();
    refused(principal);
    await at.fine(principal, `restriction-form-${way}`);
    await principal.fill('#f-notice', 'Release only to the grandmother. Say nothing by phone.');
    await send(principal, '/medical');
    await at.fine(principal, `restriction-${way}`);

    await principal.goto(`${url}/family`);
    const contact = await principal.locator('a[href*="/family/contact/"]').first().getAttribute('href');
    const limit = async (custody) => {
      await principal.goto(new URL(contact, at.sis).href);
      await principal.selectOption('#f-relationship', 'Parent');
      await principal.selectOption('#f-custody', custody);
      for (const box of ['#f-may_pick_up', '#f-portal_access']) await principal.locator(box).uncheck();
      await Promise.all([
        principal.waitForURL((now) => now.pathname.endsWith('/family')),
        principal.locator('main form[data-guard] button.btn-p').last().click(),
      ]);
    };
    const secretary = await at.signedIn('secretary', { width, lang });
    const limited = async (title) => {
      await secretary.goto(url);
      const texts = await gatesBeforeName(secretary);
      assert.ok(texts.some((text) => text.includes('grandmother')), texts.join('\n'));
      assert.ok(texts.some((text) => text.includes(title)), texts.join('\n'));
    };
    await limit('access');
    await limited(say['gate-no-pick-up-text']);
    await limit('no-contact');
    await limited(say['gate-no-contact-text']);
    await at.fine(secretary, `custody-gate-${way}`);
    const name = (await secretary.locator('main h1').innerText()).split('\n')[0];
    await secretary.goto(`${at.sis}/search?q=${encodeURIComponent(name)}`);
    await secretary.getByText(say['search-restricted']).first().waitFor();
    await secretary.goto(`${url}/identity?as_of=2026-11-01`);
    assert.ok((await gatesBeforeName(secretary)).length > 1, 'the gates stand on another day too');
    await secretary.emulateMedia({ media: 'print' });
    assert.ok(await secretary.locator('main .gate').first().isVisible(), 'and on paper');

    const custodian = await at.signedIn('custodian', { width, lang });
    const closed = await custodian.goto(`${url}/medical`);
    assert.equal(closed.status(), 403);
    await custodian.goto(url);
    const texts = await custodian.locator('main .gate').allInnerTexts();
    assert.ok(!texts.some((text) => text.includes(say['gate-no-contact-text'])), 'custody is not for a custodian');
    for (const page of [principal, secretary, custodian]) await page.context().close();
  });
}

test('one button pressed twice makes one record', async () => {
  const page = await at.signedIn('secretary');
  const url = await open(page, 13);
  await page.goto(`${url}/identity/name`);
  await page.fill('#f-first_name', 'Twice');
  await page.fill('#f-last_name', 'Pressed');
  const answers = await page.evaluate(async () => {
    const form = document.querySelector('main form[data-guard][method=post]');
    const body = () => new URLSearchParams(new FormData(form));
    const sent = [1, 2].map(() => fetch(form.action, { method: 'POST', body: body() }));
    return (await Promise.all(sent)).map((answer) => answer.status);
  });
  assert.deepEqual(answers, [200, 200]);
  await page.goto(`${url}/identity`);
  assert.equal(await page.locator('main tbody tr', { hasText: 'Pressed, Twice' }).count(), 1);
  await page.context().close();
});

test('the last four characters of a document are shown when asked for', async () => {
  const page = await at.signedIn('secretary');
  const url = await open(page, 0);
  await page.goto(`${url}/identity`);
  await page.getByRole('link', { name: 'Show' }).click();
  await page.waitForURL(/show=document/);
  assert.equal(await page.getByText('••••').count(), 0);
  await at.fine(page, 'identity-document');
  await page.context().close();
});

test('the privacy officer reads a history, and no record', async () => {
  const secretary = await at.signedIn('secretary');
  const url = await open(secretary, 1);
  const officer = await at.signedIn('privacy-officer');
  const answer = await officer.goto(`${url}/history`);
  assert.equal(answer.status(), 200);
  await officer.locator('h1').waitFor();
  await at.fine(officer, 'history-privacy-officer');
  assert.equal((await officer.goto(url)).status(), 403);
  for (const page of [secretary, officer]) await page.context().close();
});
