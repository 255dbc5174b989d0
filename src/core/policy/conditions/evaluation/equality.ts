import {
  type CelFunc,
  type CelInput,
  type CelList,
  type CelMap,
  CelScalar,
  celEnv,
  celFunc,
  isCelError,
  isCelList,
  isCelMap,
  listType,
  parse,
  plan,
} from '@bufbuild/cel';
import { hasMember, looseKindOf } from '../failures/kinds.js';
import { priceOfElements } from './price.js';
import { type Steps, TooManySteps } from './steps.js';

const { BOOL, DYN } = CelScalar;

/**
 * Equality that fails where two types are compared, instead of being false: servers turn `["prod"]` and `5` into the
 * text that a rule is about, and a rule that restricts must not be evaded by that. To compare with null is to ask
 * whether there is a value, so that is not a failure. Numbers are one type. The same holds inside of lists and maps.
 */
export function equalityFunctions(steps: Steps): CelFunc[] {
  const equality = new Equality(steps);
  return [
    celFunc('_==_', [DYN, DYN], BOOL, (left, right) => equality.of(left, right)),
    celFunc('_!=_', [DYN, DYN], BOOL, (left, right) => !equality.of(left, right)),
    celFunc('@in', [DYN, listType(DYN)], BOOL, (value, list) =>
      equality.isAmong(value, list as Iterable<unknown> & { size: number }),
    ),
  ];
}

/** CEL's own, for whatever is not a plain value. */
const standard = plan(celEnv(), parse('left == right'));

type Pairs = Iterable<readonly [unknown, unknown]>;

class Equality {
  constructor(private readonly steps: Steps) {}

  of(left: unknown, right: unknown): boolean {
    const [one, other] = [looseKindOf(left), looseKindOf(right)];
    if (one === 'null' || other === 'null') return one === other;
    if (one !== other) throw new Error(`${one} is compared with ${other}`);
    if (typeof left === typeof right && typeof left !== 'object') return left === right;
    if (isCelList(left) && isCelList(right)) return this.#lists(left, right);
    if (isCelMap(left) && isCelMap(right)) return this.#maps(left, right);
    const result = standard({ left: left as CelInput, right: right as CelInput });
    // Somewhere inside is what nobody can compare.
    if (isCelError(result)) throw new Error(result.message);
    return result === true;
  }

  /** Whether one of them is equal; otherwise none may be of another type. */
  isAmong(value: unknown, list: Iterable<unknown> & { size: number }): boolean {
    this.steps.take(priceOfElements(list.size));
    let failure: unknown;
    for (const each of list) {
      try {
        if (this.of(value, each)) return true;
      } catch (error) {
        failure = kept(failure, error);
      }
    }
    if (failure !== undefined) throw failure;
    return false;
  }

  #lists(left: CelList, right: CelList): boolean {
    if (left.size !== right.size) return false;
    this.steps.take(priceOfElements(left.size));
    return this.#all(zip(left, right));
  }

  #maps(left: CelMap, right: CelMap): boolean {
    if (left.size !== right.size) return false;
    this.steps.take(priceOfElements(left.size));
    const keys = [...left.keys()];
    if (!keys.every((key) => hasMember(right, key))) return false;
    return this.#all(keys.map((key) => [left.get(key), right.get(key)] as const));
  }

  /** Whether all are equal. One pair that is not says enough; otherwise none may be of two types. */
  #all(pairs: Pairs): boolean {
    let failure: unknown;
    for (const [left, right] of pairs) {
      try {
        if (!this.of(left, right)) return false;
      } catch (error) {
        failure = kept(failure, error);
      }
    }
    if (failure !== undefined) throw failure;
    return true;
  }
}

/** The first failure, unless no more may be looked at. */
function kept(failure: unknown, error: unknown): unknown {
  if (error instanceof TooManySteps) throw error;
  return failure ?? error;
}

function* zip(left: Iterable<unknown>, right: Iterable<unknown>): Pairs {
  const others = right[Symbol.iterator]();
  for (const each of left) yield [each, others.next().value];
}
