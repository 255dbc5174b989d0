import { visible } from '../../core/text/visible.js';
import type { Parameter } from '../../core/tools/parameters.js';
import { shortened } from '../terminal/text-width.js';

const MOST_VALUES = 20;
const LONGEST_VALUE = 80;

/** What a parameter may be and what it is when it is left out: `one of "a", "b"; default 10`. */
export function parameterValues({ enum: values, default: standard }: Parameter): string {
  const listed = values?.slice(0, MOST_VALUES).map(valueText) ?? [];
  const more = (values?.length ?? 0) > MOST_VALUES ? ', …' : '';
  const parts = [
    listed.length === 1 ? `always ${listed[0]}` : listed.length > 1 && `one of ${listed.join(', ')}${more}`,
    standard !== undefined && standard !== null && `default ${valueText(standard)}`,
  ];
  return parts.filter(Boolean).join('; ');
}

function valueText(value: unknown): string {
  return shortened(visible(JSON.stringify(value) ?? ''), LONGEST_VALUE);
}
