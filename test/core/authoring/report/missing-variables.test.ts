import { describe, expect, it } from 'vitest';
import { missingVariables } from '../../../../src/core/authoring/report/missing-variables.js';

describe('variables that a program says it lacks', () => {
  it.each([
    ['Error: SLACK_BOT_TOKEN is required', ['SLACK_BOT_TOKEN']],
    [
      'Please set the SLACK_BOT_TOKEN and SLACK_TEAM_ID environment variables',
      ['SLACK_BOT_TOKEN', 'SLACK_TEAM_ID'],
    ],
    ['GITHUB_PERSONAL_ACCESS_TOKEN not set', ['GITHUB_PERSONAL_ACCESS_TOKEN']],
    ['missing env var `API_KEY`.', ['API_KEY']],
    ["KeyError: 'BRAVE_API_KEY'", ['BRAVE_API_KEY']],
    ['Environment variable TOKEN must be set', ['TOKEN']],
    ['process.env.SECRET is undefined', ['SECRET']],
    [
      'Missing required environment variables:\n  - A_KEY\n  - B_KEY (for the second)\nBye from C_KEY',
      ['A_KEY', 'B_KEY'],
    ],
    ['Invalid configuration:\r\n1. DATABASE_URL: Required\r\n', ['DATABASE_URL']],
    ['No API key found in OPENAI_API_KEY\nNo API key found in OPENAI_API_KEY', ['OPENAI_API_KEY']],
  ])('%j', (text, names) => {
    expect(missingVariables(text)).toEqual(names);
  });

  it.each([
    '',
    'Server is listening',
    'Using LOG_LEVEL from the environment',
    "code: 'ERR_MODULE_NOT_FOUND'",
    'failed with CONNECTION_REFUSED, INVALID_ARGUMENT',
    'The SQL is invalid',
    'some_lower_case is required',
  ])('none in %j', (text) => {
    expect(missingVariables(text)).toEqual([]);
  });

  it('are few, and found soon', () => {
    const many = [...Array(1_000).keys()].map((each) => `VARIABLE_${each} is missing`).join('\n');
    expect(missingVariables(many)).toHaveLength(20);
    expect(missingVariables(`missing ${'A_'.repeat(500_000)}`)).toEqual([]);
  });
});
