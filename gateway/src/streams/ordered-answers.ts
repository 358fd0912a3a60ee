/** Work on events as they come, several at a time, with the results handed out in the order of the events. */
export interface OrderedAnswers<Event> {
  /** False when too many wait: the event was not taken. */
  add(event: Event): boolean;
  /** Nothing that is under way is handed out any more. */
  stop(): void;
  /** Calls back once everything that was added before has been handed out. */
  afterAll(callback: () => void): void;
}

export interface OrderedAnswersOptions<Event, Answer> {
  readonly answer: (event: Event) => Promise<Answer>;
  readonly emit: (answer: Answer, event: Event) => void;
  /** Events answered at the same time. */
  readonly maxAtOnce: number;
  /** Events that may wait, those under way included. */
  readonly maxWaiting: number;
}

interface Slot<Event, Answer> {
  readonly event: Event;
  answered: { readonly answer: Answer } | null;
}

export function createOrderedAnswers<Event, Answer>(
  options: OrderedAnswersOptions<Event, Answer>,
): OrderedAnswers<Event> {
  const { answer, emit, maxAtOnce, maxWaiting } = options;
  const slots: (Slot<Event, Answer> | (() => void))[] = [];
  const unstarted: Slot<Event, Answer>[] = [];
  let running = 0;
  let isStopped = false;

  const flush = () => {
    for (let first = slots[0]; first !== undefined; first = slots[0]) {
      if (typeof first === 'function') {
        slots.shift();
        first();
      } else if (first.answered === null) return;
      else {
        slots.shift();
        emit(first.answered.answer, first.event);
      }
    }
  };
  const startNext = () => {
    while (running < maxAtOnce) {
      const slot = unstarted.shift();
      if (slot === undefined) return;
      running += 1;
      void answer(slot.event).then((value) => {
        running -= 1;
        if (isStopped) return;
        slot.answered = { answer: value };
        flush();
        startNext();
      });
    }
  };
  return {
    add(event) {
      if (slots.length >= maxWaiting) return false;
      const slot: Slot<Event, Answer> = { event, answered: null };
      slots.push(slot);
      unstarted.push(slot);
      startNext();
      return true;
    },
    stop() {
      isStopped = true;
      slots.length = 0;
      unstarted.length = 0;
    },
    afterAll(callback) {
      slots.push(callback);
      flush();
    },
  };
}
