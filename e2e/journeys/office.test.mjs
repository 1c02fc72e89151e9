// The division's office: its accounts and its audit leave as files, whole within the filter on screen,
// and the audit says who took them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { WAYS, refused, words, world } from '../lib.mjs';

const at = await world({ students: 60 });

/** Saves what a link sends; its lines. */
async function taken(page, address) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator(`a[href^="${address}"][href*="format=csv"]`).click()]);
  const text = readFileSync(await file.path(), 'utf8');
  assert.ok(text.startsWith('\ufeff'), 'Excel reads the accents');
  return { name: file.suggestedFilename(), lines: text.slice(1).trimEnd().split(/\r?\n/) };
}

for (const { lang, width, way } of WAYS) {
  test(`accounts and audit leave as they are filtered (${way})`, async () => {
    const t = words(lang);
    const page = await at.signedIn('director', { width, lang });
    await page.goto(`${at.sis}/division/accounts?role=teacher`);
    await at.fine(page, `accounts-${way}`);
    if (width < 820) {
      assert.ok(await page.locator('a[href^="/division/accounts/export"]').first().isHidden(), 'files are for a desk');
      await page.goto(`${at.sis}/division/audit`);
      await at.fine(page, `audit-${way}`);
      await page.context().close();
      return;
    }
    const shown = await page.locator('#accounts-rows tbody tr').count();
    const teachers = await taken(page, '/division/accounts/export');
    assert.match(teachers.name, /^accounts-\d{4}-\d\d-\d\d\.csv$/);
    assert.equal(teachers.lines[0].split(',')[0], t['division-field-display-name']);
    assert.ok(teachers.lines.length - 1 >= shown && shown > 0, `${teachers.lines.length} lines, ${shown} shown`);
    await page.goto(`${at.sis}/division/accounts`);
    const all = await taken(page, '/division/accounts/export');
    assert.ok(all.lines.length > teachers.lines.length, 'the filter holds for the file');

    await page.goto(`${at.sis}/division/audit?action=accounts.export`);
    await at.fine(page, `audit-${way}`);
    const audit = await taken(page, '/division/audit/export');
    assert.ok(audit.lines.length > 2, 'both files are in the audit');
    assert.ok(audit.lines.slice(1).every((line) => line.includes('accounts.export')), 'within the filter');
    assert.ok(audit.lines[1].includes('filter'), 'it says by what');
    await page.goto(`${at.sis}/division/audit`);
    await page.locator('tbody tr', { hasText: 'audit.export' }).first().waitFor();
    await page.context().close();
  });
}

test('who may not read the accounts or the audit takes neither', async () => {
  const page = await at.signedIn('secretary');
  for (const path of ['/division/accounts/export', '/division/audit/export']) {
    const answer = await page.request.get(at.sis + path);
    assert.equal(answer.status(), 403, path);
  }
  refused(page);
  await page.context().close();
});
