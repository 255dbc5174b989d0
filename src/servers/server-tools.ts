import { redactSecrets } from '../core/secrets/text/redact-secrets.js';
import { visible } from '../core/text/visible.js';
import type { ToolDefinition } from '../core/tools/definition.js';
import type { ListedElement } from '../core/tools/listing/element.js';
import { UserError } from '../platform/user-error.js';
import { tellingLines } from './telling-lines.js';

/** What is known of one server without calling any of its tools. */
export interface ServerTools {
  /** The id by which policies and logs know the server. */
  id: string;
  /** As the server calls itself; empty where it does not say, or a saved list is read. */
  name: string;
  version: string;
  /** The version of the protocol that was agreed on; undefined for a saved list. */
  protocolVersion: string | undefined;
  /** All that is listed, as it was written. */
  elements: readonly ListedElement[];
  /** In the server's order, all pages. A name that is there several times is here once, as its worst definition. */
  tools: readonly ListedTool[];
  /** What was odd about its answers, one sentence each: a tool without a name, a name that is there twice. */
  warnings: readonly string[];
}

export interface ListedTool extends ToolDefinition {
  /** The element of the list as `JSON.parse` reads it. */
  raw: unknown;
  /** What is odd about how it is listed, one sentence each; they are among the warnings of the server, too. */
  oddities: readonly string[];
}

/** Why a server's tools cannot be read. */
export class ServerToolsError extends UserError {
  constructor(
    message: string,
    override readonly help: string,
    /** The beginning and the end of what the server wrote on stderr; empty where it wrote nothing. Not safe to print as it is. */
    readonly stderr = '',
  ) {
    super(message, help);
  }

  /** What the server wrote for people, which mostly says why. A secret may go over several lines. */
  override get details(): readonly string[] {
    return tellingLines(redactSecrets(this.stderr), LINES_SHOWN).map((line) => visible(line.trimEnd()));
  }
}

/** How many lines of a server's stderr are shown. */
const LINES_SHOWN = 5;
