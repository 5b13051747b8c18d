#!/usr/bin/env node
import { command } from '../start.mjs';

process.exit(await command(process.argv.slice(2)));
