// What every journey needs: a practice division of its own, a browser, people signed in, axe.
//
//   import { world } from '../lib.mjs';
//   const at = await world();
//   test('a secretary finds a student', async () => {
//     const page = await at.signedIn('secretary', { width: 390, lang: 'fr' });
//     …
//     await at.fine(page, 'student-found');
//   });

import { AxeBuilder } from '@axe-core/playwright';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const here = dirname(fileURLToPath(import.meta.url));
const locales = join(here, '..', 'crates', 'ui', 'locales');
const shots = join(here, 'shots');
const CHROMIUM = process.env.LODGEPOLE_CHROMIUM ?? '/usr/bin/chromium';
const BROWSER_FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** A desk and a phone. */
export const WIDTHS = [1440, 390];
/** Complete from the first page on. */
export const LANGUAGES = ['en', 'fr'];
/** The ways each journey is walked; `way` names pictures and tests. */
export const WAYS = LANGUAGES.flatMap((lang) => WIDTHS.map((width) => ({ lang, width, way: `${lang}-${width}` })));
const HEIGHT = { 1440: 900, 390: 844 };
const LOCALE = { en: 'en-CA', fr: 'fr-CA' };
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * A running practice division and a browser; both end with the test file.
 * `students` is its size; `data` is the folder of the records, a new one when absent; `flags` are further words of the
 * command; `clock` a clock of its own that can be set, see `ownClock`.
 */
export async function world({ students = 400, data, flags = [], clock } = {}) {
  const demo = await startDemo({ students, data, flags, env: clock?.env });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: BROWSER_FLAGS, headless: true });
  const at = new World(demo, browser);
  after(() => at.end());
  return at;
}

/** The product's plain words in a language, by key; those that count or name something have none. */
export function words(lang) {
  const folder = join(locales, LOCALE[lang]);
  const lines = readdirSync(folder).flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'));
  const plain = lines.map((line) => /^([a-z][\w-]*) = ([^{}]+)$/i.exec(line)).filter(Boolean);
  return Object.fromEntries(plain.map(([, key, text]) => [key, text.trim()]));
}

/**
 * A machine's clock that the program goes by instead of the real one. `set('+365d')` puts it a year ahead of the real
 * one, at once, under the running program; time itself and waiting go on as they do.
 */
