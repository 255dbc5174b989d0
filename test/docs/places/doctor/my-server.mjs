console.error('FOO_API_KEY is required');
process.exitCode = 1;
