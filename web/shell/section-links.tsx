'use client';
import { Link, usePathname } from '../i18n/navigation.ts';
import classes from '../ui/views.module.css';
import { useScopeQuery } from './use-scope-query.ts';

/** The pages of one domain, side by side above what they show; each keeps the company, the site and the period. */
export function SectionLinks({
  name,
  sections,
}: {
  readonly name: string;
  /** The first is the domain's own page. */
  readonly sections: readonly { readonly href: string; readonly label: string }[];
}) {
  const path = usePathname();
  const query = useScopeQuery();
  // The longest that the address begins with: a product's page belongs to the products.
  const current = sections
    .filter(({ href }) => path === href || path.startsWith(`${href}/`))
    .toSorted((one, other) => other.href.length - one.href.length)[0];
  return (
    <nav className={classes.views} aria-label={name}>
      {sections.map((section) => (
        <Link
          key={section.href}
          ref={section === current ? seeWhole : null}
          href={{ pathname: section.href, query }}
          aria-current={section === current ? 'page' : undefined}
        >
          {section.label}
        </Link>
      ))}
    </nav>
  );
}

/** On a phone not all sections fit beside each other: the one that is open has to be seen. */
function seeWhole(link: HTMLAnchorElement | null): void {
  link?.scrollIntoView({ block: 'nearest', inline: 'center' });
}
