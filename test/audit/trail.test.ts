import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AuditedCall } from '../../src/audit/entries/audited-call.js';
import { fileSink } from '../../src/audit/file/file-sink.js';
import type { AuditSink } from '../../src/audit/sink.js';
import { AuditTrail } from '../../src/audit/trail.js';
import type { AuditRecord } from '../../src/core/audit/record.js';
import { classifyName } from '../../src/core/policy/decide/resolve.js';
import { sampleCall } from '../../src/core/policy/decide/sample-call.js';
import type { AuditDocument } from '../../src/core/policy/document/document.js';
import { REDACTED } from '../../src/core/secrets/text/spans.js';

const folder = mkdtempSync(path.join(tmpdir(), 'trail-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function auditedCall(argumentsText: string): AuditedCall {
  const call = sampleCall({ kind: 'tool', name: 'send', argumentsText, server: 'mail', now: 0 });
  const request = {
    ...{ call, argumentsText, client: undefined, round: undefined, resumption: undefined },
    otherParams: () => undefined,
    line: Buffer.from(argumentsText),
  };
  const startedAt = performance.now();
  return { request, ruling: undefined, approval: undefined, over: [], taskId: undefined, startedAt };
}

/** A trail into a file and into a list. */
function trailInto(settings: AuditDocument) {
  const records: AuditRecord[] = [];
  const told: string[] = [];
  const context = { server: 'mail', settings: () => settings, tell: (note: string) => told.push(note) };
  const list: AuditSink = {
    write: (entry) => records.push(entry.record()),
    writeNow: (entry) => records.push(entry.record()) > 0,
    close: () => {},
  };
  const trail = new AuditTrail(context, [fileSink(() => settings.file, context), list]);
  return { trail, records, told };
}

/** The same into a file alone. */
function trailIntoFile(settings: AuditDocument) {
  const context = { server: 'mail', settings: () => settings, tell: () => {} };
  return { trail: new AuditTrail(context, [fileSink(() => settings.file, context)]) };
}

const linesOf = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n');

describe('the audit trail', () => {
  it('names no channel where none has answered, but those on which the question stood', () => {
    const { trail, records } = trailInto({ file: false });
    const undecided = { approved: false, via: 'none', channels: ['elicitation', 'page'] } as const;
    for (const approval of [
      { ...undecided, how: 'pending', afterMs: 9, shownOn: ['page'] },
      { ...undecided, how: 'full' },
      { approved: true, via: 'page', how: 'approved' },
    ] as const)
      trail.ended({ ...auditedCall('{}'), approval }, 'refused');
    trail.close();
    expect(records.map(({ approval }) => approval)).toEqual([
      { approved: false, how: 'pending', afterMs: 9, shownOn: ['page'] },
      { approved: false, how: 'full' },
      { approved: true, via: 'page', how: 'approved' },
    ]);
  });

  it('gives every sink the same record, with the secrets out of it', () => {
    const file = path.join(folder, 'all.jsonl');
    const { trail, records } = trailInto({ file });
    trail.ended(auditedCall('{"to":"a","password":"hunter2"}'), 'completed');
    trail.refusedAsk('sampling/createMessage', {
      ...{
        action: 'deny',
        rule: undefined,
        reason: 'no',
        charges: [],
        timeout: undefined,
        observed: undefined,
      },
    });
    trail.close();
    expect(linesOf(file).map((line) => JSON.parse(line).tool)).toEqual(records.map(({ tool }) => tool));
    expect(linesOf(file)[0]).not.toContain('hunter2');
    expect(records[0]?.arguments).toEqual(
      new Map([
        ['to', 'a'],
        ['password', REDACTED],
      ]),
    );
  });

  it('does not let a call go that the policy wants written down first, and no sink says that it went', () => {
    const { trail, records, told } = trailInto({ file: path.join(folder, 'no', '\0'), required: true });
    expect(trail.admit(auditedCall('{}'))).toBe(false);
    expect(records).toEqual([]);
    expect(told).toEqual([expect.stringContaining('the audit log cannot be written')]);
  });

  it('writes it down before the call goes where it can', () => {
    const file = path.join(folder, 'required.jsonl');
    const { trail, records } = trailInto({ file, required: true });
    expect(trail.admit(auditedCall('{}'))).toBe(true);
    expect(linesOf(file)).toHaveLength(1);
    expect(records).toMatchObject([{ outcome: 'forwarded' }]);
  });

  it('makes lines late, of what was so when the call ended', async () => {
    const file = path.join(folder, 'late.jsonl');
    const settings: AuditDocument = { file };
    const { trail } = trailIntoFile(settings);
    const audited = auditedCall('{"to":"a"}');
    let classification = classifyName('delete_all');
    let read = 0;
    const call = { ...audited.request.call, classification: () => classification };
    const request = {
      ...audited.request,
      call,
      get argumentsText() {
        read++;
        return '{"to":"a"}';
      },
    };
    trail.ended({ ...audited, request }, 'completed');
    const longest = performance.now() - audited.startedAt;
    expect(read).toBe(0);
    classification = classifyName('list_all');
    settings.arguments = 'hash';
    await vi.waitFor(() => expect(linesOf(file)).toHaveLength(1));
    expect(read).toBe(1);
    const { durationMs, ...line } = JSON.parse(linesOf(file)[0] ?? '');
    expect(line).toMatchObject({ category: 'destructive', risk: 'critical', arguments: { to: 'a' } });
    expect(durationMs).toBeLessThanOrEqual(Math.ceil(longest));
    trail.close();
  });

  it('keeps no more than a megabyte of calls that were refused, however large they are', () => {
    const file = path.join(folder, 'large.jsonl');
    const { trail } = trailIntoFile({ file });
    const text = JSON.stringify({ list: Array.from({ length: 64 }, () => 'a '.repeat(490)) });
    for (let n = 0; n < 20; n++) trail.failed(auditedCall(text), new Error('odd'));
    expect(linesOf(file).length).toBeGreaterThan(10);
    trail.close();
  });

  it('goes on in the file that a changed policy names', () => {
    const [first, second] = [path.join(folder, 'first.jsonl'), path.join(folder, 'second.jsonl')];
    const settings: AuditDocument = { file: first };
    const { trail } = trailInto(settings);
    trail.ended(auditedCall('{}'), 'completed');
    settings.file = second;
    trail.ended(auditedCall('{}'), 'tool_error');
    settings.file = false;
    trail.ended(auditedCall('{}'), 'unanswered');
    trail.close();
    expect(linesOf(first)).toHaveLength(1);
    expect(linesOf(second)[0]).toContain('tool_error');
    expect(linesOf(second)).toHaveLength(1);
  });
});
