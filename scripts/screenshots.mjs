// Makes the pictures of the approvals page that the README shows: real policy-wraps, real calls, a real browser.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const target = path.resolve(process.argv[2] ?? path.join(root, 'docs/images'));
const browserPath = process.env.POLICY_WRAP_TEST_CHROMIUM ?? '/usr/bin/chromium';
const folder = mkdtempSync(path.join(tmpdir(), 'policy-wrap-pictures-'));

const POLICY = `version: 1
default: allow
approvals: { via: [page, terminal], timeout: 300, hold: 45, edit: true }
tools:
  create_charge:
    action: require_approval
    reason: Charges of more than $100 are approved by a person.
  reboot_broker:
    action: require_approval
    reason: Reboots of production brokers need a person.
  write_file: require_approval
  "delete_*": require_approval
`;

/** Each server, its client, and the calls that wait; those that are answered before come first. */
const SERVERS = [
  [
    'stripe',
    'Claude Code',
    [
      ['create_charge', { amount: 4900, currency: 'usd', customer: 'cus_R4bV' }, 'approve'],
      [
        'create_charge',
        {
          amount: 129900,
          currency: 'usd',
          customer: 'cus_QkT9vXw2mB1fLd',
          description: 'Annual plan, Northwind Traders',
          metadata: { order_id: 20260412000731, renewal: true },
        },
      ],
    ],
  ],
  [
    'amazon-mq',
    'Cursor',
    [
      ['delete_broker', { broker_id: 'b-77aa01f2' }, 'deny'],
      ['reboot_broker', { broker_id: 'b-1234a5b6-orders-prod', region: 'eu-central-1' }],
    ],
  ],
  [
    'filesystem',
    'Claude Code',
    [
      ['write_file', { path: '/srv/app/README.md', content: '# Orders\n' }, 'remember'],
      [
        'write_file',
        {
          path: '/srv/app/config/production.env',
          content: 'LOG_LEVEL=info\nDATABASE_URL=postgres://orders:s3cr3t-Wd91@db.internal/orders\n',
        },
      ],
    ],
  ],
];

const wraps = [];
/** The system's own font is what people see; this machine has another one. */
const fonts = path.join(folder, 'fonts.conf');
writeFileSync(
  fonts,
  `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><include>/etc/fonts/fonts.conf</include>
${[
  ['system-ui', 'Inter'],
  ['sans-serif', 'Inter'],
  ['ui-monospace', 'JetBrains Mono'],
]
  .map(
    ([family, font]) =>
      `<match target="pattern"><test name="family"><string>${family}</string></test><edit name="family" mode="prepend" binding="strong"><string>${font}</string></edit></match>`,
  )
  .join('')}</fontconfig>`,
);
const browser = await chromium.launch({
  executablePath: browserPath,
  args: ['--no-sandbox'],
  env: { ...process.env, FONTCONFIG_FILE: fonts },
});
try {
  mkdirSync(target, { recursive: true });
  const config = path.join(folder, 'policy-wrap.yaml');
  writeFileSync(config, POLICY);
  const page = await (await browser.newContext()).newPage();
  const started = SERVERS.map(([server, client, calls]) => ({ ...start(config, server, client), calls }));
  for (const { call, link, calls } of started) {
    for (const [name, args, answer] of calls.filter((each) => each[2] !== undefined)) {
      call(name, args);
      if (page.url() === 'about:blank') await page.goto(await link());
      await decide(page, answer);
    }
  }
  await page.getByText('Nothing waits').waitFor();
  for (const { call, calls } of started) {
    for (const [name, args] of calls.filter((each) => each[2] === undefined)) call(name, args);
    await page.waitForTimeout(700);
  }
  await page.evaluate(() => {
    document.activeElement?.blur();
    scrollTo(0, 0);
  });
  for (const scheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: scheme });
    await picture(page, `approvals-${scheme}`, { width: 1000, height: 1118 });
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await picture(page, 'approvals-phone', { width: 390, height: 844 });
  if (process.argv.includes('--all')) await more(page);
} finally {
  await browser.close();
  for (const wrap of wraps) wrap.kill('SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 500));
  rmSync(folder, { recursive: true, force: true });
}

async function picture(page, name, viewport) {
  await page.setViewportSize(viewport);
  await page.waitForTimeout(600);
  await page.screenshot({ path: path.join(target, `${name}.png`) });
}

/** What the README does not show, to be looked at. */
async function more(page) {
  await page.setViewportSize({ width: 1000, height: 900 });
  await page.screenshot({ path: path.join(target, 'whole.png'), fullPage: true });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByRole('button', { name: 'Approve and remember…' }).first().click();
  const edit = page.getByRole('button', { name: 'Edit arguments' });
  if (await edit.first().isVisible()) await edit.nth(1).click();
  await page.screenshot({ path: path.join(target, 'open.png'), fullPage: true });
  await page.waitForTimeout(500);
  await page.getByRole('button', { name: 'Deny' }).nth(1).click();
  await page.waitForTimeout(300);
  await page.screenshot({ path: path.join(target, 'settled.png') });
  for (const wrap of wraps) wrap.stdin.end();
  await page.waitForTimeout(4_000);
  await page.screenshot({ path: path.join(target, 'lost.png') });
}

/** Presses until it counts: a card that has just appeared or moved cannot be answered. */
async function decide(page, answer) {
  const card = page.locator('article:not(.settled)');
  await card.waitFor();
  if (answer === 'deny')
    await card.getByPlaceholder('Reason').fill('Brokers are deleted through Terraform only.');
  if (answer === 'remember') await card.getByRole('button', { name: 'Approve and remember…' }).click();
  const name = { deny: 'Deny', remember: 'Approve and remember', approve: 'Approve once' }[answer];
  while ((await card.count()) > 0) {
    await page.waitForTimeout(500);
    await card
      .getByRole('button', { name, exact: true })
      .click({ timeout: 500 })
      .catch(() => {});
  }
}

/** A policy-wrap with a client that has listed the tools. */
function start(config, server, client) {
  const recorder = path.join(root, 'test/fixtures/servers/recorder.mjs');
  const wrap = spawn(
    process.execPath,
    [
      path.join(root, 'bin/policy-wrap.js'),
      ...['--config', config, '--server', server, '--'],
      ...[process.execPath, recorder, path.join(folder, `record-${server}`)],
    ],
    {
      cwd: folder,
      env: {
        ...process.env,
        HOME: folder,
        XDG_STATE_HOME: path.join(folder, 'state'),
        POLICY_WRAP_DESKTOP: 'off',
      },
    },
  );
  wraps.push(wrap);
  let told = '';
  wrap.stderr.on('data', (chunk) => {
    told += chunk;
  });
  const send = (message) => wrap.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const clientInfo = { name: client, version: '1.0.0' };
  send({
    id: 0,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo },
  });
  let id = 0;
  return {
    call: (name, args) => send({ id: ++id, method: 'tools/call', params: { name, arguments: args } }),
    async link() {
      while (!/http:\S+#\S+/.test(told)) await new Promise((resolve) => setTimeout(resolve, 50));
      return /http:\S+#\S+/.exec(told)[0];
    },
  };
}
