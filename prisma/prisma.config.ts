import { defineConfig } from 'prisma/config';

/** For the stock CLI (`prisma format`, `prisma migrate deploy`); our own tool is `migrate.ts`. */
export default defineConfig({
  schema: 'schema',
  migrations: { path: 'migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
});
