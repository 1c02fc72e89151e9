// A child is registered at the counter: searched here and at the province while the name is
// typed, saved in one step, and known to PASI before the page has settled.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WAYS, asnOf, refused, sent, words, world } from '../lib.mjs';

const at = await world({ students: 400 });

const STUDENT = /\/students\/[0-9a-f-]{36}$/;
const ALLOWED = 120;
/** Seconds a key takes of somebody who types slowly, 34 words a minute. */
const A_KEY = 0.35;

/** A person who has a keyboard and no mouse; every key is counted. */
class Hands {
  constructor(page) {
    this.page = page;
    this.keys = 0;
    this.began = Date.now();
  }

  async press(key) {
    this.keys += 1;
    await this.page.keyboard.press(key);
  }

  async type(text) {
    this.keys += [...text].length;
    await this.page.keyboard.type(text);
  }

  /** What has the focus, by the name of its field. */
  on() {
    return this.page.evaluate(() => document.activeElement?.name ?? '');
  }

  /** Goes on with Tab until the field has the focus. */
  async to(name) {
    const passed = [await this.on()];
    while (passed.at(-1) !== name) {
      assert.ok(passed.length < 14, `Tab does not come to ${name}, but to ${passed}`);
      await this.press('Tab');
      passed.push(await this.on());
    }
  }

  async fill(name, text) {
    await this.to(name);
    await this.type(text);
  }

  /** Chooses in a select by the first letters of an answer's words. */
  async choose(name, { value, nth = 1 } = {}) {
    await this.to(name);
    const select = this.page.locator(`#f-${name}`);
    const option = value ? select.locator(`option[value="${value}"]`) : select.locator('option').nth(nth);
    await this.type((await option.innerText()).slice(0, 8));
    assert.equal(await select.inputValue(), await option.getAttribute('value'), `${name} is chosen by typing`);
  }

  /** Goes on with Tab until a radio of the group has the focus, and with the arrows to the answer. */
  async pick(name, value) {
    await this.to(name);
    for (let tries = 0; tries < 8; tries += 1) {
      if (await this.page.evaluate((wanted) => document.activeElement.value === wanted, value)) break;
      await this.press('ArrowDown');
    }
    await this.press('Space');
    assert.equal(await this.page.locator(`input[name=${name}]:checked`).inputValue(), value);
  }

  /** Seconds of a person who types slowly and of the pages between, which the counter has not more than two minutes of. */
  took(what) {
    const seconds = this.keys * A_KEY + (Date.now() - this.began) / 1000;
    console.log(`# ${what}: ${this.keys} keys, ${seconds.toFixed(1)} s of ${ALLOWED} allowed`);
    assert.ok(seconds < ALLOWED, `${what} took ${seconds} s`);
  }
}

/** Opens the counter's form and types name and birth date, by keyboard alone from the first field on. */
async function named(page, child) {
  await page.goto(`${at.sis}/students/new`);
  await page.locator('#f-first').waitFor();
  const hands = new Hands(page);
  assert.equal(await hands.on(), 'first', 'the first field has the focus');
  await hands.fill('first', child.first);
  await hands.fill('last', child.last);
  // In the order in which this browser shows a date: month, day, year.
  const [year, ...day] = child.born.split('-');
  await hands.fill('born', [...day, year].join(''));
  assert.equal(await page.inputValue('#f-born'), child.born, 'eight digits in a row are a date');
  return hands;
}

/** Fills the rest of the form. */
async function theRest(hands, child) {
  await hands.choose('gender', { value: 'F' });
  await hands.choose('document');
  await hands.choose('grade', { value: child.grade });
  await hands.fill('guardian_first', child.guardian ?? 'Dawn');
  await hands.fill('guardian_last', child.last);
  await hands.choose('relationship');
  await hands.fill('guardian_phone', '7805550147');
  await hands.fill('street', '214 Spruce Avenue');
  await hands.fill('city', 'Fort McMurray');
  await hands.fill('postal', 'T9H 1A1');
}

/** Fills the counter's form by keyboard alone, from the first field on. */
async function register(page, child) {
  const hands = await named(page, child);
  await page.locator('#matches .card', { hasText: 'PASI' }).waitFor();
  await theRest(hands, child);
  return hands;
}

/** Sends the form with the key that its button prints, and waits for the child's page. */
async function save(hands) {
  assert.equal(await hands.page.locator('form[data-guard] .form-end kbd').textContent(), 'Ctrl Enter');
  await hands.press('Control+Enter');
  await sent(hands.page, STUDENT);
}

