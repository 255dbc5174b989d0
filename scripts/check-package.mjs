// Packs the package as it would be published and tries it: size, no dependencies, publint, and one call through
// `npx <tarball> -- …` from an empty folder.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/** Bytes. A third of it when it is packed; how much of it a run loads is what the bench looks at. */
const LARGEST = 1_700_000;
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const folder = mkdtempSync(path.join(tmpdir(), 'policy-wrap-package-'));

try {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  expect(manifest.dependencies === undefined, 'the package has no dependencies to install');
  const [packed] = JSON.parse(
    execFileSync(npm, ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
      cwd: root,
      encoding: 'utf8',
    }),
  );
  expect(packed.unpackedSize < LARGEST, `${packed.unpackedSize} bytes unpacked, less than ${LARGEST}`);
  for (const file of [
    'THIRD_PARTY_NOTICES.txt',
    'LICENSE',
    'README.md',
    'schema/policy-wrap.schema.json',
    'dist/types/index.d.ts',
  ]) {
    expect(
      packed.files.some((entry) => entry.path === file),
      `${file} is in it`,
    );
  }
  expect(!packed.files.some(({ path: file }) => file.endsWith('.map')), 'no source map is in it');
  const { messages } = await publint({ pkgDir: root, strict: true });
  for (const message of messages) console.log(formatMessage(message, manifest));
  expect(messages.length === 0, 'publint has nothing to say');
  await tryFromEmptyFolder(path.join(folder, packed.filename));
  tryAsLibrary(path.join(folder, packed.filename));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function tryFromEmptyFolder(tarball) {
  const empty = mkdtempSync(path.join(folder, 'empty-'));
  const server = path.join(root, 'node_modules/.bin/mcp-server-everything');
  const client = new Client({ name: 'check-package', version: '1.0.0' });
  const args = [
    '--yes',
    '--prefer-offline',
    '--package',
    tarball,
    '--',
    'policy-wrap',
    '--quiet',
    '--',
    process.execPath,
    server,
  ];
  await client.connect(
    new StdioClientTransport({
      command: process.platform === 'win32' ? 'npx.cmd' : 'npx',
      args,
      cwd: empty,
      stderr: 'inherit',
    }),
  );
  const { content } = await client.callTool({ name: 'echo', arguments: { message: 'through the package' } });
  expect(JSON.stringify(content).includes('through the package'), 'a call passes through npx <tarball>');
  await client.close();
}

/** The library as the README shows it. */
function tryAsLibrary(tarball) {
  const project = mkdtempSync(path.join(folder, 'library-'));
  const [, snippet] =
    /```ts\n(import [^`]*)```/.exec(readFileSync(path.join(root, 'README.md'), 'utf8')) ?? [];
  writeFileSync(path.join(project, 'package.json'), '{ "type": "module" }');
  writeFileSync(path.join(project, 'try.js'), snippet.replace(' as const', ''));
  execFileSync(npm, ['install', '--silent', '--prefer-offline', tarball], { cwd: project });
  const printed = execFileSync(process.execPath, ['try.js'], { cwd: project, encoding: 'utf8' }).trim();
  expect(snippet.includes(`// ${printed}`), `the library prints what the README says (${printed})`);
}

function expect(truth, what) {
  if (!truth) throw new Error(`the package is not right: ${what} is not so`);
  console.log(`ok ${what}`);
}
