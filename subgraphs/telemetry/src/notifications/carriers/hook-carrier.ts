import type { HttpClient } from '@cauce/shared/http/http-client';
import type { Carrier } from './carrier.ts';
import { outcomeOf, unanswered } from './sms-carrier.ts';

/**
 * Posts to an incoming hook as team chats have them: `text` is what Slack, Mattermost and Teams show; the rest is for
 * programs. Never to an address inside our network.
 */
export function createHookCarrier(http: HttpClient): Carrier {
  return {
    async send({ id, to, subject, body, event }) {
      try {
        const { status } = await http.request({
          // One breaker for each hook: one that is gone is not the others' fault.
          ...{ system: `hook:${new URL(to).host}`, method: 'POST', url: to, timeoutMs: 10_000, isPublicOnly: true },
          headers: { 'content-type': 'application/json', 'idempotency-key': id },
          body: JSON.stringify({ text: `${subject}\n${body}`, id, event, subject, body }),
        });
        return outcomeOf(status);
      } catch (error) {
        return unanswered(error);
      }
    },
    close: () => {},
  };
}
