/** What a tool can do, from the mildest to the worst; of several the worst applies. */
export const CATEGORY_NAMES = ['read', 'write', 'execute', 'destructive', 'financial'] as const;
export type Category = (typeof CATEGORY_NAMES)[number];

export type Risk = 'low' | 'medium' | 'high' | 'critical';

/**
 * What a person may want to rule on within a category: a whole file is replaced, history is overwritten by force, what was here is
 * elsewhere afterwards, rights are given, what is read may be a secret.
 */
export const MARK_NAMES = ['overwrites', 'force_pushes', 'moves', 'grants_access', 'reads_secrets'] as const;
export type Mark = (typeof MARK_NAMES)[number];

/** What a tool does. */
export interface Classification {
  category: Category;
  risk: Risk;
  /** False where nothing at all says what it does: then `category` is `write`, and no more than a guess. */
  known: boolean;
  /** In the order of `MARK_NAMES`. */
  marks: readonly Mark[];
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

/** The worse of two things that are said of one tool, with the marks of both; where one of them says nothing, too little is known. */
export function worseOf(one: Classification, other: Classification): Classification {
  const worse = isWorse(other.category, one.category) ? other : one;
  const known = one.category === other.category ? one.known && other.known : worse.known;
  const marks = MARK_NAMES.filter((mark) => one.marks.includes(mark) || other.marks.includes(mark));
  return { ...worse, known, marks };
}

export function isWorse(category: Category, than: Category): boolean {
  return CATEGORY_NAMES.indexOf(category) > CATEGORY_NAMES.indexOf(than);
}
