import { isUuid } from '@cauce/shared/db/uuid';
import type { FinanceRefs } from '../refs.ts';
import type { FinanceBuilder } from '../services.ts';
import type { Headcount, Workforce } from './workforce.ts';

/** Adds `workforce`. */
export function addWorkforce(builder: FinanceBuilder, { site, company }: FinanceRefs): void {
  const group = builder.objectRef<Headcount>('WorkforceGroup').implement({
    description: 'People of one department at one site.',
    fields: (t) => ({
      department: t.exposeString('department', {
        nullable: true,
        description: 'Department in the words of the source.',
      }),
      headcount: t.exposeInt('headcount', { description: 'People employed on the day.' }),
      site: t.field({
        type: site,
        nullable: true,
        description: 'Where they work; null for the company as a whole.',
        resolve: ({ siteId }) => (siteId === null ? null : { id: siteId }),
      }),
    }),
  });
  const workforce = builder.objectRef<Workforce>('Workforce').implement({
    description: 'Staff of a company on one day, within reach: numbers, never names.',
    fields: (t) => ({
      date: t.expose('date', { type: 'Date', description: 'The day.' }),
      headcount: t.exposeInt('headcount', { description: 'People employed on the day.' }),
      hired: t.exposeInt('hired', { description: 'Hired in the 30 days up to it.' }),
      left: t.exposeInt('left', { description: 'Left in the 30 days up to it.' }),
      groups: t.field({
        type: [group],
        description: 'By site and department, largest first.',
        resolve: ({ groups }) => [...groups],
      }),
      company: t.field({ type: company, description: 'The company.', resolve: ({ companyId }) => ({ id: companyId }) }),
    }),
  });
  builder.queryField('workforce', (t) =>
    t.field({
      // Adds up whole tables of the viewer's reach.
      cost: 50,
      type: workforce,
      nullable: true,
      description: 'Staff of a company on a day, today when none is given; zeros for what is not within reach.',
      authScopes: { permission: 'finance:read' },
      args: { companyId: t.arg.id(), date: t.arg({ type: 'Date', required: false }) },
      resolve: (_root, { companyId, date }, { services }) =>
        isUuid(companyId) ? services.workforce.on(companyId, date ?? services.today()) : null,
    }),
  );
}
