import { countByRisk, type ToolReport } from '../../core/authoring/report/tool-report.js';
import { counted } from '../../core/text/plural.js';
import { visible } from '../../core/text/visible.js';
import type { ServerReport } from './server-report.js';

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `Write`, or `Write?` where that is no more than a guess. */
export function categoryWord({ category, known }: Pick<ToolReport, 'category' | 'known'>): string {
  return `${capitalised(category)}${known ? '' : '?'}`;
}

/** `41 tools: 3 critical, 5 high, 20 medium, 13 low`. */
export function summaryOf({ tools }: ServerReport): string {
  const risks = countByRisk(tools).map(({ risk, count }) => `${count} ${risk}`);
  return tools.length === 0 ? 'no tools' : `${counted(tools.length, 'tool')}: ${risks.join(', ')}`;
}

/** Which policy is meant by `policy`. */
export function policyOf({ policies, builtIn }: ServerReport): string {
  return builtIn ? 'the built-in preset standard, since there is no policy file' : policies.join(' and ');
}

/** `amazon-mq (Amazon MQ 2.0.26)`. */
export function serverOf({ serverTools: { id, name, version } }: ServerReport): string {
  const own = [name === id ? '' : name, version].filter(Boolean).join(' ');
  const shown = id === '' ? own || 'a saved list' : own === '' ? id : `${id} (${own})`;
  return visible(shown);
}

/**
 * A text of several lines as it may be shown: nothing hidden is left in it, and what commonly is in such texts without hiding
 * anything (line ends, tabs, wide blanks, the variants of emoji) is no reason for escapes.
 */
export function shownLines(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, '  ')
    .replace(/\p{Zs}/gu, ' ')
    .replace(/(?<=\p{Extended_Pictographic})\ufe0f/gu, '')
    .split('\n')
    .map((line) => visible(line.trimEnd()))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** The same in one line. */
export function shownLine(text: string): string {
  return shownLines(text).replace(/\s+/g, ' ');
}
