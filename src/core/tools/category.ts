/** What a tool can do, from the mildest to the worst; of several the worst applies. */
export const CATEGORY_NAMES = ['read', 'write', 'execute', 'destructive', 'financial'] as const;
export type Category = (typeof CATEGORY_NAMES)[number];

export type Risk = 'low' | 'medium' | 'high' | 'critical';

/** What a tool does. */
export interface Classification {
  category: Category;
  risk: Risk;
  /** Why, in short phrases, the one that decides first. */
  evidence: string[];
  /** Where what the server says of the tool disagrees with the evidence, one sentence each. */
  contradictions: string[];
}

export const RISKS: Readonly<Record<Category, Risk>> = {
  read: 'low',
  write: 'medium',
  execute: 'high',
  destructive: 'critical',
  financial: 'critical',
};

export function isWorse(category: Category, than: Category): boolean {
  return CATEGORY_NAMES.indexOf(category) > CATEGORY_NAMES.indexOf(than);
}
