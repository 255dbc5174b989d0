import type { Arguments } from './arguments.js';
import { Refusal } from './refusal.js';
import type { Property } from './tool.js';

/** The parameters of every tool that answers in pages. */
export const PAGING: Record<string, Property> = {
  MaxResults: { type: 'integer', description: 'How many entries a page holds, 1 to 100.', default: 10 },
  NextToken: { type: 'string', description: 'NextToken of the page before.', default: '' },
};

/** One page under the given key, with a NextToken where more follow. */
export function page(key: string, entries: readonly unknown[], input: Arguments): Record<string, unknown> {
  const size = input.integer('MaxResults') ?? 10;
  if (size < 1 || size > 100) throw new Refusal('MaxResults must be between 1 and 100.');
  const start = Number(input.text('NextToken') || 0);
  if (!Number.isSafeInteger(start) || start < 0)
    throw new Refusal('NextToken is not one that this server has given.');
  const end = start + size;
  return { [key]: entries.slice(start, end), ...(end < entries.length ? { NextToken: String(end) } : {}) };
}
