import { defineConfig } from 'vitest/config';
import { DEEP } from './test/deep.js';
import { FACTOR } from './test/runs.js';

export default defineConfig({
  test: {
    // More inputs than usual take longer than anybody knows.
    testTimeout: FACTOR > 1 ? 0 : 60_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
    // Nothing that is started opens a browser or announces anything on the desktop of whoever runs the tests.
    env: { POLICY_WRAP_DESKTOP: 'off' },
    projects: [
      {
        extends: true,
        // Half of the time would go into loading the same modules for each file.
        test: { name: 'fast', include: ['test/**/*.test.ts'], exclude: DEEP, isolate: false },
      },
      { extends: true, test: { name: 'deep', include: DEEP } },
    ],
  },
});
