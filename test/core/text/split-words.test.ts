import { expect, it } from 'vitest';
import { splitIntoWords } from '../../../src/core/text/split-words.js';

it.each<[string, string]>([
  ['get_file_info', 'get file info'],
  ['get-file-info', 'get file info'],
  ['calendar.update_event', 'calendar update event'],
  ['getFileInfo', 'get file info'],
  ['DeleteAHOBatch', 'delete aho batch'],
  ['APIKey', 'api key'],
  ['apiKEY', 'api key'],
  ['list_k8s_resources', 'list k8s resources'],
  ['OAuth2Token', 'o auth2 token'],
  ['S3Bucket', 's3 bucket'],
  ['API-get-users', 'api get users'],
  ['delete\u200b_x', 'delete x'],
  ['ｄｅｌｅｔｅ', 'delete'],
  ['приветМир', 'привет мир'],
  ['', ''],
  ['__', ''],
])('%s is %s', (name, expected) => {
  expect(splitIntoWords(name).join(' ')).toBe(expected);
});
