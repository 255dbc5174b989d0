import { resolve } from '../../../policy/decide/resolve.js';
import { nameList } from '../../../text/name-list.js';
import type { Origin } from '../../../text/origin.js';
import { counted } from '../../../text/plural.js';
import type { Category } from '../../../tools/category.js';
import { isWorse } from '../../../tools/category.js';
import type { Finding } from '../finding.js';
import type { LintSubject } from '../subject.js';

/** Tools that the policy takes for milder than they look: its author may know better, or have believed a server. */
export function milderCategory({ policy: { layers }, tools }: LintSubject): Finding[] {
  return layers.flatMap((layer): Finding[] => {
    const milder = tools.flatMap(
      (tool): { name: string; says: Category; looks: Category; origin: Origin | undefined }[] => {
        const { category: written } = resolve(layer, 'tool', tool.name);
        const { category: looks } = tool.classification(false);
        if (written === undefined || written === 'unknown' || !isWorse(looks, written)) return [];
        const origin = layer.sections
          .map((section) => section.tools.exact.get(tool.name)?.origin)
          .find(Boolean);
        return [{ name: tool.name, says: written, looks, origin }];
      },
    );
    if (milder.length === 0) return [];
    const origin = milder.find((each) => each.origin)?.origin ?? {
      source: layer.source,
      line: undefined,
      pointer: '/tools',
    };
    return [
      {
        rule: 'milder-than-it-looks',
        severity: 'info',
        place: origin,
        message: `${counted(milder.length, 'tool')} may do more than the policy says: ${nameList(milder.map(({ name, says, looks }) => `${name} (${says}, looks ${looks})`))}`,
        help: 'see why with `policy-wrap inspect`, and change `category` where that is right',
        tools: milder.map(({ name }) => name),
      },
    ];
  });
}
