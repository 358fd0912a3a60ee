import { startFirebird } from './firebird-server.ts';
import { microsipScript, smallMicrosip } from './microsip-database.ts';

/**
 * A company's Microsip in a process of its own, for who meets Cauce through its doors only: prints where it is as one line
 * of JSON and stays until its input ends. It has views of the company's own, and stock of an article that is not there.
 */
const firebird = await startFirebird();
const path = firebird.create('empresa', 'WIN1252', microsipScript(smallMicrosip, 'LINES'));
firebird.run(path, 'INSERT INTO SALDOS_IN VALUES (8888, 19, 2026, 2, 1, 0);\nCOMMIT;\n');
const { port, user, password } = firebird;
console.log(JSON.stringify({ host: '127.0.0.1', port, database: path, user, password }));
process.stdin.resume();
process.stdin.once('end', () => void firebird.stop().then(() => process.exit(0)));
