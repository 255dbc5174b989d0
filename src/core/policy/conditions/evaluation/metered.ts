import { type CelEnv, type CelFunc, celEnv } from '@bufbuild/cel';
import { RANGE } from './instrument.js';
import { priceOf, priceOfLoop } from './price.js';
import { RegularExpressions } from './regular-expressions.js';
import type { Steps } from './steps.js';

type Group = NonNullable<ReturnType<CelEnv['funcs']['find']>>;

/**
 * The language, with steps taken for each call of a function before it is made. All overloads of a function are behind one
 * name, so each call is paid for once.
 */
export function meteredEnvironment(funcs: CelFunc[], steps: Steps): CelEnv {
  const expressions = new RegularExpressions(steps);
  const env = celEnv({ funcs, re2: expressions });
  const find = (name: string): Group | undefined => {
    const group = env.funcs.find(name);
    return group && metered(group, steps, expressions);
  };
  return Object.create(env, { funcs: { value: Object.create(env.funcs, { find: { value: find } }) } });
}

function metered(group: Group, steps: Steps, expressions: RegularExpressions): Group {
  const { name } = group;
  const price = name === RANGE ? loopPrice : priceOf;
  const call: Group['call'] = (id, target, args) => {
    steps.take(price(name, target, args));
    if (name === 'matches' && typeof args[0] === 'string') expressions.pay(args[0]);
    return group.call(id, target, args);
  };
  return Object.create(group, { name: { value: name }, call: { value: call } });
}

function loopPrice(...[, , [range, weight]]: Parameters<typeof priceOf>): number {
  return range === undefined ? 0 : priceOfLoop(range, weight);
}
