/** A name as clients show it, in its parts. */
export interface ClientName {
  /** Undefined where it does not say. */
  server: string | undefined;
  name: string;
  prefix: string;
  /** Whether no server has such names. */
  isCertain: boolean;
}

interface Form {
  written: RegExp;
  isCertain: boolean;
}

/** Of models and permissions. What stands after the server may have separators of its own. */
const FORMS: readonly Form[] = [
  // Claude Code, Codex, Amp and others; without a tool it means all of the server.
  { written: /^\/?mcp__(?<server>[^*?]+?)__(?<name>.+)$/is, isCertain: true },
  { written: /^\/?mcp__(?<server>[^*?]+)(?<all>\*?)$/is, isCertain: true },
  // Roo Code.
  { written: /^mcp--(?<server>[^*?]+?)--(?<name>.+)$/is, isCertain: true },
  // Windsurf.
  { written: /^mcp\d+_(?<name>.+)$/is, isCertain: true },
  // Rules of Cursor and Copilot CLI: `Mcp(server:tool)`, `server(tool)`.
  { written: /^mcp\((?<server>[^:*?)]+):(?<name>[^)]+)\)$/is, isCertain: true },
  { written: /^(?<server>[\w .-]+)\((?<name>[^):]+)(?::\*)?\)$/s, isCertain: true },
  { written: /^(?<name>[\w.-]+)\(\)$/s, isCertain: true },
  // VS Code in its commands, and its prompts.
  { written: /^\/?mcp\.(?<server>[^.*?]+)\.(?<name>.+)$/is, isCertain: true },
  { written: /^mcp:(?<server>[^:*?]+):(?<name>.+)$/is, isCertain: true },
  // Kiro and Amazon Q; `#` of VS Code.
  { written: /^@(?<server>[\w.-]+)\/(?<name>.+)$/s, isCertain: true },
  { written: /^[#@](?<name>[\w*?].*)$/s, isCertain: true },
  // VS Code and Gemini CLI in what a model sees.
  { written: /^mcp_(?<server>[a-z0-9-]+)_(?<name>.+)$/is, isCertain: false },
  { written: /^(?<server>[a-z0-9][\w-]*?)__(?<name>[^_].*)$/is, isCertain: false },
  { written: /^(?<server>[a-z0-9][\w-]*)(?:[./]|:(?!\/\/))(?<name>[^./:].*)$/is, isCertain: false },
];

/** A resource that a client shows with its server: `@github:issue://7`. */
const RESOURCE: Form = { written: /^@?(?<server>[\w.-]+):(?<name>[a-z][\w+.-]*:\/\/.*)$/is, isCertain: true };

/** Reads a name as clients show it; undefined for all others. */
export function clientName(
  text: string,
  table: 'tools' | 'resources' | 'prompts' | 'servers',
): ClientName | undefined {
  const forms = table === 'resources' ? [RESOURCE] : table === 'servers' ? FORMS.slice(0, 3) : FORMS;
  for (const { written, isCertain } of forms) {
    const groups = written.exec(text)?.groups;
    if (!groups) continue;
    const { server, name = '*' } = groups;
    if (table === 'servers')
      return server === undefined ? undefined : { server, name: server, prefix: '', isCertain };
    return { server, name, prefix: text.slice(0, text.length - name.length), isCertain };
  }
  return undefined;
}

/** What is left of a name without what clients put in front of it, from the longest. */
export function withoutPrefixes(text: string, server: string): string[] {
  const tails = [...text.slice(0, 300).matchAll(/__|--|[.:/(]|^mcp\d*_/gi)].map(({ index, 0: { length } }) =>
    text.slice(index + length).replace(/(?::\*)?\)$/, ''),
  );
  const own = server === '' ? '' : server.replace(/[^a-z0-9]+/gi, '_').toLowerCase();
  const prefix =
    own !== '' &&
    text
      .replace(/[^a-z0-9*?]/gi, '_')
      .toLowerCase()
      .startsWith(`${own}_`);
  return [...(prefix ? [text.slice(own.length + 1)] : []), ...tails].filter((tail) => tail !== '');
}
