import { afterAll, describe, expect, it } from 'vitest';
import { type Block, userPages } from './page.js';
import { abridgedLike, isShown } from './placeholders.js';
import { REWRITES, rewrite } from './rewrite.js';
import { run, scratch } from './scratch.js';

const COMMAND = /^\$ ((?:npx )?policy-wrap\b.*)$/;
/** npx takes its time. Milliseconds. */
const PATIENCE = 120_000;

interface Command {
  command: string;
  /** What the page shows below it. */
  shown: string;
}

const pages = userPages();
const blocks = pages
  .flatMap((page) => page.blocks)
  .filter(({ text }) => COMMAND.test(text.split('\n')[0] ?? ''));
/** Why a block is not run here. */
const obstacle = ({ marker = '' }: Block): string | undefined =>
  /^not run: (.*)$/.exec(marker)?.[1] ??
  (marker.endsWith(', not on Windows') && process.platform === 'win32' ? 'differs on Windows' : undefined);
const named = (block: Block) => [`${block.page}:${block.line} ${block.text.split('\n')[0]}`, block] as const;
const changes = new Map<Block, string>();

describe('the commands that pages show', () => {
  it.each(blocks.filter((block) => obstacle(block) === undefined).map(named))(
    '%s',
    (_, block) => {
      const [, name, exitCode = '0'] =
        /^example: ([\w-]+)(?:, exit (\d+))?(?:, not on Windows)?$/.exec(block.marker ?? '') ?? [];
      if (name === undefined)
        throw new Error('write <!-- example: … --> or <!-- not run: … --> before the block');
      const place = scratch(name, pages);
      const shown: string[] = [];
      for (const command of commandsOf(block)) {
        const ran = run(place, command.command);
        expect(ran, ran.printed).toMatchObject({ exitCode: Number(exitCode) });
        const fits = isShown(command.shown, ran.printed);
        if (!REWRITES) expect(fits, `'${command.command}' prints this now:\n${ran.printed}`).toBe(true);
        shown.push(`$ ${command.command}`, fits ? command.shown : abridgedLike(command.shown, ran.printed));
      }
      if (REWRITES) changes.set(block, shown.join('\n').trimEnd());
    },
    PATIENCE,
  );

  it('say why they are not run, where they are not', () => {
    for (const block of blocks) {
      const why = obstacle(block);
      if (why === undefined) continue;
      console.log(`not run: ${named(block)[0]}: ${why}`);
      expect(why).toMatch(/^(?:needs the network|needs a person|differs on Windows)$/);
    }
  });

  it('are in fences, and there are many', () => {
    expect(blocks.filter(({ raw }) => !raw.startsWith('```console')).map(named)).toEqual([]);
    expect(blocks.length).toBeGreaterThan(12);
  });
});

afterAll(() => {
  if (REWRITES) rewrite(changes);
});

function commandsOf({ text }: Block): Command[] {
  const commands: Command[] = [];
  for (const line of text.split('\n')) {
    const command = COMMAND.exec(line)?.[1];
    const last = commands.at(-1);
    if (command !== undefined) commands.push({ command, shown: '' });
    else if (last) last.shown += last.shown === '' ? line : `\n${line}`;
  }
  return commands;
}
