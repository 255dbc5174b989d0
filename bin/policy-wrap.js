#!/usr/bin/env node
try {
  require('../dist/main.cjs');
} catch (error) {
  // Neither HOME nor the system says where the user's folders are.
  if (error.syscall !== 'uv_os_homedir') throw error;
  process.stderr.write(
    "policy-wrap: the home folder of this user is not known\n  help: set HOME to the user's folder\n",
  );
  process.exitCode = 1;
}