const SAVE = 'form[data-guard] .form-end button[type=submit]';

const LAST = { 'en-1440': 'Whitebear-Quill', 'en-390': 'Oxenfree', 'fr-1440': 'Larivée-Bélanger', 'fr-390': 'Thibodeau' };

for (const [row, { lang, width, way }] of WAYS.entries()) {
  const said = words(lang);

  test(`a secretary registers a child, and the child has an ASN (${way})`, async () => {
    const page = await at.signedIn('secretary', { width, lang });
    const known = (await at.province('GET', '/state')).students;
    const child = { first: 'Sahalie', last: LAST[way], born: `2013-04-1${row}`, grade: '08' };
    const hands = await register(page, child);
    await page.locator('#matches').getByText(said['new-nobody']).waitFor();
    await at.fine(page, `counter-${way}`);
    await save(hands);
    hands.took('a child registered by keyboard');
    await page.locator('h1', { hasText: child.last }).waitFor();
    assert.match(await page.locator('.sh-f').innerText(), /\d{4}-\d{4}-\d/, 'the page shows the ASN at once');
    assert.match(await page.locator('#live-part').innerText(), new RegExp(said['state-in-sync']), 'PASI has everything');
    await at.fine(page, `counter-saved-${way}`);
    assert.equal((await at.province('GET', '/state')).students, known + 1, 'the province holds one more student');
    await page.context().close();
  });

  test(`an address changed at the province stands beside ours, and the secretary takes it (${way})`, async () => {
    const page = await at.signedIn('secretary', { width, lang });
    const family = await homeAtTheProvince(page, 3 + row);
    const street = `${width} ${lang === 'fr' ? 'rue des Épinettes' : 'Tamarack Road'}`;
    await at.province('POST', '/student', { asn: family.asn, address: { ...family.address, street } });
    await page.locator('#live-part form', { hasText: street }).waitFor({ timeout: 30_000 });
    await at.fine(page, `address-${way}`);
    for (const theirs of await page.locator('#live-part input[value=theirs]').all()) await theirs.check({ force: true });
    await page.locator('#live-part form button.btn-p').click();
    await page.locator('#live-part').getByText(said['pasi-agrees']).waitFor();
    await page.goto(`${family.url}/family`);
    await page.locator('main').getByText(street).first().waitFor();
    await at.fine(page, `address-taken-${way}`);
    await page.context().close();
  });

  test(`PASI names a child, the secretary decides that it is that one, and both have one number (${way})`, async () => {
    const page = await at.signedIn('secretary', { width, lang });
    const child = { first: 'Maëlle', last: `Quillfeather${LAST[way]}`, born: `2013-03-1${row}`, grade: '08' };
    const { asn } = await at.province('POST', '/students', {
      organization: 'A.3020', name: { first: child.first, middle: '', last: child.last, suffix: '' },
      birth_date: child.born, gender: 'F',
    });
    const known = (await at.province('GET', '/state')).students;
    const hands = await named(page, child);
    const theirs = page.locator(`#matches input[name=province][value="asn-${asn}"]`);
    await theirs.waitFor();
    assert.equal(await page.locator('#matches input[name=province]:checked').count(), 0, 'nobody is chosen beforehand');
    await theRest(hands, child);
    await hands.press('Control+Enter');
    await page.locator('#f-province').getByText(said['finding-LP-0012']).waitFor();
    refused(page);
    await at.fine(page, `pasi-undecided-${way}`);
    await guessed(page, said, await anotherAsn(page));
    // The page stands again, with the focus where it begins.
    const again = new Hands(page);
    await page.locator('#f-first').focus();
    await again.pick('province', `asn-${asn}`);
    await at.fine(page, `pasi-decided-${way}`);
    await save(again);
    assert.equal(await asnOf(page), asn, 'the child has the number that PASI had');
    const [enrolment, ...more] = await enrolledAtTheProvince(asn, 1);
    assert.equal(more.length, 0);
    assert.deepEqual([enrolment.grade, enrolment.is_deleted], ['08', false], 'PASI has the enrolment under that number');
    assert.equal((await at.province('GET', '/state')).students, known, 'no second ASN was made');
    await page.context().close();
  });

  test(`a child who left is found at the counter and enrolled again (${way})`, async () => {
    const page = await at.signedIn('secretary', { width, lang });
    const child = { first: 'Returning', last: `Heron${LAST[way]}`, born: `2012-10-1${row}`, grade: '07' };
    await save(await register(page, child));
    const url = page.url();
    const asn = await asnOf(page);
    await withdraw(page, url);
    const hands = await named(page, child);
    const enrol = page.locator(`#matches a[href$="${new URL(url).pathname}/enrolment/enrol"]`);
    await enrol.waitFor();
    await at.fine(page, `known-here-${way}`);
    for (let tabs = 0; tabs < 10 && !(await enrol.evaluate((link) => link === document.activeElement)); tabs += 1) await hands.press('Tab');
    await hands.press('Enter');
    await page.waitForURL(/\/enrolment\/enrol$/);
    await page.locator('#f-school').waitFor();
    assert.equal(await page.inputValue('#f-grade'), '07', 'the grade is filled in from the last enrolment');
    await at.fine(page, `enrol-again-${way}`);
    await page.keyboard.press('Control+Enter');
    await sent(page, /\/enrolment$/);
    const text = await page.locator('main').innerText();
    assert.match(text, new RegExp(said['enrolment-is-ended']), 'what was stays readable');
    assert.match(text, new RegExp(said['enrolment-is-open']));
    await at.fine(page, `enrolled-again-${way}`);
    const both = await enrolledAtTheProvince(asn, 2);
    assert.equal(both.filter((one) => one.registration_exit_date === null).length, 1, 'PASI has the one that ended and the one that stands');
    await page.context().close();
  });

  test(`a student is enrolled at a second school beside the first (${way})`, async () => {
    const page = await at.signedIn('coordinator', { width, lang });
    const { url, asn } = await at.student(page, 20 + row);
    const before = (await at.province('GET', `/students/${asn}/enrolments`)).length;
    await page.goto(`${url}/enrolment`);
    const stands = await page.locator('main .card').getByText(said['enrolment-is-open']).count();
    await page.getByRole('link', { name: said['enrolment-enrol-do'] }).click();
    await page.locator('#f-school').waitFor();
    const here = await page.locator('.sh').innerText();
    const others = await page.locator('#f-school option').evaluateAll((all) => all.filter((one) => one.value).map((one) => [one.value, one.innerText]));
    const [value, name] = others.find(([, school]) => !here.includes(school));
    await page.selectOption('#f-school', value);
    await page.fill('#f-french_hours', 'many');
    await page.locator('main form[data-guard] button.btn-p').click();
    await page.getByText(said['finding-LP-0006']).first().waitFor();
    refused(page);
    await at.fine(page, `second-school-found-${way}`);
    await page.fill('#f-french_hours', '');
    await page.locator('main form[data-guard] button.btn-p').click();
    await sent(page, /\/enrolment$/);
    await page.locator('main .card', { hasText: name }).first().waitFor();
    assert.equal(await page.locator('main .card').getByText(said['enrolment-is-open']).count(), stands + 1, 'both stand');
    await at.fine(page, `second-school-${way}`);
    assert.equal((await enrolledAtTheProvince(asn, before + 1)).length, before + 1, 'PASI has both');
    await page.context().close();
  });

  test(`a child who left another school is taken in, and one who is still there is not (${way})`, async () => {
    const there = await at.signedIn('secretary-2', { width, lang });
    const child = { first: 'Wandering', last: `Plover${LAST[way]}`, born: `2013-07-1${row}`, grade: '07' };
    await save(await register(there, child));
    const url = there.url();
    const early = await at.signedIn('secretary', { width, lang });
    await named(early, child);
    await early.locator('#matches').getByText(said['new-elsewhere']).waitFor();
    assert.equal(await early.locator('#matches input[value=take-in]').count(), 0, 'who is still there is not offered');
    await early.context().close();
    await withdraw(there, url);
    await there.context().close();
    const page = await at.signedIn('secretary', { width, lang });
    assert.equal((await page.goto(url)).status(), 404, 'the record is not theirs to see yet');
    refused(page);
    const hands = await named(page, child);
    await page.locator('#matches input[value=take-in]').waitFor();
    await hands.pick('another', 'take-in');
    await hands.choose('grade', { value: '07' });
    await at.fine(page, `take-in-${way}`);
    await save(hands);
    assert.equal(page.url(), url, 'it is the record there was');
    await page.goto(`${url}/enrolment`);
    await at.fine(page, `taken-in-${way}`);
    await page.context().close();
  });
}

