import { describe, expect, it } from 'vitest';
import { Place } from './place.js';
import { Wrapped } from './program.js';

/** What a server of 2025-11-25 answers that wants the user to open a URL first. */
const ERROR =
  '{"code":-32042,"message":"open this","data":{"elicitations":[{"mode":"url","elicitationId":"1","url":"https://example.com","message":"m"}]}}';

function start(policy: string, error = ERROR): { place: Place; wrapped: Wrapped } {
  const place = new Place();
  place.policy(`version: 1\ndefault: allow\n${policy}`);
  const line = JSON.stringify(`{"jsonrpc":"2.0","id":1,"error":${error}}`);
  return {
    place,
    wrapped: Wrapped.script(place, `process.stdin.once('data', () => console.log(${line}));`),
  };
}

describe('an error that asks for URLs to be opened', () => {
  it.each([
    ['by its method', 'methods: { elicitation/create: deny }\n'],
    ['by what it asks', 'methods: { elicitation/create: { when: args.mode == "url", action: deny } }\n'],
  ])('is refused where the policy refuses such questions, %s', async (_case, policy) => {
    const { place, wrapped } = start(policy);
    const answer = await wrapped.call(1, 'read_note');
    expect(answer).toMatchObject({ result: { isError: true } });
    expect(JSON.stringify(answer)).not.toContain('example.com');
    await wrapped.end();
    expect(place.audit()[0]).toMatchObject({ tool: 'elicitation/create', action: 'deny' });
  });

  it('passes as it came where nothing is said of them, and so do other errors', async () => {
    const { wrapped } = start('');
    await wrapped.call(1, 'read_note');
    expect(wrapped.lines).toEqual([`{"jsonrpc":"2.0","id":1,"error":${ERROR}}`]);
    const other = start(
      'methods: { elicitation/create: deny }\n',
      '{"code":-32000,"message":"x","data":[1]}',
    );
    expect(await other.wrapped.call(1, 'read_note')).toMatchObject({ error: { code: -32000 } });
  });
});
