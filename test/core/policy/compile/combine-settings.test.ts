import { describe, expect, it } from 'vitest';
import { combineSettings } from '../../../../src/core/policy/compile/combine-settings.js';
import type { ApprovalsDocument, AuditDocument } from '../../../../src/core/policy/document/document.js';

/** What two policies that judge side by side say together, the user's own last. */
function together(project: ApprovalsDocument, own: ApprovalsDocument): ApprovalsDocument {
  const chains = [project, own].map((approvals) => [{ version: 1 as const, approvals }]);
  return combineSettings(chains).approvals;
}

const ALL: Required<ApprovalsDocument> = {
  via: ['terminal', 'command'],
  timeout: 300,
  hold: 10,
  grant: 3_600,
  max_pending: 5,
  remember: '1d',
  edit: true,
  open: true,
  notify: true,
  command: ['ask', '-v'],
};
const OTHERS: Required<ApprovalsDocument> = {
  via: ['elicitation'],
  timeout: 20,
  hold: 'unlimited',
  grant: 1,
  max_pending: 9,
  remember: false,
  edit: false,
  open: false,
  notify: false,
  command: 'other',
};

describe('how people are asked', () => {
  it('is what one policy says where there is one', () => {
    expect(combineSettings([[{ version: 1, approvals: ALL }]]).approvals).toEqual(ALL);
    expect(combineSettings([[{ version: 1 }]]).approvals).toEqual({});
  });

  it('is what a file says over what it extends', () => {
    const chain = [
      { version: 1 as const, approvals: { hold: 1 } },
      { version: 1 as const, approvals: ALL },
    ];
    expect(combineSettings([chain]).approvals).toEqual({ ...ALL, hold: 1 });
  });

  it('is what the user says, but that a project may have answers allow less', () => {
    const less = { remember: false, edit: false, grant: 1 };
    expect(together(OTHERS, ALL)).toEqual({ ...ALL, ...less });
    expect(together(less as ApprovalsDocument, {})).toEqual(less);
    expect(together(ALL, OTHERS)).toEqual({ ...OTHERS, max_pending: 5 });
  });

  it('is what a project says where the user says nothing, but for what approvals allow', () => {
    const { remember: _, edit: __, grant: ___, ...rest } = ALL;
    expect(together(ALL, {})).toEqual(rest);
  });

  it('lets no more calls wait than either says, which is 20 where the user says nothing', () => {
    expect(together({ max_pending: 50 }, {}).max_pending).toBe(20);
    expect(together({ max_pending: 50 }, { max_pending: 30 }).max_pending).toBe(30);
    expect(together({ max_pending: 3 }, { max_pending: 30 }).max_pending).toBe(3);
    expect(together({}, { max_pending: 30 }).max_pending).toBe(30);
    expect(together({}, {}).max_pending).toBeUndefined();
  });
});

/** What a project and the user's own file say of the log together. */
function logged(project: AuditDocument | undefined, own: AuditDocument | undefined): AuditDocument {
  const chains = [project, own].map((audit) => [{ version: 1 as const, audit }]);
  return combineSettings(chains).audit;
}

describe('the log', () => {
  it.each<[string, AuditDocument | undefined, AuditDocument | undefined, boolean]>([
    ['a project', { required: true }, undefined, true],
    ['a project beside a user who does not need it', { required: true }, { required: false }, true],
    ['the user', undefined, { required: true }, true],
    ['the user beside a project that would do without', { required: false }, { required: true }, true],
    ['nobody', {}, {}, false],
    ['nobody, in so many words', { required: false }, { required: false }, false],
  ])('is required where anybody requires it: %s', (_, project, own, expected) => {
    expect(logged(project, own).required).toBe(expected);
  });

  it.each<[AuditDocument['arguments'], AuditDocument['arguments'], AuditDocument['arguments']]>([
    ['full', 'redacted', 'redacted'],
    ['full', 'hash', 'hash'],
    ['hash', 'full', 'hash'],
    ['redacted', 'full', 'redacted'],
    ['full', 'full', 'full'],
    ['full', undefined, 'redacted'],
    [undefined, 'full', 'redacted'],
    [undefined, undefined, 'redacted'],
  ])('has the lesser detail of what the project says, %s, and the user, %s', (project, own, expected) => {
    const written = (detail: AuditDocument['arguments']) => (detail ? { arguments: detail } : undefined);
    expect(logged(written(project), written(own)).arguments).toBe(expected);
  });

  it('is where the user says, and nowhere that a project says beside', () => {
    expect(logged({ file: false }, { file: '/x.jsonl' }).file).toBe('/x.jsonl');
    expect(logged({ file: './y.jsonl' }, { file: 'auto' }).file).toBe('auto');
    expect(logged({ file: false }, {}).file).toBeUndefined();
  });

  it('is as a file says over what it extends', () => {
    const chain = [
      { version: 1 as const, audit: { required: false } },
      { version: 1 as const, audit: { required: true, arguments: 'hash' as const } },
    ];
    expect(combineSettings([chain]).audit).toMatchObject({ required: false, arguments: 'hash' });
  });
});
