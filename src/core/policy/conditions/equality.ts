import {
  type CelInput,
  CelScalar,
  celEnv,
  celFunc,
  isCelError,
  isCelList,
  isCelMap,
  isCelType,
  isCelUint,
  listType,
  parse,
  plan,
} from '@bufbuild/cel';

const { BOOL, DYN } = CelScalar;

/**
 * Equality that fails where two types are compared, instead of being false: servers turn `["prod"]` and `5` into the
 * text that a rule is about, and a rule that restricts must not be evaded by that. To compare with null is to ask
 * whether there is a value, so that is not a failure. Numbers are one type.
 */
export const equalityFunctions = [
  celFunc('_==_', [DYN, DYN], BOOL, equal),
  celFunc('_!=_', [DYN, DYN], BOOL, (left, right) => !equal(left, right)),
  celFunc('@in', [DYN, listType(DYN)], BOOL, (value, list) => isAmong(value, list as Iterable<unknown>)),
];

/** CEL's own, for whatever is not a plain value. */
const standard = plan(celEnv(), parse('left == right'));

function equal(left: unknown, right: unknown): boolean {
  const [one, other] = [kindOf(left), kindOf(right)];
  if (one === 'null' || other === 'null') return one === other;
  if (one !== other) throw new Error(`a ${one} is compared with a ${other}`);
  if (typeof left === typeof right && typeof left !== 'object') return left === right;
  const result = standard({ left: left as CelInput, right: right as CelInput });
  // Somewhere inside is what nobody can compare.
  if (isCelError(result)) throw new Error(result.message);
  return result === true;
}

/** Whether one of them is equal; otherwise none may be of another type. */
function isAmong(value: unknown, list: Iterable<unknown>): boolean {
  let failure: unknown;
  for (const each of list) {
    try {
      if (equal(value, each)) return true;
    } catch (error) {
      failure ??= error;
    }
  }
  if (failure !== undefined) throw failure;
  return false;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number' || typeof value === 'bigint' || isCelUint(value)) return 'number';
  if (isCelList(value)) return 'list';
  if (isCelMap(value)) return 'map';
  return isCelType(value) ? 'type' : 'value of its own kind';
}
