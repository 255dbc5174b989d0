import { decisionWords } from '../../core/authoring/report/decision-words.js';
import type { ToolReport } from '../../core/authoring/report/tool-report.js';
import { safeJson } from '../terminal/json-text.js';
import type { ServerReport } from './server-report.js';
import { capitalised } from './words.js';

/** The whole server for programs. */
export function reportJson(report: ServerReport): string {
  return safeJson({ ...serverOf(report), tools: report.tools.map(summaryOf) }, 2);
}

/** One tool with all that is known of it, in the same shape. */
export function toolJson(report: ServerReport, tool: ToolReport): string {
  const { title, description, why, snippets } = tool;
  const { total, required, open, cut, list } = tool.parameters;
  const parameters = { total, required, open, cut, list };
  const whole = { ...summaryOf(tool), title, description, parameters, why, snippets };
  return safeJson({ ...serverOf(report), tools: [whole] }, 2);
}

function serverOf({ serverTools, policies, builtIn }: ServerReport) {
  const { id, name, version, protocolVersion, warnings } = serverTools;
  return { server: id, name, version, protocolVersion, policies, builtIn, warnings };
}

function summaryOf(tool: ToolReport) {
  const {
    name,
    category,
    risk,
    known,
    marks,
    evidence,
    parameters,
    contradictions,
    warnings,
    decision,
    classified,
  } = tool;
  const { total, required } = parameters;
  const { category: _, limitsRepeats: __, ...said } = decision;
  return {
    name,
    category: capitalised(category),
    risk,
    known,
    marks,
    evidence,
    parameters: { total, required },
    contradictions,
    warnings,
    decision: { ...said, summary: decisionWords(decision) },
    ...(classified && {
      classified: { category: capitalised(classified.category), risk: classified.risk },
    }),
  };
}
