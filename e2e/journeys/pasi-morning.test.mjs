// PASI is away for a morning: forty changes are typed, and at the province somebody changes two of the same children.
// When PASI is back everything goes by itself, but for those two, which a person decides, with both sides before them.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { WAYS, addPhone, asnOf, words, world } from '../lib.mjs';

const at = await world({ students: 400 });
const MANY = 40;

/** So many students of the list, after those that an earlier morning changed: addresses of their pages. */
async function students(page, [from, many], say) {
  const found = new Set();
  await page.goto(`${at.sis}/students`);
  for (;;) {
    const here = await page.locator('main table tbody a[href^="/students/"]').evaluateAll((all) => all.map((a) => a.href));
    for (const href of here) found.add(href);
    if (found.size >= from + many) return [...found].slice(from, from + many);
    await page.locator('main').getByRole('link', { name: say['list-next'] }).click();
    await page.waitForFunction((first) => document.querySelector('main table tbody a[href^="/students/"]')?.href !== first, here[0]);
  }
}

/** Waits until a tab of the queue has so many rows. */
async function rows(page, tab, many) {
  const found = page.locator('#queue-rows tbody tr a');
  let seen = 0;
  for (let tries = 0; tries < 120; tries += 1) {
    await page.goto(`${at.sis}/pasi?tab=${tab}`);
    seen = await found.count();
    if (seen === many) return found;
    await page.waitForTimeout(500);
  }
  throw new Error(`${tab} has ${seen} rows, not ${many}`);
}

/** What `lodgepole pasi status` says; it ends with 3 while PASI is away. */
function told(...more) {
  const words = ['pasi', 'status', '--data', at.demo.folder, ...more];
  const { stdout, stderr, status: code } = spawnSync(process.env.LODGEPOLE_BIN, words, { encoding: 'utf8', env: {} });
  assert.ok(code === 0 || code === 3, `pasi status ended with ${code}: ${stderr}`);
  return stdout;
}
const status = () => JSON.parse(told('--json'));

for (const [morning, { lang, width, way }] of [WAYS[0], WAYS[3]].entries()) {
  test(`a morning without PASI: forty changes wait, two are overtaken and decided by hand, then both sides agree (${way})`, async () => {
    const say = words(lang);
    const page = await at.signedIn('coordinator', { lang, width });
    const chosen = await students(page, [morning * MANY, MANY], say);
    const asns = [];
    for (const url of chosen.slice(0, 2)) {
      await page.goto(url);
      asns.push(await asnOf(page));
    }
    await at.province('PUT', '/trouble', { outage: 'fault' });
    for (const [row, url] of chosen.entries()) await addPhone(page, url, `780555${String(2000 + morning * 100 + row)}`);
    await rows(page, 'waiting', MANY);
    const tab = page.locator('main a[aria-current]', { hasText: say['pasi-page-tab-waiting'] });
    assert.match(await tab.innerText(), new RegExp(`\\b${MANY}\\b`), 'the tab counts them all');
    assert.equal(status().on_their_way, MANY, 'and so does the status');
    await at.fine(page, `morning-waiting-${way}`);
    const address = (number) => ({
      ref_id: crypto.randomUUID(), phone_type: 'Home', number, extension: null, is_preferred: false,
    });
    for (const [row, asn] of asns.entries()) {
      const theirs = await at.province('GET', `/students/${asn}`);
      await at.province('POST', '/student', { asn, phone: { ...theirs.phones[0], ...address(`587555${3000 + morning * 100 + row}`) } });
    }
    await at.province('PUT', '/trouble', {});
    await rows(page, 'waiting', 0);
    const overtaken = await rows(page, 'conflicts', 2);
    for (const value of ['resend', 'drop']) {
      await overtaken.first().click();
      await page.locator('#drawer h2').waitFor();
      await at.fine(page, `morning-${value}-${way}`);
      await page.locator(`#drawer input[value=${value}]`).check();
      await page.locator('#drawer form[data-apply] button.btn-p').click();
      await page.waitForURL(/\/pasi\?/);
      await page.goto(`${at.sis}/pasi?tab=conflicts`);
    }
    await rows(page, 'waiting', 0);
    // Each side still has a number that the other has not: what the province has stands.
    for (const left of [2, 1]) {
      await (await rows(page, 'conflicts', left)).first().click();
      await page.locator('#drawer h2').waitFor();
      if (left === 2) await at.fine(page, `morning-differences-${way}`);
      for (const theirs of await page.locator('#drawer input[type=radio][value=theirs]').all()) await theirs.check();
      await page.locator('#drawer form button.btn-p').click();
      await page.waitForURL(/\/pasi\?/);
    }
    await rows(page, 'conflicts', 0);
    await rows(page, 'waiting', 0);
    await page.getByRole('button', { name: say['pasi-page-check'] }).click();
    for (let tries = 0; !status().in_sync; tries += 1) {
      assert.ok(tries < 40, 'the status says that both sides agree');
      await page.waitForTimeout(500);
    }
    const { kinds, on_their_way: waiting } = status();
    assert.equal(waiting, 0);
    assert.ok(kinds.length > 0, 'kinds of record were compared');
    for (const kind of kinds) assert.ok(kind.compared && kind.agrees, `the hashes of ${kind.notification} agree`);
    assert.match(told(), /^in sync: yes$/m, 'and it says so in words');
    await page.context().close();
  });
}
