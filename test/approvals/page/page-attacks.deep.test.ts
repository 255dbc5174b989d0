import { createHash, createHmac } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PageInbox } from '../../../src/approvals/page/server/page-messages.js';
import { put, servedInbox, stateFolder } from '../inbox/inbox-place.js';
import { ask, exchange, member, OpenPage, tokenOf } from './page-place.js';

/** A page with one call that waits on it, and a session. */
async function openOne() {
  const state = stateFolder();
  const { inbox, socket } = await servedInbox(state);
  const answer = put(inbox);
  const page = await member(state, inbox);
  const open = await OpenPage.by(await page.link());
  await open.until(({ inboxes }) => inboxes.some(({ waiting }) => waiting.length > 0));
  const decision = { inbox: socket.name, id: 'abc234', decision: 'approve' };
  const waits = () => inbox.state().waiting.length;
  return { page, open, port: open.port, decision, answer, waits, state };
}

/** A connection that says exactly this; resolves to all that comes back until it is closed. */
function raw(port: number, text: string | Buffer): Promise<string> {
  return new Promise((resolve) => {
    let got = '';
    const socket = connect({ host: '127.0.0.1', port }, () => socket.write(text));
    socket.setEncoding('utf8').on('data', (chunk) => {
      got += chunk;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(got));
    onTestFinished(() => void socket.destroy());
  });
}

describe('another site', () => {
  const at = (port: number) => `http://127.0.0.1:${port}`;
  it.each([
    ['another name that points here', () => ({ host: 'evil.example' }), 421],
    ['its name with our port', (port: number) => ({ host: `evil.example:${port}` }), 421],
    ['a name that begins like ours', (port: number) => ({ host: `127.0.0.1.evil.example:${port}` }), 421],
    ['no port', () => ({ host: '127.0.0.1' }), 421],
    ['another port', () => ({ host: '127.0.0.1:80' }), 421],
    ['another name of the loopback', (port: number) => ({ host: `127.0.0.2:${port}` }), 421],
    ['its own origin', () => ({ origin: 'https://evil.example' }), 403],
    ['no origin to speak of', () => ({ origin: 'null' }), 403],
    ['our origin with another port', () => ({ origin: 'http://127.0.0.1:1' }), 403],
    ['our origin by another scheme', (port: number) => ({ origin: `https://127.0.0.1:${port}` }), 403],
    ['our other name as origin', (port: number) => ({ origin: `http://localhost:${port}` }), 403],
    ['cross-site', () => ({ 'sec-fetch-site': 'cross-site' }), 403],
    ['same-site', () => ({ 'sec-fetch-site': 'same-site' }), 403],
  ])('is refused although it has the session: %s', async (_, headersOf, status) => {
    const { open, port, decision, waits } = await openOne();
    const headers = headersOf(port) as unknown as Record<string, string>;
    for (const target of ['/events', '/arguments', '/nowhere'])
      expect((await ask(port, target, { headers: { ...open.headers, ...headers } })).status).toBe(status);
    const posted = await open.post('/decide', decision, headers);
    expect(posted.status).toBe(status);
    expect(posted.text).not.toContain('send');
    expect(waits()).toBe(1);
  });

  it('cannot decide without an origin, with a form, or with a simple request', async () => {
    const { port, open, decision, waits } = await openOne();
    const { origin: _, ...headers } = open.headers;
    const body = JSON.stringify(decision);
    const json = { ...headers, 'content-type': 'application/json' };
    expect((await ask(port, '/decide', { method: 'POST', headers: json, body })).status).toBe(403);
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=a',
      '',
    ])
      expect((await open.post('/decide', decision, { 'content-type': type })).status).toBe(415);
    expect(waits()).toBe(1);
  });

  it('gets no CORS headers, also when it asks for them', async () => {
    const { port } = await openOne();
    const headers = {
      origin: 'https://evil.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
      'access-control-request-private-network': 'true',
    };
    const { status, headers: got } = await ask(port, '/decide', { method: 'OPTIONS', headers });
    expect(status).toBe(403);
    expect(Object.keys(got).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('may link to the page itself, which holds no data, and to nothing else', async () => {
    const { port, open } = await openOne();
    const link = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    expect((await ask(port, '/', { headers: link })).status).toBe(200);
    expect((await ask(port, '/', { headers: { ...link, 'sec-fetch-dest': 'iframe' } })).status).toBe(403);
    expect((await ask(port, '/page.js', { headers: link })).status).toBe(403);
    const { origin: _, ...headers } = open.headers;
    expect((await ask(port, '/events', { headers: { ...headers, ...link } })).status).toBe(403);
  });

  it('has nothing to read at our other name, which leads to the first', async () => {
    const { port, open } = await openOne();
    const host = `localhost:${port}`;
    const { status, headers } = await ask(port, '/', { headers: { host } });
    expect({ status, location: headers['location'] }).toEqual({ status: 307, location: `${at(port)}/` });
    const { origin: _, ...admitted } = open.headers;
    for (const target of ['/page.js', '/proof?nonce=a', '/events', '/arguments?inbox=a&id=b'])
      expect((await ask(port, target, { headers: { ...admitted, host } })).status).toBe(421);
  });

  it('may not frame, sniff, embed or keep anything', async () => {
    const { port, open } = await openOne();
    const { headers: files } = await ask(port, '/');
    const { headers: errors } = await ask(port, '/nowhere');
    const { headers: data } = await ask(port, '/arguments?inbox=a&id=b', { headers: open.headers });
    for (const headers of [files, errors, data]) {
      expect(headers['content-security-policy']).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      );
      expect(headers).toMatchObject({
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      });
      expect(headers['set-cookie']).toBeUndefined();
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
    expect(at(port)).toContain('127.0.0.1');
  });
});

describe('whoever has no session', () => {
  it('is shown that we know the sessions, for our own port, and no session', async () => {
    const { open, port } = await openOne();
    const got = await ask(port, '/proof?nonce=abc', { headers: { origin: open.headers['origin'] ?? '' } });
    const key = createHash('sha256').update(open.session).digest();
    const proof = createHmac('sha256', key).update(`${port} abc`).digest('hex');
    expect(JSON.parse(got.text)).toEqual([proof]);
  });

  it('gets no data and decides nothing', async () => {
    const { port, open, decision, waits, page } = await openOne();
    const link = await page.link();
    const wrong = [
      '',
      'Bearer ',
      `Bearer ${'a'.repeat(43)}`,
      `Basic ${open.session}`,
      `bearer ${open.session}`,
    ];
    // The token of a link is no session.
    for (const authorization of [...wrong, `Bearer ${tokenOf(link)}`, `Bearer ${open.session}x`]) {
      const headers = { ...open.headers, authorization };
      expect((await ask(port, '/events', { headers })).status).toBe(401);
      expect((await ask(port, '/arguments?inbox=a&id=b', { headers })).status).toBe(401);
      expect((await ask(port, '/remembered?id=b', { method: 'DELETE', headers })).status).toBe(401);
      expect((await open.post('/decide', decision, { authorization })).status).toBe(401);
    }
    const { status } = await ask(port, `/events?session=${open.session}`, {
      headers: { cookie: `session=${open.session}` },
    });
    expect(status).toBe(401);
    expect(waits()).toBe(1);
  });

  it('opens a link once', async () => {
    const { page, port } = await openOne();
    const token = tokenOf(await page.link());
    const answers = await Promise.all(Array.from({ length: 5 }, () => exchange(port, token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401]);
    expect((await exchange(port, token)).text).toContain('policy-wrap approvals --link');
    expect((await exchange(port, '')).status).toBe(401);
    expect((await exchange(port, 'a'.repeat(43))).status).toBe(401);
  });

  it('finds the token nowhere in what is served', async () => {
    const { page, port } = await openOne();
    const token = tokenOf(await page.link());
    for (const target of ['/', '/page.js', '/page.css'])
      expect((await ask(port, target)).text).not.toContain(token);
  });
});

describe('odd requests', () => {
  it('knows its own addresses and methods only', async () => {
    const { port, open } = await openOne();
    const paths = [
      '/',
      '/page.css',
      '/page.js',
      '/session',
      '/events',
      '/arguments',
      '/decide',
      '/remembered',
    ];
    const allowed = ['GET', 'GET', 'GET', 'POST', 'GET', 'GET', 'POST', 'DELETE'];
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND']) {
      for (const [at, target] of paths.entries()) {
        if (method === allowed[at]) continue;
        const { status, headers } = await ask(port, target, { method, headers: open.headers });
        expect(`${method} ${target} ${status} ${headers['allow']}`).toBe(
          `${method} ${target} 405 ${allowed[at]}`,
        );
      }
    }
    const odd = [
      '/../package.json',
      '/..%2f..%2fpackage.json',
      '/%2e%2e/shared-page.cjs',
      '//page.js',
      '/page.js/',
      '/PAGE.JS',
      '/page.html',
      '/.',
      '/constructor',
      '/__proto__',
      '/page.js%00.css',
      '/\\page.js',
      `/${'a'.repeat(5_000)}`,
    ];
    for (const target of odd) expect((await ask(port, target, { headers: open.headers })).status).toBe(404);
    expect((await ask(port, 'http://evil.example/', { headers: open.headers })).status).toBe(404);
    expect((await ask(port, '*', { method: 'OPTIONS' })).status).toBe(404);
  });

  it('survives what is no HTTP', async () => {
    const { port, waits } = await openOne();
    const host = `Host: 127.0.0.1:${port}`;
    const texts = [
      'hello\r\n\r\n',
      '\u0000'.repeat(100),
      `GET / HTTP/1.1\r\n\r\n`,
      `GET / HTTP/1.1\r\n${host}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
      `GET / HTTP/1.1\r\n${host}\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`,
      `POST /decide HTTP/1.1\r\n${host}\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      `GET /events HTTP/1.1\r\n${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`,
      `CONNECT evil.example:443 HTTP/1.1\r\n${host}\r\n\r\n`,
    ];
    const got = await Promise.all(texts.map((text) => raw(port, text)));
    for (const text of got) expect(text).not.toMatch(/^HTTP\/1.1 (?:101|200)/);
    expect((await ask(port, '/')).status).toBe(200);
    expect(waits()).toBe(1);
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['nothing', 'null'],
    ['no call', '{"decision":"approve"}'],
    ['an unknown decision', '{"inbox":"d","id":"abc234","decision":"yes"}'],
    ['a member too many', '{"inbox":"d","id":"abc234","decision":"approve","force":true}'],
    ['a number for a text', '{"inbox":"d","id":1,"decision":"approve"}'],
    ['a prototype', '{"__proto__":{"decision":"approve"},"inbox":"d","id":"abc234"}'],
  ])('decides nothing on %s', async (_, body) => {
    const { port, open, waits } = await openOne();
    const headers = { ...open.headers, 'content-type': 'application/json' };
    expect((await ask(port, '/decide', { method: 'POST', headers, body })).status).toBe(400);
    expect(waits()).toBe(1);
  });

  it('lets nobody decide as somebody else or through another channel', async () => {
    const { open, decision, answer } = await openOne();
    const { status, text } = await open.post('/decide', { ...decision, via: 'terminal', by: 'root of all' });
    expect([status, JSON.parse(text)]).toEqual([200, { ok: true }]);
    const approval = await answer;
    expect(approval).toMatchObject({ approved: true, via: 'page' });
    expect(approval.by).not.toBe('root of all');
  });

  it('tells a decision that came too late from one that counts', async () => {
    const { open, decision } = await openOne();
    expect(JSON.parse((await open.post('/decide', decision)).text)).toEqual({ ok: true });
    expect(JSON.parse((await open.post('/decide', decision)).text)).toMatchObject({ ok: false, why: 'gone' });
  });
});

describe('too much', () => {
  it('takes no body of more than 4 MB, announced or not', async () => {
    const { port, open, waits } = await openOne();
    const headers = { ...open.headers, 'content-type': 'application/json' };
    const announced = await ask(port, '/decide', {
      method: 'POST',
      headers: { ...headers, 'content-length': '5000000' },
    }).catch(() => undefined);
    expect(announced?.status ?? 413).toBe(413);
    const chunk = `${(64 * 1024).toString(16)}\r\n${'a'.repeat(64 * 1024)}\r\n`;
    const head = Object.entries({ ...headers, host: `127.0.0.1:${port}`, 'transfer-encoding': 'chunked' })
      .map(([name, value]) => `${name}: ${value}`)
      .join('\r\n');
    const got = await raw(port, `POST /decide HTTP/1.1\r\n${head}\r\n\r\n${chunk.repeat(80)}`);
    expect(got).toMatch(/^(?:HTTP\/1.1 413|$)/);
    expect((await ask(port, '/')).status).toBe(200);
    expect(waits()).toBe(1);
  });

  it('hangs up on whoever sends a byte now and then', async () => {
    const { port } = await openOne();
    const began = Date.now();
    const socket = connect({ host: '127.0.0.1', port });
    socket.on('error', () => {});
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.resume().write('GET / HTTP/1.1\r\n');
    const drip = setInterval(() => socket.write('X'), 250);
    await closed;
    clearInterval(drip);
    expect(Date.now() - began).toBeLessThan(60_000);
  });

  it('admits a few connections and stays usable', async () => {
    const { port, open } = await openOne();
    const idle = Array.from({ length: 200 }, () =>
      connect({ host: '127.0.0.1', port }).on('error', () => {}),
    );
    onTestFinished(() => {
      for (const socket of idle) socket.destroy();
    });
    const settled = () => idle.every((socket) => !socket.connecting);
    const stay = () => idle.filter((socket) => !socket.destroyed && socket.readyState === 'open').length;
    await expect.poll(() => settled() && stay()).toBeLessThanOrEqual(64);
    expect((await ask(port, '/arguments?inbox=a&id=b', { headers: open.headers })).status).toBe(404);
  });

  /** A browser asks again where its connection is gone before it was looked at. */
  const statusOf = (port: number) =>
    ask(port, '/').then(
      ({ status }) => status,
      () => 0,
    );

  it('lets people in while another user of the machine holds all connections, and ends no open page for that', async () => {
    const { port, open, decision, answer } = await openOne();
    const states = open.states();
    await states.next();
    const idle = new Set<Socket>();
    const hold = () => {
      const socket = connect({ host: '127.0.0.1', port }).on('error', () => {});
      idle.add(socket);
      socket.once('close', () => idle.delete(socket));
    };
    for (let at = 0; at < 100; at++) hold();
    const again = setInterval(() => {
      while (idle.size < 100) hold();
    }, 20);
    onTestFinished(() => {
      clearInterval(again);
      for (const socket of idle) socket.destroy();
    });
    await sleep(1_500);
    // Each before whoever says nothing for 5 s is let go.
    for (let at = 0; at < 5; at++) await expect.poll(() => statusOf(port)).toBe(200);
    expect(JSON.parse((await open.post('/decide', decision)).text)).toEqual({ ok: true });
    expect(await answer).toMatchObject({ approved: true });
    const { value } = await states.next();
    expect(value.inboxes.flatMap((inbox: PageInbox) => inbox.waiting)).toEqual([]);
    await states.return(undefined);
  });

  it('reads no long body of whoever has no session', async () => {
    const { port } = await openOne();
    const headers = { origin: `http://127.0.0.1:${port}`, 'content-type': 'application/json' };
    const body = JSON.stringify('a'.repeat(2_000));
    expect((await ask(port, '/session', { method: 'POST', headers, body })).status).toBe(413);
  });

  it('keeps no more for a page that does not read than one line', async () => {
    const { port, open, state } = await openOne();
    const { inbox } = await servedInbox(state, 'bank');
    const socket = connect({ host: '127.0.0.1', port }, () => {
      socket.write(
        `GET /events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${open.session}\r\n\r\n`,
      );
    });
    let lines = 0;
    socket
      .on('error', () => {})
      .on('data', (chunk: Buffer) => {
        lines += chunk.toString('latin1').split('\n{').length - 1;
      });
    socket.pause();
    onTestFinished(() => void socket.destroy());
    const argumentsText = JSON.stringify({ text: 'a'.repeat(16_000) });
    const changes = 90;
    for (let n = 0; n < changes; n++) {
      const taken = Array.from({ length: 20 }, (_, at) => {
        const controller = new AbortController();
        void inbox.put({ ...question(`n${n}x${at}`), argumentsText }, controller.signal);
        return controller;
      });
      await sleep(60);
      for (const controller of taken) controller.abort();
    }
    socket.resume();
    await sleep(2_000);
    expect(lines).toBeGreaterThan(0);
    // What the system itself holds back is some megabytes: a few lines.
    expect(lines).toBeLessThan(changes / 3);
  });
});

function question(id: string) {
  return {
    ...{
      id,
      server: 'bank',
      kind: 'tool' as const,
      name: 'pay',
      category: 'financial' as const,
      risk: 'critical' as const,
    },
    ...{ client: undefined, rule: undefined, reason: undefined, elicits: undefined, mayRemember: true },
    ...{ askedAt: Date.now(), endsAt: Date.now() + 60_000, heldUntil: undefined, via: ['page' as const] },
  };
}
