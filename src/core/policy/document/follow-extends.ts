import type { ExtendsChain, SourcedDocument, SourcedFlaw } from './chain.js';
import { isPresetName, preset } from './presets.js';

/** Documents that extend each other, at most. More are taken for a circle. */
const LONGEST_CHAIN = 16;

/**
 * Puts what a policy extends after it, as `compile` needs it. Presets are found by their names.
 * @param read finds every other base, such as `./base.yaml`; undefined where there is none
 * @returns the chain, and a flaw when a base cannot be found: then the policy must not be used
 */
export function followExtends(
  document: SourcedDocument,
  read: (base: string, extending: SourcedDocument) => SourcedDocument | undefined = () => undefined,
): { chain: ExtendsChain; flaws: SourcedFlaw[] } {
  const chain: [SourcedDocument, ...SourcedDocument[]] = [document];
  let last = document;
  for (;;) {
    const base = last.document.extends;
    if (base === undefined) return { chain, flaws: [] };
    const next = isPresetName(base) ? preset(base) : read(base, last);
    if (next === undefined)
      return { chain, flaws: [flaw(last, `'${base}' is not a preset, and was not found`)] };
    if (chain.length === LONGEST_CHAIN)
      return { chain, flaws: [flaw(last, `more than ${LONGEST_CHAIN} policies extend each other`)] };
    chain.push(next);
    last = next;
  }
}

function flaw({ source }: SourcedDocument, message: string): SourcedFlaw {
  return { source, path: ['extends'], message };
}