/** The student leaves today. */
async function withdraw(page, url) {
  await page.goto(`${url}/enrolment`);
  await page.locator('main a[href$="/withdraw"]').first().click();
  await page.locator('#f-last_day').waitFor();
  await page.locator('main form[data-guard] button.btn-p').click();
  await sent(page, /\/enrolment$/);
}

/** What PASI has of the student's enrolments, once there are so many. */
async function enrolledAtTheProvince(asn, wanted) {
  for (let tries = 0; ; tries += 1) {
    const all = await at.province('GET', `/students/${asn}/enrolments`);
    if (all.length >= wanted || tries > 120) return all;
    await new Promise((resolve) => { setTimeout(resolve, 250); });
  }
}

/** The number of a student on the list, whom PASI does not name for another name. */
async function anotherAsn(page) {
  return page.evaluate(async () => {
    const list = new DOMParser().parseFromString(await (await fetch('/students')).text(), 'text/html');
    return list.querySelector('main tbody').innerText.match(/\d{4}-\d{4}-\d/)[0].replaceAll('-', '');
  });
}

/** A form that names a student of PASI's who was not offered for what was typed is refused. */
async function guessed(page, said, asn) {
  const answer = await page.evaluate(async (number) => {
    const body = new URLSearchParams(new FormData(document.querySelector('main form[data-guard]')));
    body.set('province', `asn-${number}`);
    const sent = await fetch('/students/new', { method: 'POST', body });
    return { status: sent.status, text: await sent.text() };
  }, asn);
  assert.equal(answer.status, 422, 'a guessed number is refused');
  assert.ok(answer.text.includes(said['finding-LP-0013']), 'and it is said why');
  refused(page);
}

