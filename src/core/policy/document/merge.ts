import type { ExtendsChain } from './chain.js';
import type { EntryDocument, PolicyDocument, SectionDocument } from './document.js';
import { extendEntry } from './entry.js';

const MAPS = ['categories', 'tools', 'resources', 'prompts', 'methods'] as const;
const MAY_BE_EMPTY = new Set<string>([...MAPS, 'servers', 'approvals', 'audit']);

/** One document that says what a chain of documents says together: what a file writes overrides what it extends, key by key. */
export function merge(chain: ExtendsChain): PolicyDocument {
  return [...chain]
    .reverse()
    .reduce<PolicyDocument>((base, { document }) => override(base, document), { version: 1 });
}

function override(base: PolicyDocument, { extends: _, tests: __, ...own }: PolicyDocument): PolicyDocument {
  const servers = Object.fromEntries(
    [...new Set([...Object.keys(base.servers ?? {}), ...Object.keys(own.servers ?? {})])].map((id) => [
      id,
      overrideSection(base.servers?.[id] ?? {}, own.servers?.[id] ?? {}),
    ]),
  );
  return withoutEmpty({
    ...overrideSection(base, own),
    version: 1,
    servers,
    approvals: { ...base.approvals, ...own.approvals },
    audit: { ...base.audit, ...own.audit },
  } as PolicyDocument);
}

function overrideSection<T extends SectionDocument>(base: T, own: T): T {
  const maps = Object.fromEntries(MAPS.map((key) => [key, overrideEntries(base[key] ?? {}, own[key] ?? {})]));
  const section = { ...base, ...own, ...maps };
  if (own.default !== undefined) section.default = extendEntry(own.default, base.default);
  return withoutEmpty(section);
}

function overrideEntries(base: Entries, own: Entries): Entries {
  const extended = Object.entries(own).map(([name, entry]) => [
    name,
    entry && extendEntry(entry, Object.hasOwn(base, name) ? base[name] : undefined),
  ]);
  return { ...base, ...Object.fromEntries(extended) };
}

type Entries = Readonly<Record<string, EntryDocument | undefined>>;

/** Maps that nobody wrote are not shown. */
function withoutEmpty<T extends object>(document: T): T {
  const written = Object.entries(document).filter(
    ([key, value]) => !MAY_BE_EMPTY.has(key) || Object.keys(value).length > 0,
  );
  return Object.fromEntries(written) as T;
}
