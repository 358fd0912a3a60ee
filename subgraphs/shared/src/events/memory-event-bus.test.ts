import { eventBusContract } from './event-bus.contract.ts';
import { createMemoryEventBus } from './memory-event-bus.ts';

eventBusContract('memory', async () => createMemoryEventBus());
