import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, onTestFinished } from 'vitest';
import { skip } from '../../skip.js';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const PROGRAM = process.env['POLICY_WRAP_TEST_CHROMIUM'] ?? PLACES.find((place) => existsSync(place));

/** Whether there is no browser here. */
export const NO_CHROMIUM = skip(PROGRAM === undefined, 'chromium is not installed');

/** Another site's name that has been pointed at this machine. */
export const REBOUND = 'rebound.example';

let started: Promise<Browser> | undefined;

async function browser(): Promise<Browser> {
  started ??= chromium.launch({
    ...(PROGRAM === undefined ? {} : { executablePath: PROGRAM }),
    // As root there is no sandbox. Nothing but the tests' own pages is opened.
    args: ['--no-sandbox', `--host-resolver-rules=MAP ${REBOUND} 127.0.0.1`],
  });
  return started;
}

/** A tab of its own, with nothing kept from any other. */
export async function newTab(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await (await browser()).newContext(options);
  context.setDefaultTimeout(15_000);
  onTestFinished(() => context.close());
  return context.newPage();
}

export function closeBrowserAfterAll(): void {
  afterAll(async () => {
    await (await started)?.close();
    started = undefined;
  });
}
