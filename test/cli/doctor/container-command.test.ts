import { describe, expect, it } from 'vitest';
import { flawOfContainer } from '../../../src/cli/doctor/container-command.js';

function flaw(line: string) {
  const [command = '', ...args] = line.split(' ');
  return flawOfContainer(command, args)?.text ?? '';
}

describe('the command of a container', () => {
  it.each([
    'docker run --rm img',
    'docker run img -i',
    'docker run -e KEY img',
    'docker run -e -i img',
    'docker run --name -i img',
    'docker run --rm -d img',
    '/usr/bin/docker run img',
    'docker.exe run img',
    'podman run --rm img',
    'docker exec box node s.js',
    'docker container run img',
    'kubectl exec pod -- server',
  ])('%s: has no -i', (line) => {
    expect(flaw(line)).toContain('has no -i');
  });

  it.each(['docker run -it img', 'docker run -i -t img', 'docker run --tty -i img', 'podman exec -ti box s'])(
    '%s: has -t',
    (line) => expect(flaw(line)).toContain('has -t'),
  );

  it.each([
    'docker run -i --rm img',
    'docker run --rm -i img',
    'docker run --interactive img',
    'docker run --interactive=true img',
    'docker run -i --rm img -t stdio',
    'docker run -e KEY=it -i img',
    'docker run -eKEY=t -i img',
    'docker run -i --mount type=bind,src=/a,dst=/b img --tty',
    'docker exec -i box node s.js',
    'docker compose run -T svc',
    'docker pull img',
    'npx -y server run',
    'uvx docker run x',
  ])('%s: is fine', (line) => expect(flaw(line)).toBe(''));
});
