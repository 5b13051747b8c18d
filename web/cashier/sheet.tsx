import { useTranslation } from '#kit/base';
import { type ReactNode, useEffect, useRef } from 'react';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A side sheet; it keeps the focus and gives it back. */
export function Sheet({ title, onClose, children }: Props) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // The dialog would begin at its way out; it begins where something is entered.
    shown?.querySelector<HTMLElement>('input:not([type=radio]), .choices button')?.focus();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="sheet"
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header>
        <h2>{title}</h2>
        <button type="button" className="button quiet" onClick={onClose}>
          {t('till.close')} <kbd>Esc</kbd>
        </button>
      </header>
      {children}
    </dialog>
  );
}
