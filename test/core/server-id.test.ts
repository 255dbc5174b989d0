import { describe, expect, it } from 'vitest';
import { serverId } from '../../src/core/server-id.js';

describe('serverId', () => {
  it.each<[string, string]>([
    ['npx -y @modelcontextprotocol/server-filesystem /home/me', '@modelcontextprotocol/server-filesystem'],
    ['npx --yes some-server@1.2.3', 'some-server'],
    ['npx @scope/server@latest --flag', '@scope/server'],
    ['npx -p @scope/pkg -p other cli', '@scope/pkg'],
    ['npx --package=some-server cli', 'some-server'],
    ['npx --registry https://r.example.com some-server', 'some-server'],
    ['npx -- some-server', 'some-server'],
    ['npx ./local/server.js', 'server'],
    ['npx github:org/repo', 'github:org/repo'],
    ['npx https://github.com/org/some-server.git', 'some-server'],
    ['npm exec -- some-server', 'some-server'],
    ['npm exec -y some-server', 'some-server'],
    ['pnpm dlx some-server', 'some-server'],
    ['yarn dlx some-server', 'some-server'],
    ['bunx some-server', 'some-server'],
    ['bun x some-server', 'some-server'],
    ['uvx awslabs.amazon-mq-mcp-server', 'awslabs.amazon-mq-mcp-server'],
    ['uvx awslabs.amazon-mq-mcp-server@latest', 'awslabs.amazon-mq-mcp-server'],
    ['uvx some-server[extra]==1.0', 'some-server'],
    ['uvx some-server>=2', 'some-server'],
    ['uvx --from some-package some-command', 'some-package'],
    ['uvx --from=some-package==1 some-command', 'some-package'],
    ['uvx --from git+https://github.com/org/repo.git some-command', 'some-command'],
    ['uvx --python 3.12 --with mcp some-server', 'some-server'],
    ['uv tool run some-server', 'some-server'],
    ['uv run --directory /srv/x server.py', 'server'],
    ['uv run -m some_server', 'some_server'],
    ['uv --directory /srv/x run server.py', 'uv'],
    ['pipx run --spec some-package cmd', 'some-package'],
    ['pipx run some-server', 'some-server'],
    ['python -m some_server', 'some_server'],
    ['python3.12 -u /srv/my-server/server.py', 'server'],
    ['/usr/bin/python3 /srv/my-server/__main__.py', 'my-server'],
    ['C:\\Python\\python.exe -X utf8 server.py', 'server'],
    ['node dist/index.js', 'index'],
    ['node /srv/my-server/dist/index.js', 'my-server'],
    ['node --import tsx --env-file .env src/server.ts', 'server'],
    ['node --max-old-space-size=4096 server.mjs', 'server'],
    ['tsx src/main.ts', 'main'],
    ['deno run -A npm:@scope/server@1', '@scope/server'],
    ['deno run --allow-net=example.com jsr:@scope/server', '@scope/server'],
    ['java -jar /opt/some-server.jar', 'some-server'],
    ['java -Xmx1g -jar some-server.jar', 'some-server'],
    ['docker run -i --rm mcp/github', 'mcp/github'],
    ['docker run -i --rm -e TOKEN -v /a:/b ghcr.io/org/server:v1 --flag', 'org/server'],
    ['docker run --rm=true --env=TOKEN localhost:5000/server', 'server'],
    ['docker run registry.example.com/a/b@sha256:abc', 'a/b'],
    ['podman run --rm image:tag', 'image'],
    ['docker run -it ubuntu', 'ubuntu'],
    ['env TOKEN=1 npx some-server', 'some-server'],
    ['/usr/bin/env -i node server.js', 'server'],
    ['env -u TOKEN node server.js', 'server'],
    ['cmd /c npx -y some-server', 'some-server'],
    ['cmd.exe /C npx.cmd some-server', 'some-server'],
    ['some-server --stdio', 'some-server'],
    ['/opt/bin/some-server', 'some-server'],
    ['C:\\Tools\\some-server.exe', 'some-server'],
    ['./server.py', 'server.py'],
    ['npx', 'npx'],
    ['npx -y', 'npx'],
    ['node', 'node'],
    ['env', 'env'],
    ['python -c import_x;x.main()', 'python'],
    ['node -e 1', 'node'],
    ['node --eval 1', 'node'],
    ['docker ps', 'docker'],
    ['constructor', 'constructor'],
  ])('%s is %s', (line, expected) => {
    const [command = '', ...args] = line.split(' ');
    expect(serverId(command, args)).toBe(expected);
  });

  it('is never empty', () => {
    for (const command of ['/', '\\', '.exe', 'npx', 'uvx', 'node'])
      for (const arg of ['', '/', '@', '==1', '.', '[x]', 'https://', '.js'])
        expect(serverId(command, [arg])).not.toBe('');
  });
});
