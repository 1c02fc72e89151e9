// Everyone gets in, sees a first page, and gets out.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LANGUAGES, WAYS, WIDTHS, oneTimeCode, refused, words, world } from '../lib.mjs';

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

/** A fingerprint reader in the page's browser that says yes, until told otherwise. */
async function fingerprint(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true,
      isUserVerified: true, automaticPresenceSimulation: true,
    },
  });
  return {
    /** Whether the person's finger is known. */
    answers: (isUserVerified) => cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
  };
}

/** Passkeys belong to a host name; the practice division's is localhost. */
const named = (path = '') => at.sis.replace('127.0.0.1', 'localhost') + path;

async function enter(page, username, password) {
  await page.goto(named('/sign-in'));
  await page.fill('input[name=username]', username);
  await page.fill('input[name=password]', password);
  await page.press('input[name=password]', 'Enter');
}

for (const { lang, width, way } of WAYS) {
  const say = words(lang);
  test(`someone new to the office sets up a passkey at the first sign-in, and signs in with it (${way})`, async () => {
    const username = `new-${way}`;
    const director = await at.signedIn('director', { lang: 'en' });
    await director.goto(`${at.sis}/division/accounts/new`);
    await director.fill('#f-display_name', 'Ina Newcomer');
    await director.fill('#f-username', username);
    await Promise.all([director.waitForEvent('load'), director.locator('main form[method=post] .form-end button[type=submit]').click()]);
    const first = await director.locator('.code.big').innerText();
    await director.goto(`${at.sis}/division/accounts?q=${username}`);
    await director.locator('main tbody a').first().click();
    await director.waitForURL(/\/division\/accounts\/[0-9a-f-]{36}$/);
    await director.selectOption('#f-role', 'coordinator');
    await director.fill('#f-reason', 'new at the office');
    await Promise.all([director.waitForEvent('load'), director.locator('main form[action$="/roles"] button[type=submit]').click()]);

    const page = await at.page({ width, lang });
    const finger = await fingerprint(page);
    await enter(page, username, first);
    await page.waitForURL(/\/sign-in\/set-up/);
    const add = page.locator('[data-passkey-new]');
    await at.fine(page, `set-up-${way}`);
    await finger.answers(false);
    await add.click();
    const told = page.locator('[data-passkey-told]');
    await told.waitFor();
    assert.equal(await told.innerText(), say['passkey-new-cancelled']);
    await at.fine(page, `set-up-cancelled-${way}`);
    await finger.answers(true);
    await add.click();
    await page.waitForURL(/\/sign-in\/password/);
    const password = `granite-otter-${way}-41`;
    await page.fill('input[name=password]', password);
    await page.fill('input[name=again]', password);
    await Promise.all([
      page.waitForURL((url) => !url.pathname.startsWith('/sign-in')),
      page.locator('main form button[type=submit]').click(),
    ]);
    await page.goto(named('/account'));
    await page.locator('form[action="/account/passkey/rename"]').waitFor();
    await at.fine(page, `account-passkey-${way}`);

    await page.context().clearCookies();
    await enter(page, username, password);
    await page.waitForURL(/\/sign-in\/second/);
    await page.fill('input[name=code]', '000000');
    await page.press('input[name=code]', 'Enter');
    await page.locator('[role=alert]').waitFor();
    refused(page);
    await at.fine(page, `second-passkey-${way}`);
    await Promise.all([
      page.waitForURL((url) => !url.pathname.startsWith('/sign-in')),
      page.locator('[data-passkey]').click(),
    ]);
    for (const one of [page, director]) await one.context().close();
  });
}

test('a browser without passkeys says so and keeps the authenticator app', async () => {
  const page = await at.page();
  await page.addInitScript(() => { delete window.PublicKeyCredential; });
  const { username, password } = at.account('principal');
  await enter(page, username, password);
  await page.waitForURL(/\/sign-in\/second/);
  assert.ok(await page.locator('input[name=code]').isVisible());
  await page.fill('input[name=code]', at.codeOf('principal'));
  await Promise.all([page.waitForURL((url) => !url.pathname.startsWith('/sign-in')), page.press('input[name=code]', 'Enter')]);
  await page.goto(named('/account'));
  const told = page.locator('[data-passkey-told]');
  await told.waitFor();
  assert.equal(await told.innerText(), words('en')['passkey-unable']);
  assert.ok(await page.locator('[data-passkey-new]').isHidden());
  await page.context().close();
});
