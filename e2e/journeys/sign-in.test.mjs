// Everyone gets in, sees a first page, and gets out.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LANGUAGES, WIDTHS, oneTimeCode, world } from '../lib.mjs';

const at = await world();

test('the one-time code is the one of RFC 6238', () => {
  // Appendix B, SHA-1, the last six of the published eight digits.
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  for (const [seconds, code] of [[59, '287082'], [1111111109, '081804'], [20000000000, '353130']]) {
    assert.equal(oneTimeCode(secret, seconds * 1000), code);
  }
});

for (const lang of LANGUAGES) {
  for (const width of WIDTHS) {
    test(`the sign-in page is fine (${lang}, ${width} px)`, async () => {
      const page = await at.page({ width, lang });
      await page.goto(at.sis);
      await page.locator('input[name=username]').waitFor();
      const spoken = await page.getAttribute('html', 'lang');
      assert.ok(spoken.startsWith(lang), `asked for ${lang}, the page says ${spoken}`);
      await at.fine(page, `sign-in-${lang}-${width}`);
      await page.context().close();
    });
  }
}

for (const { role } of at.demo.accounts) {
  for (const width of WIDTHS) {
    test(`a ${role} is inside with one click, on a fine first page (${width} px)`, async () => {
      const page = await at.signedIn(role, { width });
      assert.ok(await page.locator('main').isVisible(), 'the first page has content');
      await at.fine(page, `first-page-${role}-${width}`);
      await page.context().close();
    });
  }
}

test('a secretary signs in with password and one-time code', async () => {
  const page = await at.signedInByPassword('secretary');
  assert.ok(await page.locator('main').isVisible(), 'the first page has content');
  await page.context().close();
});

test('a wrong password is refused beside the form, and says nothing of the account', async () => {
  const answers = [];
  for (const username of [at.account('secretary').username, 'nobody-by-this-name']) {
    const page = await at.page();
    await page.goto(at.sis);
    await page.fill('input[name=username]', username);
    await page.fill('input[name=password]', 'not the password');
    await page.press('input[name=password]', 'Enter');
    answers.push(await page.locator('[role=alert]').first().innerText());
    await page.context().close();
  }
  assert.equal(answers[0], answers[1]);
});
