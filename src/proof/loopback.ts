import {once} from 'node:events';
import {connect, createServer, type Server, type Socket} from 'node:net';
import {Failure} from '../base/failure.ts';

/** Ports of 127.0.0.1 that nobody listened on a moment ago, all different. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({length: count}, () => createServer());
  try {
    await Promise.all(servers.map((server) => once(server.listen(0, '127.0.0.1'), 'listening')));
    return servers.map(portOf);
  } finally {
    for (const server of servers) server.close();
  }
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server without a port');
  return address.port;
}

/**
 * The two ends of one TCP connection on 127.0.0.1, the listening one first. The port is the system's choice and shut
 * again before this returns, so that nobody else is served.
 *
 * @throws Failure `no-loopback` where this machine lets nobody listen or dial
 */
export async function loopbackWire(): Promise<readonly [Socket, Socket]> {
  const server = createServer({allowHalfOpen: false});
  const accepted: Socket[] = [];
  server.on('connection', (socket) => accepted.push(socket));
  let caller: Socket | undefined;
  try {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    caller = connect(portOf(server), '127.0.0.1');
    await once(caller, 'connect');
    for (;;) {
      // Another process may have knocked in the meantime.
      const provider = accepted.find(({remotePort}) => remotePort === caller?.localPort);
      if (provider !== undefined) {
        for (const socket of accepted) if (socket !== provider) socket.destroy();
        return [provider, caller];
      }
      await once(server, 'connection');
    }
  } catch (error) {
    for (const socket of [...accepted, caller]) socket?.destroy();
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new Failure('no-loopback', `no connection on 127.0.0.1 can be made here: ${error.message}`, {
      nextSteps: ['run it where local connections are allowed'],
      cause: error,
    });
  } finally {
    server.close();
  }
}
