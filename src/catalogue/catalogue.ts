import type { ToolDefinition } from '../core/tool-definition.js';

/** What is known of one server without calling any of its tools. */
export interface Catalogue {
  /** The id by which policies and logs know the server. */
  id: string;
  /** As the server calls itself; empty where it does not say, or a saved list is read. */
  name: string;
  version: string;
  /** The version of the protocol that was agreed on; undefined for a saved list. */
  protocolVersion: string | undefined;
  /** In the server's order, all pages. */
  tools: readonly ToolDefinition[];
  /** What was odd about its answers, one sentence each: a tool without a name, a name that stands twice. */
  warnings: readonly string[];
}
