import type { ToolReport } from '../../core/authoring/report/tool-report.js';
import type { ServerTools } from '../../servers/server-tools.js';

/** What is known of a server and what the policy does with it. */
export interface ServerReport {
  serverTools: ServerTools;
  /** What to write after the name of the program to see one tool of this server in full. */
  oneTool: string;
  tools: readonly ToolReport[];
  /** The policies that judge its calls, as people call them. */
  policies: readonly string[];
  builtIn: boolean;
}
