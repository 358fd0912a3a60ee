import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Show the output as it comes; otherwise it is kept and only shown when the command fails. */
  readonly isLoud?: boolean;
  /** Takes the whole output at the end, whether the command failed or not. */
  readonly keep?: (output: string) => void;
}

/** Runs a program to its end; a non-zero exit is an error that carries what the program said. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: options.isLoud === true ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', reject);
    child.on('exit', (code) => {
      options.keep?.(output.trim());
      if (code === 0) return resolve();
      const said = options.keep === undefined ? `\n${output.trim()}` : '';
      reject(new Error(`${command} ${args.join(' ')} ended with ${code}${said}`));
    });
  });
}

/** Runs one of our TypeScript files with this same Node.js. */
export function runNode(file: string, args: readonly string[] = [], options: RunOptions = {}): Promise<void> {
  return run(process.execPath, [file, ...args], options);
}
