import type { ExtendsChain, SourcedDocument } from '../document/chain.js';
import type { Diagnostic } from '../document/diagnostic.js';
import { diagnosticOf } from '../document/lookup.js';
import { isPresetName, preset } from '../document/presets.js';

/** Documents that extend each other, at most. More are taken for a circle. */
const LONGEST_CHAIN = 16;

/**
 * Puts what a policy extends after it, as `compile` needs it. Presets are found by their names.
 * @param read finds every other base, such as `./base.yaml`; undefined where there is none
 * @returns the chain, and a diagnostic when a base cannot be found: then the policy must not be used
 */
export function followExtends(
  document: SourcedDocument,
  read: (base: string, extending: SourcedDocument) => SourcedDocument | undefined = () => undefined,
): { chain: ExtendsChain; diagnostics: Diagnostic[] } {
  const chain: [SourcedDocument, ...SourcedDocument[]] = [document];
  let last = document;
  for (;;) {
    const base = last.document.extends;
    if (base === undefined) return { chain, diagnostics: [] };
    const next = isPresetName(base) ? preset(base) : read(base, last);
    if (next === undefined)
      return { chain, diagnostics: [wrong(last, `'${base}' is not a preset, and was not found`)] };
    if (chain.length === LONGEST_CHAIN)
      return { chain, diagnostics: [wrong(last, `more than ${LONGEST_CHAIN} policies extend each other`)] };
    chain.push(next);
    last = next;
  }
}

function wrong(document: SourcedDocument, message: string): Diagnostic {
  return diagnosticOf({ path: ['extends'], message }, document);
}
