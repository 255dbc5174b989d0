import { GOALS, goalText, isMet, titlesOf } from './goals.mjs';

/** Collects the rows of a run and prints them as they come (unless quiet). `against`: columns beside the usual ones. */
export class Report {
  constructor({ quiet, against }) {
    this.names = ['direct', 'node-raw', 'policy-wrap', ...against];
    this.rows = [];
    this.print = quiet ? () => {} : (line) => process.stdout.write(`${line}\n`);
  }

  section(title) {
    this.print(`\n${title.padEnd(45)}${columns([...this.names, 'ratio', 'goal'])}`);
  }

  /**
   * One row. `figures`: by variant, in `unit`; `value`: the number that the goal is about, by default the ratio of
   * policy-wrap to what the goal names (node-raw). `p99`, `note`: beside it.
   */
  add({ title, unit, figures, value, ...rest }) {
    const goal = GOALS[title];
    const over = goal?.over === 'direct' ? 'direct' : 'node-raw';
    const wrapped = figures['policy-wrap'];
    const compared = value ?? (wrapped === undefined ? undefined : wrapped / figures[over]);
    const met = goal && compared !== undefined ? isMet(goal, compared) : undefined;
    const row = {
      title,
      unit,
      figures,
      value: compared,
      goal: goalText(title),
      over: goal?.over,
      met,
      ...rest,
    };
    this.rows.push(row);
    this.print(line(row, this.names));
  }

  skip(title, reason) {
    this.rows.push({ title, skipped: reason });
    this.print(`  ${title}: skipped, ${reason}`);
  }

  failed(title, error) {
    this.rows.push({ title, failed: error.message });
    this.print(`  ${title}: FAILED, ${error.message}`);
  }

  /**
   * Says which goals of these sections are reached. Returns those that are not: missed, or without a figure (`value`
   * is undefined).
   */
  summary(sections) {
    const titles = titlesOf(sections);
    const measured = new Map(this.rows.map((row) => [row.title, row]));
    const open = titles
      .filter((title) => !measured.get(title)?.met)
      .map((title) => ({ title, value: measured.get(title)?.value, goal: goalText(title) }));
    this.print(`\n${titles.length - open.length} of ${titles.length} goals met.`);
    for (const { title, value, goal } of open)
      this.print(
        `  ${value === undefined ? 'not measured' : 'missed'}: ${title}: ${shown(value)}, goal ${goal}`,
      );
    return open;
  }
}

function line({ title, unit, figures, value, goal, over, met, p99, note }, names) {
  const verdict = met === undefined ? '' : met ? 'met' : 'MISSED';
  const against = over === undefined || over === 'node-raw' ? '' : `(over ${over})`;
  const cells = columns([...names.map((name) => shown(figures[name])), shown(value), goal ?? '']);
  const slowest = p99 && `p99 ${names.map((name) => shown(p99[name])).join(' / ')}`;
  return [`  ${`${title}, ${unit}`.padEnd(43)}${cells}`, verdict, against, slowest, note]
    .filter(Boolean)
    .join('  ');
}

const columns = (cells) => cells.map((cell) => cell.padStart(12)).join('');

/** Three significant digits, and thousands set apart. */
function shown(value) {
  if (value === undefined || Number.isNaN(value)) return '-';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
