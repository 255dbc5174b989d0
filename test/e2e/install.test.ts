import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { KNOWN_CLIENTS } from '../../src/clients/known-clients.js';
import { onWindows } from '../skip.js';
import { CONFIGS, configPath, configText, PACKAGE, policyWrap, putConfig } from './configs.js';
import { Place } from './place.js';

/** Other ways to write the same. */
const VARIANTS: readonly (readonly [string, (text: string) => string])[] = [
  ['as it is', (text) => text],
  ['with the line ends of Windows', (text) => text.replaceAll('\n', '\r\n')],
  ['with a byte order mark and no line end at its end', (text) => `\ufeff${text.trimEnd()}`],
  ['indented with tabs', (text) => text.replace(/^(?: {2})+/gm, (spaces) => '\t'.repeat(spaces.length / 2))],
];

interface Report {
  files: { client: string; file: string; written: boolean; backup?: string; servers: ServerReport[] }[];
}

interface ServerReport {
  name: string;
  outcome: string;
  command?: string[];
  reason?: string;
}

/** Every config of the fixtures, at its place. */
function everyConfig(place: Place, variant: (text: string) => string): Map<string, string> {
  return new Map(
    CONFIGS.map(([client, fixture, end]) => {
      const text = variant(configText(fixture));
      return [putConfig(place, client, end, text), text];
    }),
  );
}

function now(file: string): string {
  return readFileSync(file, 'utf8');
}

