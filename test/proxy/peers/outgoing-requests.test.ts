import { describe, expect, it } from 'vitest';
import { OutgoingRequests } from '../../../src/proxy/peers/outgoing-requests.js';

describe('OutgoingRequests', () => {
  it('asks on one line, whatever its reader takes for the end of one', () => {
    const lines: string[] = [];
    const outgoing = new OutgoingRequests((line) => lines.push(line));
    const message = 'a\u2028b\u2029c\u0085d';
    void outgoing.ask('elicitation/create', { message }, new AbortController().signal);
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toMatch(/[\u0085\u2028\u2029]/);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ params: { message } });
  });
});
