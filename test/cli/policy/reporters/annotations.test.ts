import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Annotation, repositoryPath } from '../../../../src/cli/policy/reporters/annotation.js';
import { githubAnnotations } from '../../../../src/cli/policy/reporters/github.js';
import { sarif } from '../../../../src/cli/policy/reporters/sarif.js';
import { folderWith } from '../../../config/folder.js';

const FOUND: Annotation = {
  kind: 'invalid-policy',
  severity: 'error',
  message: "unknown action 'alow'",
  help: "did you mean 'allow'?",
  place: { pointer: '/default', source: 'policies/a.yaml', line: 2, column: 10, length: 4 },
};

describe('annotations for GitHub', () => {
  it('are at the line and the columns', () => {
    expect(githubAnnotations([FOUND])).toBe(
      "::error file=policies/a.yaml,line=2,col=10,endColumn=14,title=policy-wrap%3A invalid-policy::unknown action 'alow'%0Ahelp: did you mean 'allow'?\n",
    );
  });

  it.each<[string, Partial<Annotation>, string]>([
    ['a warning', { severity: 'warning', help: undefined }, '::warning file=policies/a.yaml'],
    ['what is good to know', { severity: 'info' }, '::notice file='],
    ['no place', { place: undefined }, '::error title=policy-wrap%3A invalid-policy::unknown'],
    [
      'a preset',
      { place: { pointer: '/default', source: 'preset standard', line: undefined } },
      '::error title=',
    ],
    ['no line', { place: { pointer: '', source: 'a.yaml', line: undefined } }, '::error file=a.yaml,title='],
    [
      'a message with a command in it',
      { message: 'a\n::stop-commands::x\r%' },
      '::a\\u{a}::stop-commands::x\\u{d}%25%0Ahelp',
    ],
    [
      'a file with a comma',
      { place: { pointer: '', source: 'a,b:c.yaml', line: 1 } },
      'file=a%2Cb%3Ac.yaml,line=1',
    ],
    ['escapes', { message: 'x\u001b[31m' }, '::x\\u{1b}[31m%0A'],
  ])('%s', (_, changed, words) => {
    const text = githubAnnotations([{ ...FOUND, ...changed }]);
    expect(text).toContain(words);
    expect(text.split('\n')).toHaveLength(2);
  });
});

describe('SARIF', () => {
  it('has a result for each finding, and a rule for each kind', () => {
    const log = JSON.parse(
      sarif([FOUND, { ...FOUND, kind: 'idle-rule', severity: 'info', place: undefined }]),
    );
    expect(log).toMatchObject({ version: '2.1.0', runs: [{ columnKind: 'utf16CodeUnits' }] });
    const [{ tool, results }] = log.runs;
    expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(['invalid-policy', 'idle-rule']);
    expect(results).toEqual([
      {
        ruleId: 'invalid-policy',
        ruleIndex: 0,
        level: 'error',
        message: { text: "unknown action 'alow'\nhelp: did you mean 'allow'?" },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'policies/a.yaml' },
              region: { startLine: 2, startColumn: 10, endColumn: 14 },
            },
            logicalLocations: [{ fullyQualifiedName: '/default' }],
          },
        ],
      },
      expect.objectContaining({ ruleId: 'idle-rule', ruleIndex: 1, level: 'note' }),
    ]);
  });

  it('is a whole report where nothing was found', () => {
    expect(JSON.parse(sarif([])).runs[0].results).toEqual([]);
  });
});

describe('the path of a file in its repository', () => {
  const FILES = { '.git/HEAD': '', 'team/policies/a.yaml': '' };

  it.each([
    ['policies/a.yaml', 'team/policies/a.yaml'],
    ['../a.yaml', 'a.yaml'],
  ])('%s is %s', (source, expected) => {
    const cwd = path.join(folderWith(FILES), 'team');
    expect(repositoryPath(source, cwd)).toBe(expected);
    expect(repositoryPath(path.resolve(cwd, source), cwd)).toBe(expected);
  });

  it('is whole where the file is elsewhere', () => {
    const root = folderWith(FILES);
    const cwd = path.join(root, 'team');
    const elsewhere = path.join(path.dirname(root), 'a.yaml');
    expect(repositoryPath(elsewhere, cwd)).toBe(elsewhere.split(path.sep).join('/'));
  });
});
