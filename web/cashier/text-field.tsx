import { useEffect, useRef } from 'react';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly numeric?: boolean;
  /** Takes the focus when it appears. */
  readonly focus?: boolean;
  readonly hint?: string;
}

export function TextField({ label, value, onChange, numeric = false, focus = false, hint }: Props) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focus) field.current?.focus();
  }, [focus]);
  return (
    <label className="field">
      {label}
      <input
        ref={field}
        value={value}
        inputMode={numeric ? 'decimal' : 'text'}
        autoComplete="off"
        placeholder={hint}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
