import { notFound } from 'next/navigation';

/** An address nobody knows gets the page that says so, in the reader's language. */
export default function Unknown() {
  notFound();
}
