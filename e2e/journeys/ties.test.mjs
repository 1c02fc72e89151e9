// Who sees whom: the director ties an account, the office decides about portal access, and the family sees it at once.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WAYS, refused, words, world } from '../lib.mjs';

const at = await world();

/** The addresses of the students a family sees. */
async function children(page) {
  await page.goto(`${at.sis}/students`);
  const links = await page.locator('main a[href^="/students/"]').evaluateAll((all) => all.map((a) => a.href));
  return [...new Set(links.filter((href) => /\/students\/[0-9a-f-]{36}$/.test(href)))];
}

/** The page of an account, as its director sees it. */
async function accountPage(director, username) {
  await director.goto(`${at.sis}/division/accounts?q=${username}`);
  await director.locator('main tbody a').first().click();
  await director.waitForURL(/\/division\/accounts\/[0-9a-f-]{36}$/);
  return director.url();
}

/** Somebody of an office that keeps this student's record. */
async function office(url) {
  for (const role of ['secretary', 'coordinator']) {
    const page = await at.signedIn(role);
    const answer = await page.goto(url);
    if (answer.status() === 200) return page;
    await page.context().close();
  }
  throw new Error('no office opens the record');
}

/** What the person's browser is told at an address. */
const status = async (page, url) => (await page.request.get(url)).status();

for (const { lang, width, way } of WAYS) {
  const say = words(lang);
  test(`a guardian sees the children that the office says, and no longer than that (${way})`, async () => {
    const family = await at.signedIn('guardian', { width: 390, lang });
    const seen = await children(family);
    assert.ok(seen.length > 0, 'the practice guardian has children');
    const director = await at.signedIn('director', { width, lang });
    const { username } = at.account('guardian');
    const account = await accountPage(director, username);
    const name = await director.locator('h1').innerText();
    const card = director.locator('section', { has: director.locator('#ties') });
    await at.fine(director, `ties-${way}`);

    await card.getByRole('button', { name: say['division-end-tie-verb'] }).first().click();
    const dialog = director.locator('dialog[open]');
    await dialog.locator('input[name=reason]').fill('asked for at the counter');
    await Promise.all([director.waitForEvent('load'), dialog.locator('button[type=submit]').click()]);
    await card.getByText(say['division-tie-over']).first().waitFor();
    assert.equal(await status(family, seen[0]), 404, 'an ended tie opens nothing, in the session that was open');
    assert.deepEqual(await children(family), []);
    await at.fine(family, `ties-nobody-${way}`);

    await card.getByRole('link', { name: say['division-tie-new'] }).click();
    await director.waitForURL(/\/ties\/new/);
    await director.fill('#f-q', name);
    await director.press('#f-q', 'Enter');
    await director.locator('input[name=whom]').first().waitFor();
    await at.fine(director, `tie-new-${way}`);
    await director.locator('main form[method=post] .form-end button[type=submit]').click();
    await director.getByText(say['finding-LP-0129']).first().waitFor();
    refused(director);
    await at.fine(director, `tie-new-refused-${way}`);
    await director.locator('input[name=whom]').first().check({ force: true });
    await director.fill('#f-reason', 'mother of the family');
    await Promise.all([
      director.waitForURL(account),
      director.locator('main form[method=post] .form-end button[type=submit]').click(),
    ]);
    await at.fine(director, `tie-given-${way}`);
    assert.deepEqual(await children(family), seen, 'tied again, the same children');
    await family.goto(seen[0]);
    await at.fine(family, `ties-child-${way}`);

    const clerk = await office(seen[0]);
    await clerk.goto(`${seen[0]}/family`);
    const edit = clerk.locator('a[href*="/family/contact/"]');
    for (const href of await edit.evaluateAll((all) => all.map((a) => a.href))) {
      await clerk.goto(href);
      const own = await Promise.all(['first_name', 'last_name'].map((part) => clerk.inputValue(`[name=${part}]`)));
      if (own.every((part) => name.includes(part))) break;
    }
    await clerk.locator('#f-portal_access').uncheck();
    await Promise.all([clerk.waitForURL(/\/family\?/), clerk.locator('main form[data-guard] button.btn-p').click()]);
    assert.equal(await status(family, seen[0]), 404, 'portal access withdrawn: gone with the next request');
    assert.ok(!(await children(family)).includes(seen[0]));
    await clerk.locator('.toast-x button').first().click();
    await clerk.waitForURL(/\/family$/);
    assert.deepEqual(await children(family), seen, 'the office took it back');
    for (const page of [family, director, clerk]) await page.context().close();
  });
}

test('another family’s child stays unknown, however its address was come by', async () => {
  const coordinator = await at.signedIn('coordinator');
  const family = await at.signedIn('guardian', { width: 390 });
  const own = await children(family);
  await coordinator.goto(`${at.sis}/students`);
  const all = await coordinator.locator('main tbody a[href^="/students/"]').evaluateAll((found) => found.map((a) => a.href));
  const other = all.find((href) => !own.includes(href));
  for (const path of ['', '/family', '/identity', '/enrolment']) assert.equal(await status(family, other + path), 404, path);
  for (const page of [coordinator, family]) await page.context().close();
});
