import { afterAll, describe, expect, it } from 'vitest';
import { fixture } from '../e2e/place.js';
import { Wrapped } from '../e2e/program.js';
import { type Block, userPages } from './page.js';
import { isShown } from './placeholders.js';
import { REWRITES, rewrite } from './rewrite.js';
import { scratch } from './scratch.js';

/** Judges beside the policy of the example, only so that nobody has to wait for the end of `hold`. */
const IMPATIENT = 'version: 1\ndefault: allow\napprovals: { hold: 1 }\n';

const pages = userPages();
const changes = new Map<Block, string>();
const answers = pages.flatMap(({ blocks }) =>
  blocks.flatMap((block) => {
    const [, name, tool, times = '1'] = /^agent: ([\w-]+) (\w+)(?: x(\d+))?$/.exec(block.marker ?? '') ?? [];
    return name !== undefined && tool !== undefined ? [{ block, name, tool, times: Number(times) }] : [];
  }),
);

describe('the answers that pages show', () => {
  it.each(answers)('$block.page:$block.line $tool', async ({ block, name, tool, times }) => {
    const place = scratch(name, pages);
    place.userPolicy(IMPATIENT);
    const wrapped = new Wrapped(place, ['--', process.execPath, fixture('recorder.mjs'), place.record]);
    let answer: { result: { content: { text: string }[] } } | undefined;
    for (let count = 1; count <= times; count++) answer = await wrapped.call(count, tool, { count });
    const text = answer?.result.content[0]?.text ?? '';
    const fits = isShown(block.text, text);
    if (!REWRITES) expect(fits, `the agent reads this now:\n${text}`).toBe(true);
    else if (!fits) changes.set(block, text);
  });

  it('are refusals of every kind', () => expect(answers.length).toBeGreaterThan(2));
});

afterAll(() => {
  if (REWRITES) rewrite(changes);
});
