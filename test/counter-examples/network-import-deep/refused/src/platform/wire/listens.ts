import { createServer } from 'node:net';

export const used = createServer;
