import { type Classification, RISKS } from '../../tools/category.js';
import type { WrittenCategory } from '../document/document.js';
import { WRITTEN_CATEGORIES } from '../document/keywords.js';

/** From the mildest. Of what is not known, `write` is the least that it may do. */
const MILDEST_FIRST: readonly WrittenCategory[] = WRITTEN_CATEGORIES.toSorted(
  (one, other) => rankOf(one) - rankOf(other),
);

/** The worst of what is said of one tool. */
export function worstCategory(
  categories: readonly (WrittenCategory | undefined)[],
): WrittenCategory | undefined {
  return MILDEST_FIRST.findLast((category) => categories.includes(category));
}

/** What is written, as if it had been found out. */
export function classOf(written: WrittenCategory): Pick<Classification, 'category' | 'risk' | 'known'> {
  const category = written === 'unknown' ? 'write' : written;
  return { category, risk: RISKS[category], known: written !== 'unknown' };
}

function rankOf(category: WrittenCategory): number {
  return category === 'unknown'
    ? WRITTEN_CATEGORIES.indexOf('write') + 0.5
    : WRITTEN_CATEGORIES.indexOf(category);
}
