import { isUuid } from '@cauce/shared/db/uuid';
import { excerpt, parseReadingMessage } from '../reading-message.ts';
import { isPlainId, type MessageFormat, refuseMessage } from './message-format.ts';

/**
 * Our own devices: `<root>/<point>/up`, or `<root>/<company>/<point>/up` where the broker's access list lets a user
 * write below its company's level only. The body is that of `parseReadingMessage`.
 */
export function createCauceFormat(root: string): MessageFormat {
  return {
    filters: [`${root}/+/up`, `${root}/+/+/up`],
    read: ({ topic, payload }) => {
      const [first, ...levels] = topic.split('/');
      if (first !== root) return null;
      const ending = levels.pop();
      const code = levels.pop();
      const companyId = levels.pop() ?? null;
      const isOurs = ending === 'up' && isPlainId(code) && levels.length === 0;
      if (!isOurs || (companyId !== null && !isUuid(companyId)))
        return refuseMessage('INVALID_TOPIC', excerpt(payload));
      return { address: { kind: 'POINT', code, companyId }, ...parseReadingMessage(payload) };
    },
  };
}
