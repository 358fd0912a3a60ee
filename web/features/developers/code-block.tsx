'use client';
import { CopyButton } from '../../ui/copy-button.tsx';
import classes from './developers.module.css';

/** Text to be run or read as it stands, and copied whole. */
export function CodeBlock({
  title,
  text,
  testId,
}: {
  readonly title: string;
  readonly text: string;
  readonly testId?: string;
}) {
  return (
    <figure className={classes.code}>
      <figcaption>
        <span>{title}</span>
        <CopyButton text={text} what={title} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <pre tabIndex={0} data-testid={testId}>
        <code>{text}</code>
      </pre>
    </figure>
  );
}
