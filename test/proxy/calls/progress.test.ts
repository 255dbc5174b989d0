import { expect, it } from 'vitest';
import { sendProgress } from '../../../src/proxy/calls/progress.js';

it('tells of progress on one line, whatever its reader takes for the end of one', async () => {
  let stop = () => {};
  const line = await new Promise<string>((resolve) => {
    stop = sendProgress('"a\u2028b\u2029c\u0085d"', resolve);
  });
  stop();
  expect(line).toContain(String.raw`"progressToken":"a\u2028b\u2029c\u0085d"`);
});