/** Opens the student in a row of the list, where PASI knows the home, and gives what it knows. */
async function homeAtTheProvince(page, row) {
  await page.goto(`${at.sis}/students`);
  await page.locator('main tbody a[href^="/students/"]').nth(row).click();
  await page.waitForURL(STUDENT);
  const asn = await asnOf(page);
  const { addresses: [address] } = await at.province('GET', `/students/${asn}`);
  assert.ok(address, 'PASI knows where the student lives');
  return { url: page.url(), asn, address };
}

test('every wrong field has its finding beside it, and nothing typed is lost', async () => {
  const page = await at.signedIn('secretary');
  await page.goto(`${at.sis}/students/new`);
  await page.fill('#f-first', 'An1a');
  await page.fill('#f-born', '2090-01-01');
  await page.fill('#f-postal', 'nonsense');
  await page.fill('#f-street', '1 Road');
  await page.locator(SAVE).click();
  await page.locator('.find.e').first().waitFor();
  assert.equal(await page.inputValue('#f-first'), 'An1a');
  const found = await page.locator('.find.e').count();
  assert.ok(found >= 3, `only ${found} findings`);
  await page.context().close();
});

test('the same form sent twice is one student', async () => {
  const page = await at.signedIn('secretary');
  await register(page, { first: 'Twice', last: 'Sent', born: '2014-02-03', grade: '07' });
  const fields = await page.evaluate(() => new URLSearchParams(new FormData(document.querySelector('main form[data-guard]'))).toString());
  const send = () => page.evaluate(async (body) => {
    const answer = await fetch('/students/new', { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    return answer.url;
  }, fields);
  const [first, second] = await Promise.all([send(), send()]);
  assert.match(first, STUDENT);
  assert.equal(first, second);
  await page.context().close();
});

test('PASI is away: children are registered, and PASI is told by itself when it is back', async (t) => {
  await at.province('PUT', '/trouble', { outage: 'fault' });
  const waiting = [];
  for (const { lang, width, way } of WAYS) {
    const said = words(lang);
    await t.test(`registered all the same (${way})`, async () => {
      const page = await at.signedIn('secretary', { width, lang });
      const hands = await register(page, { first: 'Morning', last: `Outage${LAST[way]}`, born: '2015-05-05', grade: '05' });
      await page.locator('#matches').getByText(said['new-away']).waitFor();
      await at.fine(page, `outage-counter-${way}`);
      await save(hands);
      await page.locator('.sh-f', { hasText: said['student-no-asn'] }).waitFor();
      await page.locator(`#live-part .p.info`).waitFor();
      await at.fine(page, `outage-saved-${way}`);
      waiting.push({ page, way });
    });
  }
  await at.province('PUT', '/trouble', {});
  for (const { page, way } of waiting) {
    await t.test(`told when PASI is back (${way})`, async () => {
      await page.waitForFunction(async () => {
        const answer = await fetch(location.href);
        return /ASN <b>\d{4}-\d{4}-\d/.test(await answer.text());
      }, null, { timeout: 90_000, polling: 500 });
      await page.reload();
      await at.fine(page, `outage-over-${way}`);
      await page.context().close();
    });
  }
});
