import { demoPassword, demoPeople } from '@cauce/prisma/seed/demo-people';
import type { PlatformEnv } from '@cauce/shared/env/platform-env';
import type { DemoSignIn } from './web.ts';

export interface BannerFacts {
  readonly env: PlatformEnv;
  readonly webUrl: string;
  readonly gatewayUrl: string;
  readonly mqttUrl: string;
  readonly seconds: number;
}

/** The first people of the demo are the ones worth signing in as; the others make its lists believable. */
const shownPeople = 8;

/** Where to go, and in demo mode whom to sign in as. */
export function createBanner({ env, webUrl, gatewayUrl, mqttUrl, seconds }: BannerFacts): readonly string[] {
  const places = [
    '',
    `  Ready in ${seconds.toFixed(1)} s`,
    '',
    `  Web      ${webUrl}`,
    `  Graph    ${gatewayUrl}/graphql`,
    `  MQTT     ${mqttUrl}   topic cauce/{pointCode}/up`,
  ];
  if (env.mode !== 'demo') return [...places, ''];
  const shown = demoPeople.slice(0, shownPeople);
  const widest = Math.max(...shown.map(({ email }) => email.length));
  return [
    ...places,
    '',
    `  Sign in with any of these and the password ${demoPassword}`,
    ...shown.map(({ email, name, role }) => `    ${email.padEnd(widest)}   ${role.padEnd(7)}   ${name}`),
    '',
    '  Ctrl-C stops everything',
  ];
}

/** The same people for the sign-in page. */
export function demoSignIns(): readonly DemoSignIn[] {
  return demoPeople
    .slice(0, shownPeople)
    .map(({ email, name, role }) => ({ email, name, role, password: demoPassword }));
}
