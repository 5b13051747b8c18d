import { useTranslation } from './use-translation.ts';
import { Problem } from './problem.ts';

/** What went wrong and what to do, with the request's number for whoever is asked for help. */
export function Fault({
  error,
  onRetry,
}: {
  readonly error: unknown;
  readonly onRetry?: () => void;
}) {
  const { t } = useTranslation();
  const problem = error instanceof Problem ? error : null;
  const away = problem?.code === 'unreachable';
  const detail = away ? t('kit.unreachable') : (problem?.message ?? String(error));
  const fix = away ? t('kit.unreachable_fix') : problem?.fix;
  return (
    <div className="fault" role="alert">
      <p className="fault-detail">{detail}</p>
      {problem?.fields.map(({ pointer, detail: each }) => (
        <p key={`${pointer}${each}`}>
          {pointer} {each}
        </p>
      ))}
      {fix ? <p>{fix}</p> : null}
      {problem?.requestId ? (
        <p>
          {t('kit.request')} {problem.requestId}
        </p>
      ) : null}
      {onRetry ? (
        <button type="button" className="button" onClick={onRetry}>
          {t('kit.retry')}
        </button>
      ) : null}
    </div>
  );
}
