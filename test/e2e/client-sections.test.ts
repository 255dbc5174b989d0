import { describe, expect, it } from 'vitest';
import { PACKAGE, policyWrap, putConfig } from './configs.js';
import { npmServer, Place } from './place.js';

const NAMED =
  "'mem' is the name in Cursor's config; policies know it as '@modelcontextprotocol/server-memory'";
const WRITE = "write '@modelcontextprotocol/server-memory', or name the server with --server";
const SERVER = ['npx', '-y', '@modelcontextprotocol/server-memory'];
const WRAPPED = { command: 'npx', args: ['-y', PACKAGE, '--', ...SERVER] };

/** A policy with a section for a server, and one config in which that server has the name `mem`. */
function placeWith(section: string, entry: object = WRAPPED): Place {
  const place = new Place();
  place.policy(
    `version: 1\nextends: standard\nservers:\n  ${section}: { tools: { delete_entities: deny } }\ntests: [{ call: delete_entities, server: ${section}, expect: deny }]\n`,
  );
  putConfig(place, 'cursor', '.cursor/mcp.json', JSON.stringify({ mcpServers: { mem: entry } }));
  place.write(
    'tools.json',
    '{ "tools": [{ "name": "delete_entities", "inputSchema": { "type": "object" } }] }',
  );
  return place;
}

const AGAINST = ['check', '--against', '--tools', 'tools.json', '--server'];
const said = async (place: Place, ...args: string[]) => {
  const { stdout, stderr, exitCode } = await policyWrap(place, args);
  return { text: stdout + stderr, exitCode };
};

describe("a section under the name of a client's config does not apply, and that is said", () => {
  it.each([
    [['check'], 0],
    [[...AGAINST, '@modelcontextprotocol/server-memory'], 2],
    [['explain', 'delete_entities'], 0],
    [['explain', 'delete_entities', '--server', 'mem'], 0],
    [['explain', 'delete_entities', '--server', '@modelcontextprotocol/server-memory'], 0],
    [['test'], 0],
    [['status'], undefined],
  ])('by %s', async (args, exitCode) => {
    const result = await said(placeWith('mem'), ...args);
    expect(result.text).toContain(NAMED);
    expect(result.text).toContain(WRITE);
    if (exitCode !== undefined) expect(result.exitCode).toBe(exitCode);
  });

  it('at its place, once, with the line that would give the server that name', async () => {
    const { text } = await said(placeWith('mem'), ...AGAINST, '@modelcontextprotocol/server-memory');
    expect(text).toContain(`policy-wrap.yaml:4:3: warning: ${NAMED}, so this section does not apply`);
    expect(text).toContain(`"args": ["-y", "${PACKAGE}", "--server", "mem", "--", "npx", …]`);
    expect(text).not.toContain('no part of `servers`');
  });

  it('by doctor', async () => {
    const place = placeWith('mem', { command: process.execPath, args: [npmServer('memory')] });
    const { text } = await said(place, 'doctor', 'mem');
    expect(text).toContain("'mem' is the name in Cursor's config; policies know it as");
    expect(text).toMatch(/^! policy/m);
  });
});

describe('nothing is said', () => {
  it.each<[string, string, object | undefined]>([
    ['of the id', '"@modelcontextprotocol/server-memory"', undefined],
    ['of a pattern that the id fits', '"*mem*"', undefined],
    ['of a server that no config has', 'github', undefined],
    [
      'where the entry gives the name',
      'mem',
      { command: 'npx', args: ['-y', PACKAGE, '--server', 'mem', '--', ...SERVER] },
    ],
    ['where install will give the name', 'mem', { command: 'node', args: ['-e', 'server()'] }],
  ])('%s', async (_, section, entry) => {
    const place = placeWith(section, entry);
    expect((await said(place, 'check')).text).not.toContain('is the name in');
    expect((await said(place, 'status')).text).not.toContain('is the name in');
  });
});
