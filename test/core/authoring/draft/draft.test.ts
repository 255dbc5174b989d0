import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type DraftChoices, draftPolicy, USUAL_CHOICES } from '../../../../src/core/authoring/draft/draft.js';

const TOOLS = [
  { name: 'list_files' },
  { name: 'write_file', description: 'Writes a file' },
  { name: 'move_file' },
  { name: 'push_branch', inputSchema: { properties: { forced: { type: 'boolean' } } } },
  { name: 'create_note' },
  { name: 'delete_file' },
];

function entries(choices: DraftChoices): Record<string, unknown> {
  return parse(draftPolicy('server', TOOLS, choices, 'schema')).servers.server.tools;
}

describe('a new policy', () => {
  it('asks about what overwrites, force-pushes or moves something away, and says why', () => {
    const asked = { category: 'write', action: 'require_approval' };
    expect(entries(USUAL_CHOICES)).toEqual({
      list_files: { category: 'read' },
      write_file: asked,
      move_file: asked,
      push_branch: { category: 'destructive' },
      create_note: { category: 'write' },
      delete_file: { category: 'destructive' },
    });
    const text = draftPolicy('server', TOOLS, USUAL_CHOICES, 'schema');
    expect(text).toContain(`      # asks, since it overwrites: what was there before is lost
      write_file: { category: write, action: require_approval } # Writes a file
`);
    expect(text).toContain('# asks, since it moves or renames: what was there is gone from its place\n');
  });

  it('does not where one has chosen so, nor where writing is not allowed anyway', () => {
    const plain = { category: 'write' };
    for (const choices of [
      { ...USUAL_CHOICES, overwriting: 'as-writing' },
      { ...USUAL_CHOICES, write: 'deny' },
      { ...USUAL_CHOICES, write: 'require_approval' },
    ] as const)
      expect(entries(choices)).toMatchObject({ write_file: plain, move_file: plain, create_note: plain });
  });
});
