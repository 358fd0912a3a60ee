import { accessSync, constants, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import type { PlatformEnv } from '@cauce/shared/env/platform-env';

/** What stands in the way of starting, in one sentence each. */
export async function findObstacles(env: PlatformEnv): Promise<readonly string[]> {
  const obstacles: string[] = [];
  try {
    mkdirSync(env.dataDir, { recursive: true });
    accessSync(env.dataDir, constants.W_OK);
  } catch {
    obstacles.push(`The data directory ${env.dataDir} cannot be written; set CAUCE_DATA_DIR to one that can.`);
  }
  const ports = [
    { name: 'WEB_PORT', port: env.webPort, isNeeded: true },
    { name: 'GATEWAY_PORT', port: env.gatewayPort, isNeeded: true },
    { name: 'MQTT_PORT', port: env.mqttPort, isNeeded: env.mqttUrl === null },
  ];
  for (const { name, port, isNeeded } of ports) {
    if (isNeeded && port !== 0 && !(await isFree(port))) {
      obstacles.push(`Port ${port} is taken; free it or set ${name} to another.`);
    }
  }
  return obstacles;
}

/** Whether a server could listen on the port of this machine, on any of its addresses. */
export async function isFree(port: number): Promise<boolean> {
  const canListen = (host: string) =>
    new Promise<boolean>((resolve) => {
      const server = createServer();
      // An address family that the machine does not have takes no port from anybody.
      server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'EADDRINUSE'));
      server.listen(port, host, () => server.close(() => resolve(true)));
    });
  return (await canListen('127.0.0.1')) && (await canListen('::')) && (await canListen('0.0.0.0'));
}
