import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { policyWrap } from './configs.js';
import { Place } from './place.js';

const tool = (name: string) => ({
  name,
  description: 'Lists the contacts.',
  inputSchema: { type: 'object', additionalProperties: false },
});

function placeWith(...names: string[]): Place {
  const place = new Place();
  place.write('tools.json', JSON.stringify({ tools: names.map(tool) }));
  return place;
}

const LIST = ['--tools', 'tools.json', '--server', 'contacts'];
const LATIN = 'list_contacts';
/** With the Cyrillic o. */
const CYRILLIC = 'list_c\u043entacts';
const SHOWN = 'list_c\\u{43e}ntacts';

it('init says which tool is named like another, with the letters that are others', async () => {
  const place = placeWith(LATIN, CYRILLIC);
  const { exitCode, stderr } = await policyWrap(place, ['init', '--yes', ...LIST]);
  expect(exitCode).toBe(0);
  expect(stderr).toContain(
    `The name "${SHOWN}" looks like "${LATIN}", which differs only by letters of another alphabet.`,
  );
  expect(stderr).toContain(`look twice at ${LATIN} and ${SHOWN} with policy-wrap inspect`);
  const policy = readFileSync(`${place.work}/policy-wrap.yaml`, 'utf8');
  expect(policy).toContain(`# note: The name "${SHOWN}" looks like "${LATIN}"`);
});

it('init --update says it of one that comes later', async () => {
  const place = placeWith(LATIN);
  const first = await policyWrap(place, ['init', '--yes', ...LIST]);
  expect(first.stderr).not.toContain('looks like');
  place.write('tools.json', JSON.stringify({ tools: [LATIN, CYRILLIC].map(tool) }));
  const { stderr } = await policyWrap(place, ['init', '--update', ...LIST]);
  expect(stderr).toContain(`The name "${SHOWN}" looks like "${LATIN}"`);
});

it('inspect says which tool it resembles', async () => {
  const { stdout } = await policyWrap(placeWith(LATIN, CYRILLIC), ['inspect', ...LIST]);
  expect(stdout.replace(/\s+/g, ' ')).toContain(`The name "${SHOWN}" looks like "${LATIN}"`);
});
