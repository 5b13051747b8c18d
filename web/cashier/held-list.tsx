import { moneyText, useTranslation } from '#kit/base';
import { timeText } from '#kit/time';
import { Sheet } from './sheet.tsx';
import { grossOf, type Held } from './till.ts';

interface Props {
  readonly held: readonly Held[];
  readonly onRecall: (held: Held) => void;
  readonly onClose: () => void;
}

export function HeldList({ held, onRecall, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Sheet title={t('till.recall')} onClose={onClose}>
      {held.length === 0 ? <p className="faint">{t('till.held_none')}</p> : null}
      <ul className="choices">
        {held.map((one) => (
          <li key={one.key}>
            <button type="button" className="button large" onClick={() => onRecall(one)}>
              {t('till.held_at', {
                time: timeText(one.at, { timeStyle: 'short' }),
                count: one.lines.reduce((sum, { quantity }) => sum + quantity, 0),
              })}
              <span className="number">{moneyText(grossOf(one.lines))}</span>
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
