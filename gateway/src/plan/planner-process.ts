import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** What the process is asked; see `native-planner.ts`. */
export type PlannerQuestion =
  | { readonly kind: 'load'; readonly graph: string; readonly sdl: string }
  | {
      readonly kind: 'plan';
      readonly graph: string;
      readonly operation: string;
      readonly labels: readonly string[];
      readonly percentage: number;
    };

export type PlannerAnswer = z.infer<typeof answer>;

/** How a process ended, and the last of what it said about it. */
export interface PlannerEnd {
  readonly how: string;
  readonly said: string;
}

/** A process with the native planner in it. */
export interface PlannerProcess {
  readonly pid: number | undefined;
  /** Whether the planner could be loaded: the message that says why not, or null. Never resolves when it ends before. */
  readonly problem: Promise<string | null>;
  /** Resolves once the process is gone, however that came. */
  readonly ended: Promise<PlannerEnd>;
  /** Never resolves when the process ends before it answers. */
  ask(question: PlannerQuestion): Promise<PlannerAnswer>;
  kill(): void;
}

const answer = z.object({
  id: z.number(),
  kind: z.enum(['ready', 'missing', 'loaded', 'planned', 'refused', 'unknown']),
  message: z.string().optional(),
  plan: z.unknown().optional(),
});

const program = fileURLToPath(new URL('native-planner.ts', import.meta.url));
/** Of what a dying process says; its operations' texts are nothing for the log. */
const maxSaid = 500;

/** Starts the process. It is given nothing of our environment but this, and ends when we do. */
export function startPlannerProcess(env: Readonly<Record<string, string>>): PlannerProcess {
  const child = fork(program, [], { env, execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const asked = new Map<number, (answer: PlannerAnswer) => void>();
  let questions = 0;
  const answerTo = (id: number) => new Promise<PlannerAnswer>((resolve) => asked.set(id, resolve));
  child.on('message', (message) => {
    const parsed = answer.safeParse(message);
    if (!parsed.success) return;
    asked.get(parsed.data.id)?.(parsed.data);
    asked.delete(parsed.data.id);
  });
  return {
    pid: child.pid,
    problem: answerTo(0).then(({ kind, message }) => (kind === 'ready' ? null : (message ?? kind))),
    ended: endOf(child),
    ask(question) {
      questions += 1;
      const id = questions;
      // One that is going takes no more; its end is what the asker hears of.
      if (child.connected) child.send({ ...question, id }, () => undefined);
      return answerTo(id);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

function endOf(child: ChildProcess): Promise<PlannerEnd> {
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    said = (said + chunk).slice(-maxSaid);
  });
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ how: error.message, said }));
    child.on('exit', (code, signal) => resolve({ how: signal ?? `code ${code}`, said }));
  });
}
