/** Three ways to use each sub-command, the most usual first. */
const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  check: ['check', 'check --print', 'check --against -- npx -y some-mcp-server'],
  explain: [
    'explain delete_broker',
    `explain create_charge '{"amount": 60000}'`,
    'explain delete_broker --server some-mcp-server --preset strict',
  ],
  test: ['test', 'test policies/', 'test --reporter junit > results.xml'],
  inspect: [
    'inspect -- npx -y some-mcp-server',
    'inspect delete_broker -- npx -y some-mcp-server',
    'inspect --html -- npx -y some-mcp-server > report.html',
  ],
  init: ['init', 'init -- npx -y some-mcp-server', 'init --update -- npx -y some-mcp-server'],
  import: ['import intercept.yaml', 'import intercept.yaml -o policy-wrap.yaml', 'import policy.json'],
  doctor: [
    'doctor -- npx -y some-mcp-server',
    'doctor --timeout 120 -- uvx some-mcp-server',
    'doctor -c policy-wrap.yaml -- node server.js',
  ],
  install: ['install --dry-run', 'install', 'install --client cursor,codex github'],
  uninstall: ['uninstall --dry-run', 'uninstall', 'uninstall --client cursor github'],
  status: ['status', 'status --client claude-desktop', 'status --json'],
  approvals: ['approvals', 'approvals watch', 'approvals revoke d254f1fb'],
  approve: ['approve k8u', 'approve k8u --remember session', 'approve k8u --tool'],
  deny: ['deny k8u', 'deny k8u --reason "Not on a Sunday."'],
};

/** What stands before the help of a sub-command, where there is more than one way to use it. */
export function examplesOf(command: string): string {
  const lines = EXAMPLES[command]?.map((example) => `  policy-wrap ${example}\n`);
  return lines === undefined ? '' : `Examples:\n${lines.join('')}`;
}
