import type { SourcedDocument } from './chain.js';
import type { PolicyDocument } from './document.js';
import type { PRESET_NAMES } from './keywords.js';

export type PresetName = (typeof PRESET_NAMES)[number];

const standard: PolicyDocument = {
  version: 1,
  default: 'require_approval',
  categories: {
    read: 'allow',
    write: { action: 'allow', rate_limit: { max: 30, window: 60 } },
    execute: 'require_approval',
    destructive: 'require_approval',
    financial: 'require_approval',
  },
  repeat: { max: 20, window: 60 },
};

const readOnlyReason = 'Only tools that read are allowed.';

const PRESETS: Readonly<Record<PresetName, PolicyDocument>> = {
  standard,
  'read-only': {
    version: 1,
    default: { action: 'deny', reason: readOnlyReason },
    categories: {
      read: 'allow',
      write: { action: 'deny', reason: readOnlyReason },
      execute: { action: 'deny', reason: readOnlyReason },
      destructive: { action: 'deny', reason: readOnlyReason },
      financial: { action: 'deny', reason: readOnlyReason },
    },
  },
  strict: {
    version: 1,
    default: 'require_approval',
    categories: {
      read: { action: 'allow', rate_limit: { max: 60, window: 60 } },
      write: 'require_approval',
      execute: 'require_approval',
      destructive: 'require_approval',
      financial: { action: 'deny', reason: 'No money moves under the preset strict.' },
    },
  },
  observe: { ...standard, mode: 'observe' },
};

export function isPresetName(name: string): name is PresetName {
  return Object.hasOwn(PRESETS, name);
}

/** A built-in policy, as a document like those that are read from files. */
export function preset(name: PresetName): SourcedDocument {
  return { source: `preset ${name}`, document: PRESETS[name], lineOf: () => undefined };
}
