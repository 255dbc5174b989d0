import { ANTHROPIC } from './known/anthropic.js';
import { EDITORS } from './known/editors.js';
import { GEMINI } from './known/gemini.js';
import type { KnownClient } from './known/known-client.js';
import { TERMINALS } from './known/terminals.js';

export type { KnownClient } from './known/known-client.js';

/** The clients, as their makers document them. */
export const KNOWN_CLIENTS: readonly KnownClient[] = [...ANTHROPIC, ...EDITORS, ...GEMINI, ...TERMINALS];
