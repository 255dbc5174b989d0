// Builds the approvals page: one HTML file, one style sheet, one script, small enough to be read in a moment.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

/** @param {string} root */
export async function buildPage(root) {
  const source = path.join(root, 'src/approvals/page/browser');
  const target = path.join(root, 'dist/page');
  mkdirSync(target, { recursive: true });
  await build({
    entryPoints: { page: path.join(source, 'main.ts') },
    outdir: target,
    bundle: true,
    minify: true,
    charset: 'utf8',
    format: 'esm',
    target: ['chrome109', 'firefox115', 'safari16.4'],
    logLevel: 'warning',
  });
  await build({
    entryPoints: [path.join(source, 'styles/page.css')],
    outdir: target,
    bundle: true,
    minify: true,
    target: ['chrome109', 'firefox115', 'safari16.4'],
    logLevel: 'warning',
  });
  const html = readFileSync(path.join(source, 'page.html'), 'utf8');
  writeFileSync(path.join(target, 'page.html'), html.replace(/^\s+|\n$/gm, ''));
}