export function ownClock() {
  const folder = mkdtempSync(join(tmpdir(), 'lodgepole-clock-'));
  const file = join(folder, 'shift');
  const libraries = readdirSync('/usr/lib').map((machine) => join('/usr/lib', machine, 'faketime', 'libfaketimeMT.so.1'));
  const library = libraries.find(existsSync);
  assert.ok(library, 'the package libfaketime is missing; ./test e2e installs it');
  // Renamed into place: the program never reads half of it.
  const set = (shift) => {
    writeFileSync(`${file}.new`, shift);
    renameSync(`${file}.new`, file);
  };
  set('+0d');
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return {
    set,
    env: {
      LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
  };
}

/** Starts `lodgepole demo` and waits for its ready line; `listen` is where the site listens, a free port when absent. */
export async function startDemo({ students = 400, data, listen = '127.0.0.1:0', flags = [], env = {} } = {}) {
  const bin = process.env.LODGEPOLE_BIN;
  assert.ok(bin, 'LODGEPOLE_BIN names the built program; ./test e2e sets it');
  const folder = data ?? mkdtempSync(join(tmpdir(), 'lodgepole-e2e-'));
  const child = spawn(bin, [
    'demo', '--students', String(students), '--data', folder,
    '--listen', listen, '--pasi-listen', '127.0.0.1:0', '--json', ...flags,
  ], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const said = [];
  child.stderr.on('data', (text) => { said.push(String(text)); said.splice(0, said.length - 200); });
  const told = () => said.join('').split('\n').slice(-30).join('\n');
  const ready = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`not ready after 3 minutes\n${told()}`)), 180_000);
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`ended before it was ready (${code ?? signal})\n${told()}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith('{')) return;
      clearTimeout(late);
      resolve(JSON.parse(line));
    });
  });
  child.removeAllListeners('exit');
  assert.equal(ready.ready, true);
  process.once('exit', () => child.kill('SIGKILL'));
  return {
    ...ready,
    folder,
    told,
    /** Ends the program; `SIGKILL` is a pulled plug. The folder stays when it was given. */
    stop: (signal = 'SIGTERM') => new Promise((resolve) => {
      const gone = () => {
        if (!data) rmSync(folder, { recursive: true, force: true });
        resolve();
      };
      if (child.exitCode !== null || child.signalCode !== null) return gone();
      child.once('exit', gone);
      child.kill(signal);
    }),
  };
}

class World {
  constructor(demo, browser) {
    this.demo = demo;
    this.browser = browser;
    this.sis = demo.sis.replace(/\/$/, '');
    this.pasi = demo.pasi.replace(/\/$/, '');
    this.console = demo.console.replace(/\/$/, '');
    /** The roles whose one-time code was typed. */
    this.coded = new Set();
  }

  /** The practice account of a role. */
  account(role) {
    const found = this.demo.accounts.find((account) => account.role === role);
    assert.ok(found, `the practice division has no ${role}; it has ${this.demo.accounts.map((a) => a.role).join(', ')}`);
    return found;
  }

  /** Opens the student in a row of the list; gives the address and the ASN. */
  async student(page, row) {
    await page.goto(`${this.sis}/students`);
    await page.locator('main table tbody a').nth(row).click();
    await page.waitForURL(/\/students\/[0-9a-f-]{36}$/);
    return { url: page.url(), asn: await asnOf(page) };
  }

  /** A new page of a person not signed in. What goes wrong in it gathers in `page.problems`. */
  async page({ width = 1440, lang = 'en', theme = 'light' } = {}) {
    const context = await this.browser.newContext({
      viewport: { width, height: HEIGHT[width] ?? 900 },
      locale: LOCALE[lang],
      timezoneId: 'America/Edmonton',
      colorScheme: theme,
      reducedMotion: 'reduce',
    });
    return anotherPage(context);
  }

  /** A page of a person signed in by one click, second factor included. */
  async signedIn(role, how = {}) {
    const page = await this.page(how);
    await page.goto(this.sis);
    await Promise.all([
      page.waitForURL((url) => !url.pathname.startsWith('/sign-in')),
      page.locator(`button[name=role][value=${role}]`).click(),
    ]);
    await speaks(page, LOCALE[how.lang ?? 'en']);
    return page;
  }

  /** The code that this role's authenticator shows now. A code serves once in its half minute: a journey asks for one a role. */
  codeOf(role) {
    assert.ok(!this.coded.has(role), `${role} has used a code: sign in as someone else, or the second within half a minute is refused`);
    this.coded.add(role);
    return oneTimeCode(this.account(role).totp_secret);
  }

  /** A page of a person signed in by password and one-time code. */
  async signedInByPassword(role, how = {}) {
    const { username, password } = this.account(role);
    const page = await this.page(how);
    await page.goto(this.sis);
    await page.fill('input[name=username]', username);
    await page.fill('input[name=password]', password);
    await page.press('input[name=password]', 'Enter');
    await page.fill('input[name=code]', this.codeOf(role));
    const inside = page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    await page.press('input[name=code]', 'Enter');
    await inside;
    return page;
  }

  /** The page is as it must be: accessible, not wider than the window, without errors or a missing word; keeps its picture. */
  async fine(page, name) {
    await shot(page, name);
    assert.doesNotMatch(await page.locator('body').innerText(), /⟦/, `${page.url()} lacks a word`);
    await axe(page);
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(beyond <= 0, `${page.url()} is ${beyond} px wider than its window`);
    assert.deepEqual(page.problems, [], `${page.url()} reports errors`);
  }

  /**
   * Acts as the province, through the reference server's console: `GET /state`, `PUT /trouble`
   * (`{ outage: 'fault' }`; `{}` ends it), `POST /student` (`{ asn, address }`), `GET /students/ASN/enrolments`.
   */
  async province(method, path, body) {
    const file = (name) => readFileSync(join(this.demo.folder, 'pasi-client', name));
    const { status, text } = await call(new URL(`/console/api${path}`, this.pasi), {
      method,
      ca: file('ca.pem'),
      cert: file('cert.pem'),
      key: file('key.pem'),
      headers: { 'x-pasi-console': 'yes', 'content-type': 'application/json' },
    }, body);
    assert.equal(status, 200, `${method} ${path}: ${text}`);
    return JSON.parse(text);
  }

  async end() {
    await this.browser.close();
    await this.demo.stop();
  }
}

/** A new page of a window. What goes wrong in it gathers in `page.problems`. */
export async function anotherPage(context) {
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.problems = [];
  page.on('pageerror', (error) => page.problems.push(`script: ${error.message}`));
  // A request that typing on overtakes is cut off; the script library tells so as an error.
  const overtaken = /^htmx:(sendAbort|afterRequest)/;
  page.on('console', (line) => { if (line.type() === 'error' && !overtaken.test(line.text())) page.problems.push(`console: ${line.text()}`); });
  return page;
}

/** The ASN of the student whose page is open, without hyphens. */
export async function asnOf(page) {
  return (await page.locator('.sh-f').innerText()).match(/\d{4}-\d{4}-\d/)[0].replaceAll('-', '');
}

/** Types a further phone number of the student with this address. */
export async function addPhone(page, url, number) {
  await page.goto(`${url}/family/phone`);
  await page.fill('#f-number', number);
  await page.locator('form[data-guard] button.btn-p').last().click();
  await page.waitForURL(/\/family/);
}

/** An answer of 404, 409 or 422 is what the journey asked for; the browser notes it as an error. */
export function refused(page) {
  page.problems = page.problems.filter((line) => !/status of (404|409|422)/.test(line));
}

/** Waits until what was sent is saved; where the page asks whether something unusual is meant, it is. */
export async function sent(page, address) {
  const asked = page.locator('#findings.ask');
  await Promise.race([page.waitForURL(address), asked.waitFor()]);
  if (await asked.count() === 0) return;
  refused(page);
  await Promise.all([page.waitForURL(address), page.locator('main form[data-guard] button.btn-p').last().click()]);
}

/** The language is the account's, and stays as the journey before has left it. */
async function speaks(page, tag) {
  if (await page.evaluate(() => document.documentElement.lang) === tag) return;
  await page.evaluate(async (lang) => {
    const csrf = document.querySelector('meta[name=csrf-token]').content;
    await fetch('/settings/language', { method: 'POST', body: new URLSearchParams({ lang, csrf, back: '/' }) });
  }, tag);
  await page.reload();
}

function call(url, options, body) {
  return new Promise((resolve, reject) => {
    const asked = request(url, options, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode, text: Buffer.concat(parts).toString() }));
    });
    asked.once('error', reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Fails with each broken rule and where it is broken. */
export async function axe(page) {
  // What is half under the sticky bar would be too small to hit.
  await page.evaluate(() => window.scrollTo(0, 0));
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const lines = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  at ${target.join(' ')}\n  ${failureSummary}`));
  assert.equal(lines.length, 0, `${page.url()}: ${lines.length} accessibility problems\n${lines.join('\n')}`);
}

/** Keeps the whole page as e2e/shots/NAME.png. */
export async function shot(page, name) {
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}

/** The code an authenticator shows now for a base32 secret (RFC 6238: SHA-1, 30 s, 6 digits). */
export function oneTimeCode(secret, at = Date.now()) {
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac('sha1', fromBase32(secret)).update(step).digest();
  const offset = hash.at(-1) & 15;
  const number = hash.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, '0');
}

function fromBase32(text) {
  const bits = [...text.replace(/=+$/, '').toUpperCase()]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}
