import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { LazySignedIn } from '../../../shell/lazy-signed-in.tsx';

/** Everything behind the sign-in. The gateway's address is read from the request, never baked into the build. */
export default async function AppLayout({ children }: { readonly children: ReactNode }) {
  const gatewayUrl = (await headers()).get('x-gateway-url') ?? '';
  return <LazySignedIn gatewayUrl={gatewayUrl}>{children}</LazySignedIn>;
}
