import { useTranslation } from '#kit/base';
import { Sheet } from './sheet.tsx';

const KEYS = [
  ['Enter', 'settle'],
  ['Space', 'exact'],
  ['Esc', 'back'],
  ['*n', 'quantity'],
  ['F1', 'help'],
  ['F2', 'member'],
  ['F6', 'hold'],
  ['⇧F6', 'recall'],
  ['F7', 'return'],
  ['F9', 'settle'],
  ['F11', 'reprint'],
] as const;

export function Help({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Sheet title={t('till.help')} onClose={onClose}>
      <dl className="keys">
        {KEYS.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`till.key_${meaning}`)}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}
