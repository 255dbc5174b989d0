import type { ToolDefinition } from '../core/tools/definition.js';

/** What is known of one server without calling any of its tools. */
export interface ServerTools {
  /** The id by which policies and logs know the server. */
  id: string;
  /** As the server calls itself; empty where it does not say, or a saved list is read. */
  name: string;
  version: string;
  /** The version of the protocol that was agreed on; undefined for a saved list. */
  protocolVersion: string | undefined;
  /** In the server's order, all pages. A name that stands twice is here once, as it came first. */
  tools: readonly ListedTool[];
  /** What was odd about its answers, one sentence each: a tool without a name, a name that stands twice. */
  warnings: readonly string[];
}

export interface ListedTool extends ToolDefinition {
  /** The element of the list as `JSON.parse` reads it. */
  raw: unknown;
}

/** Why a server's tools cannot be read: one sentence, and what to do about it. */
export class ServerToolsError extends Error {
  readonly code = 'CATALOGUE';

  constructor(
    message: string,
    readonly help: string,
    /** The end of what the server wrote on stderr; empty where it wrote nothing. Not safe to print as it is. */
    readonly stderr = '',
  ) {
    super(message);
  }
}
