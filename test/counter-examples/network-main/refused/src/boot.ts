import { createServer } from 'node:http';

export const used = createServer;
