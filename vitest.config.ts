import { defineConfig } from 'vitest/config';
import { DEEP, WAITING } from './test/deep.js';
import { FACTOR } from './test/runs.js';

/** Milliseconds after which something hangs. What takes a second takes many on two cores that have other work. */
const PATIENCE = 120_000;

export default defineConfig({
  test: {
    // More inputs than usual take longer than anybody knows.
    testTimeout: FACTOR > 1 ? 0 : PATIENCE,
    hookTimeout: PATIENCE,
    // A poll that ends well ends as soon as it can, however long it may take.
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 2,
    // Nothing that is started opens a browser or announces anything on the desktop of whoever runs the tests.
    env: { POLICY_WRAP_DESKTOP: 'off' },
    projects: [
      {
        extends: true,
        // Half of the time would go into loading the same modules for each file.
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: DEEP,
          isolate: false,
          // Whatever a test would expect in a callback that is never called is a failure, too.
          expect: { requireAssertions: true },
        },
      },
      { extends: true, test: { name: 'deep', include: DEEP, exclude: WAITING } },
      {
        extends: true,
        test: { name: 'deep-waiting', include: WAITING, maxWorkers: 5, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
