import {
  type CelFunc,
  type CelList,
  CelScalar,
  celFunc,
  celList,
  isCelMap,
  listType,
  mapType,
} from '@bufbuild/cel';
import { globMatches } from '../../../text/glob.js';
import { ConditionFailure } from '../failures/condition-failure.js';
import { hasMember, looseKindOf } from '../failures/kinds.js';
import { equalityFunctions } from './equality.js';
import { APPEND, EMPTY, HAS, RANGE } from './instrument.js';
import { host, type PathRules, within } from './paths.js';
import type { Steps } from './steps.js';
import { timeFunctions } from './times/time-functions.js';

const { STRING, BOOL, DYN } = CelScalar;
const LIST = listType(DYN);
const MAP = mapType(DYN, DYN);

/** The product's own functions, those that are stricter than the standard ones, and those that take the place of macros. */
export function ownFunctions(machine: PathRules, steps: Steps): CelFunc[] {
  return [
    ...equalityFunctions(steps),
    ...loopFunctions(),
    ...timeFunctions(),
    celFunc(HAS, [DYN, STRING], BOOL, (owner, name) => {
      if (!isCelMap(owner))
        throw new Error(`has() looks for '${name}' in ${looseKindOf(owner)}, which is not a map`);
      return hasMember(owner, name);
    }),
    celFunc('@in', [STRING, MAP], BOOL, (name, map) => hasMember(map, name)),
    celFunc('within', [STRING, STRING], BOOL, (path, folder) => {
      const inside = within(path, folder, machine);
      if (inside === undefined)
        throw new ConditionFailure('within() was given a path that can be read in more than one way');
      return inside;
    }),
    celFunc('glob', [STRING, STRING], BOOL, (text, glob) => globMatches(glob, text)),
    celFunc('host', [STRING], STRING, (url) => {
      const name = host(url);
      if (name === undefined) throw new ConditionFailure('host() was given a string that is not a plain URL');
      return name;
    }),
  ];
}

/** See `instrument`. What a range costs is taken before the function is called. */
function loopFunctions(): CelFunc[] {
  const grown = new WeakMap<CelList, unknown[]>();
  return [
    celFunc(RANGE, [DYN, DYN], DYN, (range) => range),
    celFunc(EMPTY, [], LIST, () => {
      const elements: never[] = [];
      const list = celList(elements);
      grown.set(list, elements);
      return list;
    }),
    celFunc(APPEND, [LIST, LIST], LIST, (list, [element]) => {
      grown.get(list)?.push(element);
      return list;
    }),
  ];
}
