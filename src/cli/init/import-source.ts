import path from 'node:path';
import { parse, TomlError } from 'smol-toml';
import { withoutComments } from '../../clients/formats/jsonc.js';
import { readForeign, readForeignText } from '../../config/yaml/foreign-source.js';
import { isForeign } from '../../core/authoring/import/foreign-policy.js';
import { visible } from '../../core/text/visible.js';
import { displayPath } from '../../platform/display-path.js';
import { UserError } from '../../platform/user-error.js';

/** A file that may be another product's policy: values, or a text that is not made of values. */
export type ImportSource = { document: unknown } | { cedar: string };

/**
 * Reads the file as its ending says: TOML, Cedar, JSON with comments, else YAML.
 * @throws {PolicyError} or {UserError} where it cannot be read
 */
export function readImportSource(file: string): ImportSource {
  switch (path.extname(file).toLowerCase()) {
    case '.toml':
      return { document: readToml(file) };
    case '.cedar':
      return { cedar: readForeignText(file) };
    case '.json':
    case '.jsonc':
      return { document: readForeign(file, withoutComments) };
    default:
      return sourceWithoutEnding(file);
  }
}

/** A file of Cedar may have any name; as YAML it is one text at most. */
function sourceWithoutEnding(file: string): ImportSource {
  const text = readForeignText(file);
  if (/^\s*(?:\/\/[^\n]*\s*|@\w+[^\n]*\s*)*(?:permit|forbid)\s*\(/.test(text)) return { cedar: text };
  const document = readForeign(file);
  return { document: isForeign(document) ? document : {} };
}

function readToml(file: string): unknown {
  try {
    return parse(readForeignText(file));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [what = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n');
    throw new UserError(
      `${displayPath(file)}:${error.line}:${error.column} is not TOML: ${visible(what)}`,
      'fix it in the file first',
    );
  }
}
