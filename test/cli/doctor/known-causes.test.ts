import { describe, expect, it } from 'vitest';
import { knownCause } from '../../../src/cli/doctor/known-causes.js';

describe('what launchers say', () => {
  it.each([
    ['the input device is not a TTY', 'a terminal'],
    [
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
      'not running',
    ],
    [
      "docker: Error response from daemon: pull access denied for nope, repository does not exist or may require 'docker login'",
      'no such image',
    ],
    [
      'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock',
      'may not speak',
    ],
    ['exec /usr/local/bin/server: exec format error', 'processor'],
    [
      'npm error code E404\nnpm error 404 Not Found - GET https://registry.example/nope - Not found',
      'no such package',
    ],
    ['npm ERR! code E404', 'no such package'],
    ['npm error code ETARGET\nnpm error notarget No matching version found for x@9.', 'no such version'],
    ['npm error could not determine executable to run', 'no program that npx would start'],
    [
      'npm error code EAI_AGAIN\nnpm error request failed, reason: getaddrinfo EAI_AGAIN registry.example',
      'network',
    ],
    [
      '× No solution found when resolving tool dependencies:\n Because nope was not found in the package registry',
      'PyPI',
    ],
    ['An executable named `mcp-server` is not provided by package `x`.', 'no program of this name'],
    ["Traceback (most recent call last):\nModuleNotFoundError: No module named 'mcp'", 'Python package'],
    ['/usr/bin/python3: No module named acme_server', 'Python package'],
    ["node:internal/modules/cjs/loader:1215\nError: Cannot find module '/srv/index.js'", 'file or package'],
    ["python: can't open file '/srv/server.py': [Errno 2] No such file or directory", 'whole path'],
    ['Error: Unable to access jarfile server.jar', 'whole path'],
    ['java.lang.UnsupportedClassVersionError: x has been compiled by a more recent version', 'newer Java'],
    ['Error: Could not locate the bindings file. Tried:\n → /x/build/better_sqlite3.node', 'another Node.js'],
    ['Error: listen EADDRINUSE: address already in use 127.0.0.1:3000', 'port'],
    ['sh: 1: acme: not found', 'not on the PATH'],
    ["'acme' is not recognized as an internal or external command,", 'not on the PATH'],
    ['sudo: a password is required', 'sudo'],
  ])('%s', (said, cause) => {
    const known = knownCause(said);
    expect(`${known?.text}; ${known?.help}`).toContain(cause);
  });

  it.each(['', 'Server is listening on stdio', 'Loaded 14 tools', 'Error: API_KEY is required'])(
    'nothing is known of %j',
    (said) => expect(knownCause(said)).toBeUndefined(),
  );
});
