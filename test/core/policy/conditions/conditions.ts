import { readValue } from '../../../../src/core/json/value.js';
import { expressionCompiler } from '../../../../src/core/policy/conditions/cel.js';
import type { Bindings, Evaluated, Expected } from '../../../../src/core/policy/conditions/expression.js';
import { isExpressionFlaw } from '../../../../src/core/policy/conditions/expression.js';

/** Compiles for a home of /home/me. */
export const compile = expressionCompiler({ home: '/home/me', windows: false });
const ARGUMENTS =
  `{"n":3,"d":1.5,"s":"text","flag":true,"none":null,"path":"~/a","url":"https://Example.com/x",
  "list":[1,2,3],"items":[{"price":3},{"price":5}],"big":9007199254740994,"huge":12345678901234567890,"over":1e400,
  "inside":{"deep":[1e400]}}`.replaceAll('\n', '');

/** What a condition sees of a call with these arguments. */
export function bindings(argumentsText: string): Bindings {
  return {
    args: readValue(argumentsText),
    tool: { name: 'list_a', category: 'read', risk: 'low', marks: [] },
    server: 'amazon-mq',
    client: { name: 'cursor', version: '1.2' },
    session: { calls: 3 },
    now: Date.UTC(2026, 10, 23, 12),
  };
}

/** What a condition that has no flaw says of a call. */
export function evaluate(source: string, expected: Expected = 'bool', argumentsText = ARGUMENTS): Evaluated {
  const compiled = compile(source, expected);
  if (isExpressionFlaw(compiled)) throw new Error(`${compiled.flaw}; ${compiled.help}`);
  return compiled.evaluate(bindings(argumentsText));
}
