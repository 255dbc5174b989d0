import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}

interface Job {
  uses?: string;
  steps?: Step[];
  permissions?: Record<string, string>;
  'timeout-minutes'?: number;
  strategy?: { matrix: { os: string[]; node: number[] } };
}

interface Workflow {
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

interface Form {
  body: { type: string; id?: string; attributes: { label?: string } }[];
}

interface RenovateRule {
  matchPackageNames?: string[];
  allowedVersions?: string;
}

const ROOT = path.resolve(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const filesIn = (folder: string): string[] =>
  readdirSync(path.join(ROOT, folder)).map((name) => `${folder}/${name}`);

const manifest = JSON.parse(read('package.json')) as {
  engines: { node: string };
  scripts: Record<string, string>;
  devDependencies: Record<string, string>;
};
const workflowFiles = filesIn('.github/workflows');
const workflows = workflowFiles.map((file) => parse(read(file)) as Workflow);
const jobs = workflows.flatMap((workflow, index) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({
    name: `${path.basename(workflowFiles[index] ?? '')} ${name}`,
    job,
    permissions: job.permissions ?? workflow.permissions,
  })),
);
const steps = jobs.flatMap(({ job }) => job.steps ?? []);
const commandsOf = (job: Job): string[] => (job.steps ?? []).flatMap(({ run }) => run ?? []);

/** What each job may do. To let one do more, say so here. */
const PERMISSIONS = {
  'ci.yml systems': { contents: 'read' },
  'ci.yml everything': { contents: 'read' },
  'release.yml test': { contents: 'read' },
  'release.yml package': { contents: 'read' },
  'release.yml publish': { 'id-token': 'write' },
  'release.yml announce': { contents: 'write' },
};

describe('the workflows', () => {
  it('let each job do what it needs, and no more', () => {
    expect(Object.fromEntries(jobs.map(({ name, permissions }) => [name, permissions]))).toEqual(PERMISSIONS);
    for (const { permissions } of workflows) expect(permissions).toEqual({ contents: 'read' });
  });

  it('publish without running code of dependencies', () => {
    const writing = jobs.filter(({ permissions }) => Object.values(permissions).includes('write'));
    expect(writing.map(({ name }) => name)).toEqual(['release.yml publish', 'release.yml announce']);
    for (const { job } of writing) {
      expect(job.steps?.filter(({ uses }) => uses?.startsWith('actions/checkout@'))).toEqual([]);
      expect(commandsOf(job)).toEqual([
        expect.stringMatching(/^(?:npm publish \.\/package\/|gh release create )/),
      ]);
    }
  });

  it('use actions at a full version', () => {
    const used = [...steps, ...jobs.map(({ job }) => job)].flatMap(({ uses }) => uses ?? []);
    expect(used.length).toBeGreaterThan(8);
    for (const action of used) {
      if (action.startsWith('./')) expect(existsSync(path.join(ROOT, action)), action).toBe(true);
      else expect(action).toMatch(/^[\w-]+\/[\w/-]+@v\d+\.\d+\.\d+$/);
    }
  });

  it('leave no credentials of git behind, and name no secret', () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts).toHaveLength(3);
    for (const checkout of checkouts) expect(checkout.with).toMatchObject({ 'persist-credentials': false });
    for (const file of workflowFiles) expect(read(file)).not.toMatch(/secrets\s*[.[]/);
  });

  it('put nothing of strangers into a command', () => {
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
  });

  it('end each job that hangs', () => {
    for (const { name, job } of jobs)
      if (job.uses === undefined) expect(job['timeout-minutes'], name).toBeLessThanOrEqual(90);
  });

  it('try three systems, from the oldest Node on that the package accepts', () => {
    const [matrix, ...others] = jobs.flatMap(({ job }) => job.strategy?.matrix ?? []);
    expect(others).toEqual([]);
    expect(matrix?.os.map((name) => name.split('-')[0])).toEqual(['ubuntu', 'macos', 'windows']);
    expect(`>=${Math.min(...(matrix?.node ?? []))}`).toBe(manifest.engines.node);
  });

  it('give Windows only commands that every shell reads alike', () => {
    const onWindows = jobs.filter(({ job }) =>
      job.strategy?.matrix.os.some((name) => name.includes('windows')),
    );
    const commands = onWindows.flatMap(({ job }) => commandsOf(job));
    expect(commands.length).toBeGreaterThan(3);
    for (const command of commands) expect(command).toMatch(/^(?:node|npm|npx)(?: [\w:./-]+)+$/);
  });
});

