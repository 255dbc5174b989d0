import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
/** The built program, as it is published. */
export const PROGRAM = path.join(root, 'bin/policy-wrap.js');

/** How the policy of a place is called everywhere but in its own folder. */
export const POLICY_PLACE = path.join('~', 'work', 'policy-wrap.yaml');

/** The path of a fixture server. */
export function fixture(name: string): string {
  return path.join(root, 'test/fixtures/servers', name);
}

/** The entry of a server from npm, to be started with node. */
export function npmServer(name: 'everything' | 'filesystem' | 'memory'): string {
  return createRequire(import.meta.url).resolve(`@modelcontextprotocol/server-${name}/dist/index.js`);
}

/** Variables that would lead out of the folder of a test. */
const LEADING_ELSEWHERE = new Set([
  'NODE_EXTRA_CA_CERTS',
  'POLICY_WRAP_CONFIG',
  'CLAUDE_CONFIG_DIR',
  'CODEX_HOME',
  'COPILOT_HOME',
  'OPENCODE_CONFIG',
  'OPENCODE_CONFIG_DIR',
  'VSCODE_AGENT_FOLDER',
  'VSCODE_APPDATA',
  'VSCODE_PORTABLE',
]);

/** A folder of its own for one test: the working directory, the user's config and state. Gone afterwards. */
export class Place {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'policy-wrap-test-'));
  readonly work = path.join(this.folder, 'work');
  /** What the recording server was sent, byte for byte. */
  readonly record = path.join(this.folder, 'record');

  constructor() {
    mkdirSync(this.work);
    // A program that ends just now may be keeping its compiled code there.
    onTestFinished(() =>
      rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }),
    );
  }

  get env(): Record<string, string> {
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !LEADING_ELSEWHERE.has(name)),
    );
    const config = path.join(this.folder, 'config');
    const state = path.join(this.folder, 'state');
    return {
      ...(env as Record<string, string>),
      NO_COLOR: '1',
      HOME: this.folder,
      USERPROFILE: this.folder,
      APPDATA: path.join(this.folder, 'AppData', 'Roaming'),
      LOCALAPPDATA: path.join(this.folder, 'AppData', 'Local'),
      XDG_CONFIG_HOME: config,
      XDG_STATE_HOME: state,
    };
  }

  /** Writes a file below the working directory and returns its path. */
  write(name: string, text: string): string {
    const file = path.join(this.work, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  /** Whether there is such a file below the working directory. */
  has(name: string): boolean {
    return existsSync(path.join(this.work, name));
  }

  /** The project's policy file. */
  policy(text: string): string {
    return this.write('policy-wrap.yaml', text);
  }

  /** The user's own policy file. */
  userPolicy(text: string): string {
    const folders = {
      darwin: 'Library/Preferences/policy-wrap',
      win32: 'AppData/Roaming/policy-wrap/Config',
    };
    const folder = (folders as Partial<Record<string, string>>)[process.platform] ?? 'config/policy-wrap';
    return this.write(path.join('..', folder, 'policy-wrap.yaml'), text);
  }

  /** What reached the recording server; undefined when it was never started or never sent anything. */
  recorded(): string | undefined {
    return existsSync(this.record) ? readFileSync(this.record, 'utf8') : undefined;
  }

  /** The files of the audit log, of whichever server. */
  auditFiles(): string[] {
    const folder = path.join(this.folder, 'state', 'policy-wrap');
    if (!existsSync(folder)) return [];
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return files.filter((file) => file.endsWith('.jsonl')).map((file) => path.join(folder, file));
  }

  /** The lines of the audit log, of whichever server. */
  audit(): Record<string, unknown>[] {
    return this.auditFiles().flatMap(jsonLines);
  }
}

/** The lines of a file of JSON lines. */
export function jsonLines(file: string): Record<string, unknown>[] {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}
