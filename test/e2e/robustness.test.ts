import { describe, expect, it, vi } from 'vitest';
import { fixture, Place } from './place.js';
import { Wrapped } from './program.js';

const READ = { name: 'read_note', arguments: {} };

describe('what stands around the session', () => {
  it('goes on when nobody reads stderr', async () => {
    const place = new Place();
    place.policy('version: 1\ndefault: allow\n');
    const wrapped = new Wrapped(place, ['--', process.execPath, fixture('recorder.mjs')]);
    wrapped.process.stderr.destroy();
    await expect(wrapped.request(1, 'tools/call', { name: 'get_noise' })).resolves.toHaveProperty('result');
    await expect(wrapped.request(2, 'tools/call', READ)).resolves.toHaveProperty('result');
    expect((await wrapped.end()).exitCode).toBe(0);
  });

  it.each(['resources/read', 'resources/subscribe'])(
    'refuses %s of a denied resource however it is spelled',
    async (method) => {
      const place = new Place();
      place.policy('version: 1\ndefault: allow\nresources: { "file:///etc/*": deny }\n');
      const wrapped = new Wrapped(place, ['--', process.execPath, fixture('recorder.mjs')]);
      for (const [id, uri] of [
        'file:///etc/passwd',
        'file://localhost/etc/passwd',
        'file:///a/../etc/passwd',
      ].entries()) {
        await expect(wrapped.request(id, method, { uri })).resolves.toMatchObject({
          error: { code: -31403 },
        });
      }
      await expect(wrapped.request(9, method, { uri: 'file:///home/a' })).resolves.toHaveProperty('result');
      await wrapped.end();
    },
  );

  // Where the machine stops the test between the two halves, the file is quiet for longer than any writer is.
  it('does not read a policy of which half is written', { retry: 3 }, async () => {
    const place = new Place();
    const whole = 'version: 1\ndefault: allow\ntools:\n  delete_note: deny\n';
    place.policy(whole);
    const wrapped = new Wrapped(place, ['--', process.execPath, fixture('recorder.mjs')]);
    await wrapped.request(0, 'tools/call', READ);
    place.policy(whole.replace('tools:\n  delete_note: deny\n', ''));
    setTimeout(() => place.policy(`${whole}  write_note: deny\n`), 15);
    const answer = await wrapped.request<{ result: { isError?: boolean } }>(1, 'tools/call', {
      name: 'delete_note',
    });
    expect(answer.result.isError).toBe(true);
    await wrapped.end();
  });
});

describe('a policy that extends a file', () => {
  it('is in force once that file is mended, also when it was named only by the version that was wrong', async () => {
    const place = new Place();
    place.policy('version: 1\ndefault: allow\n');
    const wrapped = new Wrapped(place, ['--', process.execPath, fixture('recorder.mjs')]);
    await wrapped.request(0, 'tools/call', READ);
    place.write('base.yaml', 'version: 1\ndefault: denny\n');
    place.policy('version: 1\nextends: ./base.yaml\n');
    await vi.waitUntil(() => wrapped.stderr.includes("did you mean 'deny'?"), { timeout: 20_000 });
    await expect(wrapped.request(1, 'tools/call', READ)).resolves.not.toHaveProperty('result.isError');
    await new Promise((resolve) => setTimeout(resolve, 20));
    place.write('base.yaml', 'version: 1\ndefault: deny\n');
    await expect(wrapped.request(2, 'tools/call', READ)).resolves.toHaveProperty('result.isError', true);
    await wrapped.end();
  });
});
