'use client';
import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { CodeBlock } from './code-block.tsx';
import classes from './developers.module.css';

/** A secret, the only time that it can be read. */
export function SecretOnce({
  kind,
  secret,
  onClose,
}: {
  readonly kind: 'key' | 'webhook';
  readonly secret: string;
  readonly onClose: () => void;
}) {
  const t = useTranslations('developers.secret');
  return (
    <Sheet name={t(`${kind}.title`)} side="middle" onClose={onClose} hasTitle>
      <div className={classes.stack}>
        <p className={classes.prose}>{t(`${kind}.hint`)}</p>
        <CodeBlock title={t(`${kind}.label`)} text={secret} testId="secret" />
        <div className={classes.formEnd}>
          <Button look="primary" onClick={onClose}>
            {t(`${kind}.done`)}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
