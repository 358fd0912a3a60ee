import { startTestPlatform } from './platform/start-platform.ts';
import { readFileSync, writeFileSync } from 'node:fs';
const p = await startTestPlatform({ seededUrl: readFileSync('/tmp/rest-run/seed.url','utf8') }, 'in-process');
writeFileSync('/tmp/rest-run/url', p.url);
const stop = () => { console.log(p.output()); void p.stop().then(() => process.exit(0)); };
process.on('SIGTERM', stop);
setInterval(() => {}, 1e6);
