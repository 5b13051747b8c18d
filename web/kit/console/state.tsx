import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Fault } from '#kit/base';

interface Props<T> {
  readonly query: {
    readonly data: T | undefined;
    readonly error: unknown;
    readonly refetch: () => unknown;
  };
  readonly children: (data: T) => ReactNode;
}

/** What was answered; before that its outline, and what went wrong with a way to try again. */
export function Answer<T>({ query, children }: Props<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <Fault error={query.error} onRetry={() => void query.refetch()} />;
  return <Skeleton active paragraph={{ rows: 4 }} title={false} />;
}
