import type { ToolReport } from '../../core/authoring/report/tool-report.js';
import type { Catalogue } from '../../servers/server-tools.js';

/** What is known of a server and what the policy does with it. */
export interface ServerReport {
  catalogue: Catalogue;
  tools: readonly ToolReport[];
  /** The policies that judge its calls, as people call them. */
  policies: readonly string[];
  builtIn: boolean;
}
