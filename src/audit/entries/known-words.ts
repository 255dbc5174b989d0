import { linePartsOf } from '../../core/audit/line-parts.js';
import type { Charge } from '../../core/limits/limit.js';
import type { Ruling } from '../../core/policy/decide/settle.js';
import type { AuditedCall, PassedAudit } from './audited-call.js';
import { type CallMoment, type RecordContext, wordsOf } from './call-record.js';
import { LineTemplate } from './line-bytes.js';

/** Names come from the agent, so what is remembered of them is bounded. */
const MOST_REMEMBERED = 1_000;
const LONGEST_REMEMBERED = 300;
/** Rulings that are remembered of one name: conditions may decide its calls differently. */
const MOST_RULINGS = 4;

type Said = Pick<AuditedCall, 'request' | 'ruling'>;

interface Known {
  said: { client: AuditedCall['request']['client']; kind: string; ruling: Ruling | undefined };
  class: CallMoment['classification'];
  template: LineTemplate;
}

/** What lines of calls have in common, made once for each tool and ruling: the words of rules and limits, names, classes. */
export class KnownWords {
  readonly #byName = new Map<string, Known[]>();
  readonly #byTool = new WeakMap<object, { client: PassedAudit['client']; template: LineTemplate }>();

  /** What the line of a call has in common with others, that has been neither approved nor counted over a limit. */
  of(audited: AuditedCall, moment: CallMoment, context: RecordContext): LineTemplate {
    const { request, ruling } = audited;
    const { kind, name } = request.call;
    const { client } = request;
    const known = this.#byName.get(name);
    for (const each of known ?? []) if (isSame(each, audited, moment)) return each.template;
    const template = new LineTemplate(linePartsOf(wordsOf(audited, moment, context)));
    this.#remember(
      name,
      { said: { client, kind, ruling }, class: moment.classification, template },
      known ?? [],
    );
    return template;
  }

  /** The same of a call that has passed. */
  ofPassed(call: PassedAudit, context: RecordContext): LineTemplate {
    const known = this.#byTool.get(call.tool);
    if (known !== undefined && known.client === call.client) return known.template;
    const moment = { at: 0, durationMs: 0, classification: call.classification() };
    const template = new LineTemplate(linePartsOf(wordsOf(call, moment, context)));
    this.#byTool.set(call.tool, { client: call.client, template });
    return template;
  }

  #remember(name: string, said: Known, known: Known[]): void {
    if (name.length > LONGEST_REMEMBERED) return;
    if (this.#byName.size >= MOST_REMEMBERED) this.#byName.clear();
    if (known.length >= MOST_RULINGS) known.shift();
    known.push(said);
    this.#byName.set(name, known);
  }
}

function isSame(
  { said, class: before }: Known,
  { request, ruling }: Said,
  { classification }: CallMoment,
): boolean {
  const { category, risk, known } = classification;
  return (
    (said.ruling === ruling || hasSameWords(said.ruling, ruling)) &&
    said.kind === request.call.kind &&
    before.category === category &&
    before.risk === risk &&
    before.known === known &&
    said.client?.name === request.client?.name &&
    said.client?.version === request.client?.version
  );
}

/** Rulings with limits on repeated calls are made for each call. */
function hasSameWords(one: Ruling | undefined, other: Ruling | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return (
    one.action === other.action &&
    one.rule === other.rule &&
    one.reason === other.reason &&
    one.observed === other.observed &&
    one.charges.length === other.charges.length &&
    one.charges.every((charge, index) => isSameLimit(charge, other.charges[index]))
  );
}

function isSameLimit({ describe, origin }: Charge, other: Charge | undefined): boolean {
  return describe === other?.describe && origin === other.origin;
}
