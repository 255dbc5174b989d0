import fc from 'fast-check';
import { describe, it } from 'vitest';
import { inputs } from '../../fuzz/inputs.js';
import { message } from '../../fuzz/targets/message.js';
import { runs } from '../../runs.js';

describe('readMessage agrees with the rules as they are written', () => {
  it('on lines that are messages, nearly so, or something else between them', () => {
    fc.assert(fc.property(message.generated, message.run), runs(6_000));
  });

  it('on all known attacks and what is like them', () => {
    fc.assert(fc.property(inputs(message), message.run), runs(6_000));
  });
});
