import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { execa } from 'execa';
import { Marked } from 'marked';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { closeBrowserAfterAll, NO_CHROMIUM, newTab } from '../approvals/page/chromium.js';
import { Place, PROGRAM } from './place.js';

closeBrowserAfterAll();

const STAND_IN = ['--', process.execPath, PROGRAM, 'example-server'];

async function report(place: Place, args: readonly string[]): Promise<string> {
  const { stdout } = await execa(process.execPath, [PROGRAM, 'inspect', ...args], {
    cwd: place.work,
    env: place.env,
    extendEnv: false,
    stdin: 'ignore',
  });
  return `${stdout}\n`;
}

/** Opens a page, and notes whatever a script that should not run would do. */
async function opened(place: Place, html: string, options = {}): Promise<{ tab: Page; seen: string[] }> {
  const tab = await newTab(options);
  const seen: string[] = [];
  tab.on('dialog', (dialog) => {
    seen.push(dialog.message());
    void dialog.dismiss();
  });
  tab.on('request', (request) => {
    if (!request.url().startsWith('file:')) seen.push(request.url());
  });
  tab.on('console', (message) => {
    if (message.type() === 'error') seen.push(message.text());
  });
  tab.on('pageerror', (error) => seen.push(String(error)));
  await tab.goto(pathToFileURL(place.write('report.html', html)).href);
  return { tab, seen };
}

const HOSTILE = [
  '<script>alert(1)</script>',
  '</script><script>alert(2)</script>',
  '</style><img src=x onerror=alert(3)>',
  '--><svg onload=alert(4)>',
  `" onmouseover="alert(5)" x='`,
  '[a](javascript:alert(6))',
  '![a](https://evil.example/a.png)',
  '<https://evil.example/b>',
  '`</code>`` <iframe srcdoc="<script>alert(7)</script>">',
  '| a | b |\n| --- | --- |\n| <b>c</b> | d |',
  '\\| \\`x\\` \\<b>',
  '```\n<script>alert(8)</script>\n~~~\n# heading',
  '# heading\n\n- item\n\n1. one\n\n    <b>code</b>\n\n---\n\n> quote\n===\n',
  '&lt;script&gt;alert(9)&lt;/script&gt; https://evil.example/c www.evil.example mallory@evil.example',
  '<!-- a --> <![CDATA[ x ]]> <?php ?> {{alert(10)}} $a$',
  '[a]: https://evil.example/d "x"',
  'pay\u202eevas\u200b\u001b[2J\u2028\u{e0041}\u0000',
];

/** Each text is in two tools, and the last is a name twice: readers in C end it at its U+0000. */
const NAMES = 2 * HOSTILE.length + 1;

const hostileList = (place: Place) => {
  const tools = HOSTILE.flatMap((text, index) => [
    {
      name: text,
      title: text,
      description: text,
      inputSchema: {
        properties: { [text]: { description: text, enum: [text, text], default: text, type: text } },
        required: [text],
      },
      annotations: { title: text, readOnlyHint: true },
    },
    { name: `tool_${index}`, description: `a\n${text}`, inputSchema: {} },
  ]);
  return [
    '--server',
    HOSTILE.join(' ').replaceAll('\0', ''),
    '--tools',
    place.write('tools.json', JSON.stringify({ tools })),
  ];
};

