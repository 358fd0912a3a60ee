import { serveTasks } from '../thread-task.ts';

export type OddTask = { readonly double: number } | 'loop' | 'grow' | 'refuse' | 'break' | 'leave';

let answered = 0;

// Does what tasks must not do, so that a test can see what becomes of the others.
serveTasks<OddTask, { readonly value: number; readonly answered: number }>({
  compute: (task) => {
    answered += 1;
    if (task === 'loop') for (;;);
    if (task === 'grow') for (const list: number[][] = []; ; list.push(new Array(100_000).fill(1.5)));
    if (task === 'leave') process.exit(3);
    if (task === 'refuse' || task === 'break') throw new Error(task);
    return { value: task.double * 2, answered };
  },
  breaks: (error) => error instanceof Error && error.message === 'break',
});