const PAGES = [
  ...workflowFiles,
  '.ci/run',
  '.github/pull_request_template.md',
  'CONTRIBUTING.md',
  'README.md',
  'SECURITY.md',
];

describe.each(PAGES)('%s', (file) => {
  const content = read(file);

  it('names npm scripts that there are', () => {
    const named = [...content.matchAll(/\bnpm (?:run(?: --silent)? |(?=test\b))([\w:-]+)/g)];
    for (const [command, script = ''] of named)
      expect(Object.keys(manifest.scripts), command).toContain(script);
  });

  it('names files that there are', () => {
    const inFolders = content.matchAll(
      /(?<![\w/.-])((?:\.ci|\.github|bench|bin|docs|examples|scripts|src|test)\/[\w./-]*\w)/g,
    );
    const atTop = content.matchAll(/(?<![\w/.-])([A-Z]{5,}\.md|(?:package|renovate|biome)\.json)\b/g);
    const links = content.matchAll(/\]\(([^):#]+)\)/g);
    const named = [...inFolders, ...atTop, ...links].map(([, name = '']) => name);
    expect(named).not.toEqual([]);
    expect(named.filter((name) => !existsSync(path.join(ROOT, name)))).toEqual([]);
  });
});

describe('the forms for issues', () => {
  const forms = filesIn('.github/ISSUE_TEMPLATE').filter((file) => path.basename(file) !== 'config.yml');

  it.each(forms)('%s asks for each thing once, under a label', (file) => {
    const questions = (parse(read(file)) as Form).body.filter(({ type }) => type !== 'markdown');
    expect(questions.length).toBeGreaterThan(2);
    for (const { attributes } of questions) expect(attributes.label).toBeTruthy();
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
  });

  it('lead those who found a hole to a private report', () => {
    const { contact_links } = parse(read('.github/ISSUE_TEMPLATE/config.yml')) as {
      contact_links: { url: string }[];
    };
    expect(contact_links.map(({ url }) => url)).toEqual([
      expect.stringMatching(/^https:\/\/github\.com\/[\w-]+\/policy-wrap\/security\/policy$/),
    ]);
  });
});

describe('the settings of other programs', () => {
  const rules = (JSON.parse(read('renovate.json')) as { packageRules: RenovateRule[] }).packageRules;
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { version: string }>;
  };

  it('keep cosmiconfig at the last version that runs no code', () => {
    expect(rules.find(({ matchPackageNames }) => matchPackageNames?.includes('cosmiconfig'))).toMatchObject({
      matchPackageNames: ['cosmiconfig'],
      allowedVersions: '7.1.0',
    });
    expect(manifest.devDependencies['cosmiconfig'] ?? '7.1.0').toBe('7.1.0');
    expect(packages['node_modules/cosmiconfig']?.version ?? '7.1.0').toBe('7.1.0');
  });

  it('hold back majors that need a later Node, none of which is installed', () => {
    const held = rules.flatMap(({ matchPackageNames: [name = ''] = [], allowedVersions = '' }) =>
      allowedVersions.startsWith('<') ? [{ name, bound: Number(allowedVersions.slice(1)) }] : [],
    );
    expect(held.length).toBeGreaterThan(2);
    for (const { name, bound } of held) {
      const installed = packages[`node_modules/${name}`]?.version;
      if (installed !== undefined) expect(Number.parseInt(installed, 10), name).toBeLessThan(bound);
    }
  });

  it('have editors write what the formatter writes', () => {
    const { formatter } = JSON.parse(read('biome.json')) as { formatter: Record<string, unknown> };
    const [, all = ''] = read('.editorconfig').split(/^\[.*\]$/m);
    const editor = Object.fromEntries(
      [...all.matchAll(/^(\w+) = (.+)$/gm)].map(([, key, value]) => [key, value]),
    );
    expect(editor).toMatchObject({
      charset: 'utf-8',
      end_of_line: 'lf',
      indent_style: formatter['indentStyle'],
      indent_size: String(formatter['indentWidth']),
      insert_final_newline: 'true',
      max_line_length: String(formatter['lineWidth']),
    });
  });
});