describe.skipIf(NO_CHROMIUM)('the HTML report', () => {
  it('runs nothing and reaches nothing of what a server says, and shows it', {
    timeout: 60_000,
  }, async () => {
    const place = new Place();
    const html = await report(place, ['--html', ...hostileList(place)]);
    const { tab, seen } = await opened(place, html);
    await tab.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
    for (const each of await tab.locator('[onmouseover]').all()) await each.hover();
    expect(seen).toEqual([]);
    const odd = 'script, style, img, svg, iframe, b, a[href]:not([href^="#tool-"])';
    expect(await tab.locator(odd).count()).toBe(2);
    expect(await tab.locator('details').count()).toBe(NAMES);
    const text = await tab.locator('main').innerText();
    for (const words of [
      '<script>alert(1)</script>',
      '</style><img src=x',
      '[a](javascript:alert(6))',
      '\\u{202e}',
    ])
      expect(text).toContain(words);
  });

  it.each(['light', 'dark'] as const)('is for everybody, in %s', { timeout: 60_000 }, async (colorScheme) => {
    const place = new Place();
    const list = place.write(
      'tools.json',
      JSON.stringify([
        { name: 'delete_all', description: '<IMPORTANT>', annotations: { readOnlyHint: true } },
        { name: 'run_command', description: 'Runs it.', inputSchema: { properties: { command: {} } } },
        { name: 'create_note', description: 'x', inputSchema: {} },
        { name: 'get_note', description: 'x', inputSchema: {} },
      ]),
    );
    const html = await report(place, ['--html', '--tools', list]);
    const { tab } = await opened(place, html, { colorScheme });
    const flaws = async () => {
      const context = await tab.context().newCDPSession(tab);
      await context.send('Runtime.evaluate', { expression: axe.source });
      const { violations } = (await tab.evaluate('axe.run(document)')) as {
        violations: { id: string; nodes: { target: unknown; failureSummary?: string }[] }[];
      };
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id} ${target} ${failureSummary}`),
      );
    };
    expect(await flaws()).toEqual([]);
    await tab.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
    expect(await flaws()).toEqual([]);
    const ground = String(await tab.evaluate('getComputedStyle(document.body).backgroundColor'));
    const brightness = Number(/\d+/.exec(ground)?.[0]);
    expect(brightness < 40).toBe(colorScheme === 'dark');
  });

  it('is searched by words, category and risk', async () => {
    const place = new Place();
    const { tab, seen } = await opened(place, await report(place, ['--html', ...STAND_IN]));
    const all = await tab.locator('details').count();
    const shown = () => tab.locator('details:visible').count();
    await tab.getByText(`${all} of ${all} tools`).waitFor();
    await tab.getByLabel('Search').fill('GRAPHQL key');
    expect(await shown()).toBe(1);
    await tab.getByText(`1 of ${all} tools`).waitFor();
    expect(await tab.locator('#all tbody tr:visible').innerText()).toContain('create_api_key');
    await tab.getByLabel('Search').fill('');
    await tab.getByLabel('Category').selectOption('destructive');
    expect(await shown()).toBeGreaterThan(2);
    await tab.getByLabel('Risk').selectOption('low');
    expect(await shown()).toBe(0);
    expect(seen).toEqual([]);
  });

  it('opens the tool that is linked to', async () => {
    const place = new Place();
    const { tab } = await opened(place, await report(place, ['--html', ...STAND_IN]));
    await tab.getByRole('link', { name: 'create_api_key' }).click();
    await tab.locator('details[open]').getByText('rate_limit: { max: 10, window: 60 }').waitFor();
    expect(await tab.locator('details[open]').count()).toBe(1);
  });

  it('is printed whole, and then as it was', async () => {
    const place = new Place();
    const { tab } = await opened(place, await report(place, ['--html', ...STAND_IN]));
    await tab.evaluate(
      'addEventListener("beforeprint", () => { document.title = document.querySelectorAll("details:not([open])").length })',
    );
    await tab.pdf();
    expect(await tab.title()).toBe('0');
    expect(await tab.locator('details[open]').count()).toBe(0);
    await tab.emulateMedia({ media: 'print' });
    expect(await tab.locator('.filter').isVisible()).toBe(false);
  });

  it('needs no sideways scrolling on a phone', async () => {
    const place = new Place();
    const html = await report(place, ['--html', ...hostileList(place)]);
    const { tab } = await opened(place, html, { viewport: { width: 360, height: 740 }, isMobile: true });
    await tab.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
    expect(await tab.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  });

  it('says that there are no tools', async () => {
    const place = new Place();
    const html = await report(place, ['--html', '--tools', place.write('tools.json', '[]')]);
    const { tab, seen } = await opened(place, html);
    expect(await tab.locator('header').innerText()).toContain('0 tools');
    expect(seen).toEqual([]);
  });
});

describe('the Markdown report', () => {
  it('counts, lists and describes the tools', async () => {
    const text = await report(new Place(), ['--markdown', ...STAND_IN]);
    expect(text).toMatch(/^# The tools of `policy-wrap .*`\n\n\d+ tools: \d+ critical, .* low\. Policy: /);
    expect(text).toContain('|  | `create_api_key` | Write | medium | 3 | 1 | allow, 30 calls per 60 s |\n');
    expect(text).toContain('\n## `create_api_key`\n\nWrite, **medium**\n');
    expect(text).toContain('| `api_id` | text | yes | Identifier of the GraphQL API. |\n');
    expect(text).toContain('```yaml\ntools:\n  create_api_key: require_approval\n```');
  });

  it('keeps what a server says from being anything but text', async () => {
    const place = new Place();
    const text = await report(place, ['--markdown', ...hostileList(place)]);
    const html = await new Marked({ gfm: true }).parse(text);
    const tags = new Set([...html.matchAll(/<(\/?[a-z!?][^\s>]*)/gi)].map(([, name]) => name?.toLowerCase()));
    const known = 'h1 h2 h3 p ul li strong code pre table thead tbody tr th td hr'.split(' ');
    expect([...tags].filter((name) => !known.includes((name ?? '').replace('/', '')))).toEqual([]);
    const rows = [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([row]) => row.match(/<t[hd]/g)?.length);
    expect(new Set(rows)).toEqual(new Set([7, 4]));
    // What is one cell too many is left out, so the last would be another.
    const last = [...html.matchAll(/<tr>(?:\s*<td>.*<\/td>){6}\s*<td>(.*)<\/td>\s*<\/tr>/g)].map(
      ([, cell]) => cell,
    );
    expect(last).toHaveLength(NAMES);
    for (const cell of last) expect(cell).toMatch(/^(?:allow, 30 calls per 60 s|ask|allow|deny)$/);
    expect(html.match(/<h2>/g)).toHaveLength(NAMES);
    expect(html.match(/<h1>/g)).toHaveLength(1);
    expect(text).not.toMatch(/(?!\n)[\p{C}\p{Zl}\p{Zp}]/u);
  });

  it.skipIf(NO_CHROMIUM)('runs nothing, rendered by a reader that lets all through', async () => {
    const place = new Place();
    const text = await report(place, ['--markdown', ...hostileList(place)]);
    const { tab, seen } = await opened(place, await new Marked({ gfm: true }).parse(text));
    expect(await tab.locator('a, script, img, svg, iframe, b').count()).toBe(0);
    expect(seen).toEqual([]);
  });
});
