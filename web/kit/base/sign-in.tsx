import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from './use-translation.ts';
import type { Client } from './client.ts';
import { Fault } from './fault.tsx';
import { setSession } from './session.ts';
import { Switches } from './switches.tsx';

const FIELDS = ['org', 'login', 'password'] as const;
type Field = (typeof FIELDS)[number];

/** The way in, made by hand so that it weighs nothing. */
export function SignIn({ client, title }: { readonly client: Client; readonly title: string }) {
  const { t } = useTranslation();
  const [values, setValues] = useState<Record<Field, string>>({
    org: localStorage.getItem('tillback.org') ?? '',
    login: '',
    password: '',
  });
  const [missing, setMissing] = useState<Field | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const empty = FIELDS.find((field) => values[field].trim() === '') ?? null;
    setMissing(empty);
    if (empty !== null || busy) return;
    setBusy(true);
    setError(null);
    try {
      const opened = await client.call('signIn', { body: values });
      localStorage.setItem('tillback.org', values.org);
      setSession({ token: opened.token, org: values.org });
    } catch (cause) {
      setError(cause);
      setBusy(false);
    }
  }

  return (
    <main className="sign-in">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <header>
          <span className="seal" aria-hidden="true">
            返
          </span>
          <h1>{title}</h1>
        </header>
        {FIELDS.map((field) => (
          <Entry
            key={field}
            field={field}
            value={values[field]}
            missing={missing === field}
            onChange={(value) => setValues((before) => ({ ...before, [field]: value }))}
          />
        ))}
        {error === null ? null : <Fault error={error} />}
        <button type="submit" className="button primary large" disabled={busy}>
          {busy ? t('kit.signing_in') : t('kit.sign_in')}
        </button>
        <Switches />
      </form>
    </main>
  );
}

interface EntryProps {
  readonly field: Field;
  readonly value: string;
  readonly missing: boolean;
  readonly onChange: (value: string) => void;
}

function Entry({ field, value, missing, onChange }: EntryProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <p className="field">
      <label htmlFor={id}>{t(`kit.${field}`)}</label>
      <input
        id={id}
        type={field === 'password' ? 'password' : 'text'}
        autoComplete={
          { org: 'organization', login: 'username', password: 'current-password' }[field]
        }
        autoCapitalize="none"
        spellCheck={false}
        value={value}
        aria-invalid={missing}
        aria-describedby={missing ? `${id}-fault` : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {missing ? (
        <span id={`${id}-fault`} className="field-fault" role="alert">
          {t(`kit.${field}_missing`)}
        </span>
      ) : null}
    </p>
  );
}
