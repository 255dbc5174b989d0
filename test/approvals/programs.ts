import { chmodSync } from 'node:fs';
import path from 'node:path';
import type { ApprovalRequest } from '../../src/approvals/queue/approver.js';
import { folderWith } from '../config/folder.js';

/** A question like any other. */
export function question(changes: Partial<ApprovalRequest> = {}): ApprovalRequest {
  return {
    id: 'abc234',
    server: 'brokers',
    kind: 'tool',
    name: 'delete_broker',
    category: 'destructive',
    risk: 'critical',
    argumentsText: '{"BrokerId":"b-orders"}',
    client: 'an agent',
    rule: { pointer: '/tools/delete_*', source: 'policy-wrap.yaml', line: 7 },
    reason: 'Brokers are dear.',
    askedAt: Date.UTC(2026, 0, 1),
    endsAt: Date.UTC(2026, 0, 1, 0, 2),
    heldUntil: Date.UTC(2026, 0, 1, 0, 0, 45),
    mayRemember: true,
    elicits: undefined,
    via: ['command'],
    ...changes,
  };
}

/** The command that runs the text of a program for Node, which finds what it was asked under `request`. */
export function nodeProgram(text: string): string[] {
  const head = `
    const { readFileSync, writeFileSync, existsSync } = require('node:fs');
    const requestText = () => readFileSync(0, 'utf8');
    const answer = (value) => process.stdout.write(JSON.stringify(value));
  `;
  return [process.execPath, path.join(folderWith({ 'program.cjs': head + text }), 'program.cjs')];
}

/** The same as a file that the system can run by itself. */
export function executable(text: string): string {
  const file = path.join(folderWith({ ask: `#!${process.execPath}\n${text}` }), 'ask');
  chmodSync(file, 0o755);
  return file;
}
