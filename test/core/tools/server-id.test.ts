import { describe, expect, it } from 'vitest';
import { serverId, serverIdentity } from '../../../src/core/tools/server-id.js';

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
    ['uv --directory /srv/weather run weather.py', 'weather'],
    ['uv --quiet --project=/srv/x tool run some-server', 'some-server'],
    ['uv --directory', 'uv'],
    ['uv run -m some_server', 'some_server'],
    ['pipx run --spec some-package cmd', 'some-package'],
    ['pipx run some-server', 'some-server'],
    ['python -m some_server', 'some_server'],
    ['python3.12 -u /srv/my-server/server.py', 'server'],
    ['/usr/bin/python3 /srv/my-server/__main__.py', 'my-server'],
    ['C:\\Python\\python.exe -X utf8 server.py', 'server'],
    ['node dist/index.js', 'index'],
    ['node /srv/my-server/dist/index.js', 'my-server'],
    ['node /usr/lib/node_modules/@scope/server/dist/cli.js', '@scope/server'],
    ['node C:\\npm\\node_modules\\@scope\\server\\cli.js', '@scope/server'],
    ['node /x/node_modules/host/node_modules/some-server/build/main.js', 'some-server'],
    ['node /x/node_modules/.bin/some-server', 'some-server'],
    ['node node_modules/some-server/dist/index.js', 'some-server'],
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

