import { createHash } from 'node:crypto';
import { decisionWords } from '../../core/authoring/report/decision-words.js';
import { countByRisk, type ToolReport } from '../../core/authoring/report/tool-report.js';
import { counted } from '../../core/text/plural.js';
import { visible } from '../../core/text/visible.js';
import { CATEGORY_NAMES } from '../../core/tools/category.js';
import { version } from '../../core/version.js';
import { SCRIPT, STYLE } from './html-parts.js';
import type { ServerReport } from './server-report.js';
import { sectionsOf, type ToolSection } from './tool-sections.js';
import { categoryWord, policyOf, serverOf, shownLine } from './words.js';

/** Text that is HTML already. */
type Html = string;

/**
 * A report of the whole server as one HTML file that needs nothing else and reaches nothing. All that the server says is text: its
 * own policy (Content Security Policy 3) lets no script and no style run but the two that are written here.
 */
export function htmlReport(report: ServerReport): Html {
  const { tools, serverTools } = report;
  const title = `The tools of ${serverOf(report)}`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    `<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="${policy()}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta name="color-scheme" content="light dark">\n<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>\n</head>\n<body>`,
    `<header>\n<h1>${escaped(title)}</h1>`,
    `<p class="counts"><span>${counted(tools.length, 'tool')}</span> ${countByRisk(tools)
      .map(({ risk, count }) => `<span class="${risk}">${count} ${risk}</span>`)
      .join(' ')}</p>`,
    `<p>Policy: ${escaped(visible(policyOf(report)))}</p>`,
    ...serverTools.warnings.map((warning) => `<p class="odd">⚠ ${escaped(shownLine(warning))}</p>`),
    '</header>\n<main>',
    ...(tools.length > 0 ? [filter(tools), overview(tools), ...tools.map(article)] : []),
    `</main>\n<footer><p>Made by policy-wrap ${version()}.</p></footer>`,
    `<script>${SCRIPT}</script>\n</body>\n</html>`,
  ].join('\n');
}

function policy(): string {
  const [script, style] = [SCRIPT, STYLE].map(
    (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  );
  return `default-src 'none'; script-src ${script}; style-src ${style}; base-uri 'none'; form-action 'none'`;
}

function filter(tools: readonly ToolReport[]): Html {
  const options = (all: string, values: readonly string[]) =>
    [`<option value="">${all}</option>`, ...values.map((value) => `<option>${value}</option>`)].join('');
  const categories = CATEGORY_NAMES.filter((name) => tools.some(({ category }) => category === name));
  const risks = countByRisk(tools).map(({ risk }) => risk);
  return [
    '<div class="filter" role="search" hidden>',
    '<label>Search <input id="words" type="search" autocomplete="off"></label>',
    `<label>Category <select id="category">${options('all', categories)}</select></label>`,
    `<label>Risk <select id="risk">${options('all', risks)}</select></label>`,
    '<output id="shown"></output>\n</div>',
  ].join('\n');
}

function overview(tools: readonly ToolReport[]): Html {
  const rows = tools.map((tool, index) => {
    const { name, risk, parameters, decision } = tool;
    const odd = isOdd(tool)
      ? ' <span class="odd" title="Look twice">⚠<span class="unseen"> look twice</span></span>'
      : '';
    return [
      `<tr><th scope="row"><a href="#tool-${index}">${named(name)}</a>${odd}</th>`,
      `<td>${categoryWord(tool)}</td><td><span class="${risk}">${risk}</span></td>`,
      `<td class="number">${parameters.total}</td><td class="number">${parameters.required}</td>`,
      `<td>${escaped(decisionWords(decision))}</td></tr>`,
    ].join('');
  });
  const head = ['Tool', 'Category', 'Risk', 'Parameters', 'Required', 'Policy'];
  return scrolled('All tools', tableOf(head, rows, ' id="all"'));
}

function article(tool: ToolReport, index: number): Html {
  const { name, category, risk } = tool;
  return [
    `<details id="tool-${index}" data-category="${category}" data-risk="${risk}">`,
    `<summary><h2>${named(name)}</h2> <span>${categoryWord(tool)}</span> <span class="${risk}">${risk}</span>${isOdd(tool) ? ' <span class="odd">⚠</span>' : ''}</summary>`,
    ...sectionsOf(tool).map((section) => sectionHtml(section, name)),
    '</details>',
  ].join('\n');
}

function sectionHtml(section: ToolSection, name: string): Html {
  const { title, lines, quoted, parameters = [], snippets = [] } = section;
  const rows = parameters.map(
    (row) =>
      `<tr><th scope="row">${named(row.name)}</th><td>${escaped(row.type)}</td><td>${row.required ? 'yes' : ''}</td>` +
      `<td>${escaped(row.description)}${row.values ? ` <code>${escaped(row.values)}</code>` : ''}</td></tr>`,
  );
  const head = ['Parameter', 'Type', 'Required', 'Description'];
  return [
    `<h3${title === 'Look twice' ? ' class="odd"' : ''}>${escaped(title)}</h3>`,
    ...(rows.length > 0 ? [scrolled(`Parameters of ${visible(name)}`, tableOf(head, rows))] : []),
    ...(quoted
      ? [`<blockquote>${escaped(lines.join('\n'))}</blockquote>`]
      : lines.map((line) => `<p>${withCode(line)}</p>`)),
    ...snippets.map(
      ({ title: what, text }) =>
        `<p class="what">${escaped(what)}</p>\n<pre tabindex="0">${escaped(text)}</pre>`,
    ),
  ].join('\n');
}

function tableOf(head: readonly string[], rows: readonly Html[], attributes = ''): Html {
  const cells = head.map((each) => `<th scope="col">${each}</th>`).join('');
  return `<table${attributes}><thead><tr>${cells}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table>`;
}

/** Wide tables are scrolled on their own, also with the keyboard. */
function scrolled(label: string, inner: Html): Html {
  return `<div class="scrolled" role="region" tabindex="0" aria-label="${escaped(label)}">${inner}</div>`;
}

function named(name: string): Html {
  return `<code>${escaped(visible(name)) || '(no name)'}</code>`;
}

function isOdd({ contradictions, warnings }: ToolReport): boolean {
  return contradictions.length + warnings.length > 0;
}

/** What is between backticks is code. */
function withCode(line: string): Html {
  return escaped(line).replace(/`([^`]+)`/g, '<code>$1</code>');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): Html {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