describe('install and uninstall', () => {
  it('has a config of every known client that has one to change', () => {
    expect(new Set(CONFIGS.map(([client]) => client))).toEqual(
      new Set(KNOWN_CLIENTS.filter(({ name }) => name !== 'goose').map(({ name }) => name)),
    );
  });

  it.each(VARIANTS)('wraps every config and puts it back to the byte, %s', async (_, variant) => {
    const place = new Place();
    const before = everyConfig(place, variant);
    const installed = await policyWrap(place, ['install', '--yes', '--json']);
    expect(installed).toMatchObject({ exitCode: 0 });
    const report = JSON.parse(installed.stdout) as Report;
    expect(new Set(report.files.map(({ file }) => file))).toEqual(new Set(before.keys()));
    for (const { file, written, servers } of report.files) {
      expect(written, file).toBe(true);
      expect(now(file), file).not.toBe(before.get(file));
      for (const server of servers)
        if (server.outcome !== 'skipped') expect(server.command, file).toContain(PACKAGE);
    }
    const skipped = report.files.flatMap(({ servers }) => servers.filter(({ reason }) => reason));
    expect(skipped.map(({ name }) => name).sort()).toEqual([
      'api',
      'github',
      'mcp-server-context7',
      'own-sign-in',
    ]);

    const between = new Map([...before.keys()].map((file) => [file, now(file)]));
    const again = await policyWrap(place, ['install', '--yes']);
    expect(again).toMatchObject({ exitCode: 0, stderr: 'policy-wrap: nothing needs to change' });
    for (const [file, text] of between) expect(now(file), file).toBe(text);

    expect(await policyWrap(place, ['uninstall', '--yes'])).toMatchObject({ exitCode: 0 });
    for (const [file, text] of before) expect(now(file), file).toBe(text);
    expect(await policyWrap(place, ['uninstall', '--yes'])).toMatchObject({
      exitCode: 0,
      stderr: 'policy-wrap: nothing needs to change',
    });
  });

  it('puts back what was wrapped on another machine, where nothing is known of how it was', async () => {
    const place = new Place();
    const before = everyConfig(place, (text) => text);
    await policyWrap(place, ['install', '--yes']);
    const elsewhere = {
      XDG_STATE_HOME: path.join(place.folder, 'other'),
      LOCALAPPDATA: path.join(place.folder, 'o'),
    };
    await policyWrap(place, ['uninstall', '--yes'], process.platform === 'linux' ? elsewhere : {});
    const changed = [...before].filter(([file, text]) => now(file) !== text).map(([file]) => file);
    // What cannot be known: whether there was an empty list of arguments, what a URL's server was called, where a token came from.
    for (const file of changed) expect(now(file)).not.toContain('"policy-wrap');
    expect(changed.length).toBeLessThan(before.size / 2);
  });

  it('keeps what was changed in the meantime', async () => {
    const place = new Place();
    const file = putConfig(place, 'cline', 'cline_mcp_settings.json', configText('cline.json'));
    await policyWrap(place, ['install', '--yes']);
    writeFileSync(file, now(file).replace('"disabled": false\n', '"disabled": true\n').replace('60', '90'));
    await policyWrap(place, ['uninstall', '--yes']);
    const wanted = configText('cline.json')
      .replace('"disabled": false\n', '"disabled": true\n')
      .replace('60', '90')
      .replace('streamableHttp', 'http');
    expect(now(file)).toBe(wanted);
  });

  it('changes only the servers and clients that are named', async () => {
    const place = new Place();
    const before = everyConfig(place, (text) => text);
    await policyWrap(place, [
      'install',
      '--yes',
      '--client',
      'windsurf, lm-studio',
      '--client',
      'codex',
      'github',
      'alone',
    ]);
    const changed = [...before].filter(([file, text]) => now(file) !== text).map(([file]) => file);
    const windsurf = configPath(place, 'windsurf', 'mcp_config.json');
    const codex = configPath(place, 'codex', '.codex/config.toml');
    expect(new Set(changed)).toEqual(new Set([windsurf, codex]));
    expect(JSON.parse(now(windsurf)).mcpServers).toMatchObject({
      github: {
        command: 'npx',
        disabled: true,
        args: ['-y', PACKAGE, '--', 'docker', 'run'].concat([
          '-i',
          '--rm',
          '-e',
          'GITHUB_PERSONAL_ACCESS_TOKEN',
          'ghcr.io/github/github-mcp-server',
        ]),
      },
      figma: { serverUrl: 'https://figma.example.com/mcp' },
    });
    await policyWrap(place, ['uninstall', '--yes', 'alone']);
    expect(now(codex)).toBe(before.get(codex));
    expect(now(windsurf)).not.toBe(before.get(windsurf));
  });

  it('writes nothing on a dry run, and nothing where nobody can be asked', async () => {
    const place = new Place();
    const before = everyConfig(place, (text) => text);
    const dry = await policyWrap(place, ['install', '--dry-run']);
    expect(dry).toMatchObject({
      exitCode: 0,
      stderr: 'policy-wrap: nothing was written (--dry-run)',
    });
    expect(dry.stdout).toContain(`+         "${PACKAGE}",`);
    expect(await policyWrap(place, ['install'])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('use --yes to write, or --dry-run'),
    });
    for (const [file, text] of before) expect(now(file), file).toBe(text);
  });

  it('shows no secret', async () => {
    const place = new Place();
    everyConfig(place, (text) => text);
    const shown = [
      await policyWrap(place, ['install', '--dry-run']),
      await policyWrap(place, ['install', '--yes', '--json']),
      await policyWrap(place, ['uninstall', '--dry-run']),
      await policyWrap(place, ['status']),
      await policyWrap(place, ['status', '--json']),
    ];
    const secrets =
      /BSA-not-a-real|hunter2|ghp_0000|github_pat_0000|not-a-real-key|"secret"|your-token|"value"|Bearer x/;
    for (const { stdout, stderr } of shown) expect(stdout + stderr).not.toMatch(secrets);
  });

  it.skipIf(onWindows('files have no mode'))(
    'copies a config before it is changed, for this user alone',
    async () => {
      const place = new Place();
      const file = putConfig(place, 'kiro', '.kiro/settings/mcp.json', configText('kiro.json'));
      const { stdout } = await policyWrap(place, ['install', '--yes', '--json']);
      const backup = (JSON.parse(stdout) as Report).files[0]?.backup ?? '';
      expect(now(backup)).toBe(configText('kiro.json'));
      expect(statSync(backup).mode & 0o777).toBe(0o600);
      expect(statSync(path.dirname(backup)).mode & 0o777).toBe(0o700);
      await policyWrap(place, ['uninstall', '--yes']);
      expect(now(file)).toBe(configText('kiro.json'));
      expect(readdirSync(path.dirname(backup))).toEqual([]);
    },
  );
});