describe('behind a launcher', () => {
  it.each<[command: string, args: string[], id: string]>([
    // Bridges to a URL.
    ['npx', ['-y', 'mcp-remote', 'https://a.example.test/mcp'], 'a.example.test'],
    [
      'npx',
      ['mcp-remote@latest', 'https://B.example.test:8443/sse', '3334', '--header', 'A:b'],
      'b.example.test:8443',
    ],
    ['mcp-remote', ['http://localhost:3000/mcp'], 'localhost:3000'],
    ['npx', ['-p', 'mcp-remote@1', 'mcp-remote', 'https://me:pw@c.example.test'], 'c.example.test'],
    ['node', ['/usr/lib/node_modules/mcp-remote/dist/proxy.js', 'https://d.example.test/'], 'd.example.test'],
    ['uvx', ['mcp-proxy', '--transport', 'streamablehttp', 'https://e.example.test/mcp'], 'e.example.test'],
    ['npx', ['-y', 'supergateway', '--streamableHttp', 'https://f.example.test/mcp'], 'f.example.test'],
    ['npx', ['-y', 'supergateway', '--stdio', 'npx -y @acme/crm'], '@acme/crm'],
    ['npx', ['-y', '@smithery/cli@latest', 'run', '@acme/crm', '--key', 'x'], '@acme/crm'],
    // Shells.
    ['sh', ['-c', 'npx -y @acme/crm'], '@acme/crm'],
    ['bash', ['-lc', 'cd ~/x && exec uvx acme-db --ro 2>/tmp/log'], 'acme-db'],
    ['zsh', ['-l', '-c', 'source ~/.zshrc; TOKEN=1 npx -y @acme/crm'], '@acme/crm'],
    ['/bin/bash', ['-ic', 'export A="b c" && npm install --silent && node /srv/acme/dist/index.js'], 'acme'],
    ['sh', ['/srv/acme/run.sh'], 'acme'],
    ['bash', ['deploy/acme-mcp.sh'], 'acme-mcp'],
    ['bash', ['-c', '"/opt/my tools/acme-mcp" --x'], 'acme-mcp'],
    ['bash', ['-c', 'sh -c "uvx acme"'], 'acme'],
    ['powershell', ['-Command', '& { npx -y @acme/crm }'], '@acme/crm'],
    [
      'pwsh.exe',
      ['-NoProfile', '-ExecutionPolicy', 'Bypass', '-c', '$env:A = 1; npx', '-y', '@acme/crm'],
      '@acme/crm',
    ],
    ['powershell', ['-File', 'C:\\acme\\run.ps1'], 'acme'],
    ['powershell', ['-Command', "& 'C:\\Program Files\\acme-mcp.exe' --x"], 'acme-mcp'],
    ['cmd', ['/s', '/c', 'npx', '-y', '@acme/crm'], '@acme/crm'],
    ['cmd', ['/d', '/s', '/c', 'npx -y @acme/crm'], '@acme/crm'],
    ['cmd.exe', ['/c', 'cd /d C:\\x && set A=1&& uvx acme'], 'acme'],
    ['cmd', ['/K', 'npx.cmd', '-y', '@acme/crm'], '@acme/crm'],
    // What sets something up.
    ['op', ['run', '--env-file=.env', '--', 'npx', '-y', '@acme/crm'], '@acme/crm'],
    ['op', ['run', '--env-file', '.env', '--account', 'x', '--', 'uvx', 'acme'], 'acme'],
    ['doppler', ['run', '-p', 'x', '-c', 'dev', '--', 'uvx', 'acme'], 'acme'],
    ['doppler', ['run', '--command', 'uvx acme'], 'acme'],
    ['npx', ['dotenv', '-e', '.env', '--', 'node', '/srv/acme/dist/index.js'], 'acme'],
    ['npx', ['-y', 'dotenv-cli', '-e', '.env', 'uvx', 'acme'], 'acme'],
    ['npx', ['envmcp', 'uvx', 'acme-db'], 'acme-db'],
    ['npx', ['cross-env', 'A=1', 'npx', '-y', '@acme/crm'], '@acme/crm'],
    ['mise', ['exec', '--', 'acme-x'], 'acme-x'],
    ['mise', ['x', 'node@22', '--', 'npx', '-y', '@acme/crm'], '@acme/crm'],
    ['direnv', ['exec', '/srv/acme', 'uvx', 'acme'], 'acme'],
    ['aws-vault', ['exec', 'prod', '--', 'uvx', 'acme'], 'acme'],
    ['infisical', ['run', '--env', 'dev', '--', 'uvx', 'acme'], 'acme'],
    ['sops', ['exec-env', 'secrets.yaml', 'uvx acme'], 'acme'],
    ['sudo', ['-u', 'x', 'uvx', 'acme'], 'acme'],
    ['nice', ['-n', '5', 'uvx', 'acme'], 'acme'],
    ['timeout', ['60', 'uvx', 'acme'], 'acme'],
    ['stdbuf', ['-oL', '-eL', 'uvx', 'acme'], 'acme'],
    ['nohup', ['nice', 'timeout', '-k', '5', '60', 'env', 'A=1', 'uvx', 'acme'], 'acme'],
    ['env', ['-S', 'npx -y @acme/crm'], '@acme/crm'],
    ['wsl.exe', ['-d', 'Ubuntu', '--', 'bash', '-lc', 'cd ~/x && uv run acme.py'], 'acme'],
    ['wsl', ['npx', '-y', '@acme/crm'], '@acme/crm'],
    ['ssh', ['host', 'acme-mcp'], 'acme-mcp'],
    ['ssh', ['-i', 'key', '-p', '22', 'me@host', 'cd x && uvx acme'], 'acme'],
    ['ssh', ['me@box.example.test'], 'box.example.test'],
    ['conda', ['run', '-n', 'env', '--no-capture-output', 'python', '-m', 'acme_mcp'], 'acme_mcp'],
    // Runners of projects and languages.
    ['dotnet', ['run', '--project', 'src/Acme'], 'Acme'],
    ['dotnet', ['run', '--project=src/Acme/Acme.csproj', '--', '--stdio'], 'Acme'],
    ['dotnet', ['bin/Acme.Mcp.dll'], 'Acme.Mcp'],
    ['dnx', ['Acme.Mcp@1.0', '--yes'], 'Acme.Mcp'],
    ['dotnet', ['tool', 'run', 'acme-x'], 'acme-x'],
    ['go', ['run', 'x/acme/mcp@latest'], 'x/acme/mcp'],
    ['go', ['run', '-tags', 'a', './cmd/acme'], 'acme'],
    ['cargo', ['run', '--quiet', '--bin', 'acme'], 'acme'],
    ['cargo', ['run', '--manifest-path', '/srv/acme/Cargo.toml', '--', 'x'], 'acme'],
    ['npm', ['run', 'mcp'], 'mcp'],
    ['npm', ['--prefix', '/srv/acme', 'start'], 'acme'],
    ['pnpm', ['-C', '/srv/acme', 'dev'], 'acme'],
    ['poetry', ['run', 'acme'], 'acme'],
    ['poetry', ['-C', '/srv/x', 'run', 'python', '-m', 'acme_mcp'], 'acme_mcp'],
    ['pixi', ['exec', 'acme-x'], 'acme-x'],
    ['uv', ['run', '--with', 'mcp[cli]', 'mcp', 'run', '/srv/acme.py'], 'acme'],
    ['uv', ['run', 'python', '/srv/acme.py'], 'acme'],
    ['uv', ['run', '--project', '/srv/acme', 'fastmcp', 'run', 'crm.py:app'], 'crm'],
    ['uv', ['run', 'acme-entry'], 'acme-entry'],
    ['nix', ['run', 'nixpkgs#x'], 'x'],
    ['nix', ['run', 'github:acme/crm', '--', '--ro'], 'github:acme/crm'],
    ['jbang', ['acme@x'], 'acme@x'],
    ['php', ['artisan', 'boost:mcp'], 'boost:mcp'],
    ['php8.3', ['-d', 'memory_limit=1G', 'bin/console', 'acme:mcp'], 'acme:mcp'],
    ['python', ['manage.py', 'acme_mcp'], 'acme_mcp'],
    ['bundle', ['exec', 'acme'], 'acme'],
    // Containers.
    ['docker', ['exec', '-i', 'box', 'node', 's.js'], 'box'],
    ['docker', ['compose', 'run', '-T', 'svc'], 'svc'],
    ['docker', ['compose', '-f', 'x.yml', 'exec', '-T', '-e', 'A=1', 'svc', 'acme'], 'svc'],
    ['docker-compose', ['run', '--rm', 'svc'], 'svc'],
    ['docker', ['--context', 'x', 'run', '-i', '--rm', 'acme/crm:1'], 'acme/crm'],
    ['docker', ['start', '-ai', 'box'], 'box'],
    ['docker', ['mcp', 'gateway', 'run', '--servers', 'github,fetch'], 'github,fetch'],
    ['docker', ['run', '-i', '--rm', 'node:22-alpine', 'npx', '-y', '@acme/crm'], '@acme/crm'],
    ['docker', ['run', '-i', 'supercorp/supergateway', '--stdio', 'uvx acme'], 'acme'],
    ['kubectl', ['exec', '-i', '-n', 'x', 'deploy/acme', '--', 'node', 's.js'], 'deploy/acme'],
  ])('%s %j is %s', (command, args, id) => {
    expect(serverIdentity(command, args)).toMatchObject({ id, certain: true });
  });

  it.each<[command: string, args: string[], id: string]>([
    ['npx', [], 'npx'],
    ['npx', ['-y', '$PACKAGE'], '$PACKAGE'],
    ['npx', ['-y', 'mcp-remote', '$URL'], 'mcp-remote'],
    ['sh', ['-c', 'a | b'], 'sh'],
    ['sh', ['-c', 'acme-mcp; other'], 'sh'],
    ['sh', ['-c', '$(which acme)'], 'sh'],
    ['bash', ['-c', 'while true; do acme; done'], 'bash'],
    ['bash', ['-c', "acme 'open"], 'bash'],
    ['powershell', ['-EncodedCommand', 'AAAA'], 'powershell'],
    ['op', ['run', '--', 'sh', '-c', 'a | b'], 'sh'],
    ['node', ['dist/index.js'], 'index'],
    ['node', ['-e', '1'], 'node'],
    ['npm', ['start'], 'npm'],
    ['npm', ['run', 'dev'], 'dev'],
    ['go', ['run', '.'], '.'],
    ['cargo', ['run'], 'cargo'],
    ['dotnet', ['run', '--', 'serve'], 'dotnet'],
    ['docker', ['ps'], 'docker'],
    ['docker', ['mcp', 'gateway', 'run'], 'docker'],
    ['sudo', ['-u', 'x'], 'sudo'],
    ['python', ['-c', 'x'], 'python'],
  ])('%s %j says that it cannot be told', (command, args, id) => {
    expect(serverIdentity(command, args)).toMatchObject({ id, certain: false });
  });

  it.each<[command: string, args: string[]]>([
    ['some-server', ['--stdio']],
    ['uvx', ['time']],
    ['npx', ['-y', '@scope/server']],
    ['/opt/acme/bin/server', []],
  ])('%s %j is certain, and starts nothing else', (command, args) => {
    expect(serverIdentity(command, args)).toMatchObject({ certain: true, behind: false });
  });

  it('ends, however deep launchers are in each other', () => {
    const words = Array.from({ length: 20_000 }, () => 'sudo');
    expect(serverIdentity('sudo', words).certain).toBe(false);
    const packages = Array.from({ length: 20_000 }, () => 'dotenv');
    expect(serverIdentity('npx', packages).certain).toBe(false);
  });
});
