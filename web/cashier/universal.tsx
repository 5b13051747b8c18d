import { type RefObject, useEffect } from 'react';
import { Fault, language, useTranslation } from '#kit/base';
import type { Catalogue } from './use-catalogue.ts';
import type { Till } from './use-till.ts';

interface Props {
  readonly till: Till;
  readonly catalogue: Catalogue;
  readonly input: RefObject<HTMLInputElement | null>;
}

/** The one field that takes every scan and everything typed. */
export function Universal({ till, catalogue, input }: Props) {
  const { t } = useTranslation();
  const tongue = language() === 'en' ? 'en' : 'zh';
  const { sheet, sale, found, told, take, choose } = till;
  useEffect(() => {
    if (sheet === 'none') input.current?.focus();
  }, [sheet, sale, found, catalogue.ready, input]);
  return (
    <>
      <form
        className="universal"
        onSubmit={(event) => {
          event.preventDefault();
          const field = input.current;
          if (!field) return;
          take(field.value);
          field.value = '';
        }}
      >
        <label htmlFor="universal" className="visually-hidden">
          {t('till.scan')}
        </label>
        <input
          id="universal"
          ref={input}
          className="input"
          placeholder={t('till.scan')}
          autoComplete="off"
          spellCheck={false}
          disabled={!catalogue.ready}
        />
        <p className="told" role="status">
          {catalogue.ready ? (told ?? t('till.scan_hint')) : t('till.loading')}
        </p>
      </form>
      {catalogue.error ? <Fault error={catalogue.error} onRetry={catalogue.retry} /> : null}
      {found.length > 0 ? (
        <ul className="choices">
          {found.map((product) => (
            <li key={product.sku}>
              <button type="button" className="button" onClick={() => choose(product)}>
                {product.name[tongue]}
                <span className="faint">{product.sku}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
