import { useInfiniteQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import { Link } from 'react-router';
import { moneyText, useTranslation } from '#kit/base';
import { timeText } from '#kit/time';
import { Answer } from '#kit/console';
import { client } from './client.ts';

const PAGE = '50';

/** The newest first; each opens into its offers, its refunds and its journal. */
export function PaymentList() {
  const { t } = useTranslation();
  const query = useInfiniteQuery({
    queryKey: ['listPayments'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      client.call(
        'listPayments',
        { query: { limit: PAGE, ...(cursor && { cursor }) } },
        { signal },
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    retry: false,
  });
  return (
    <section className="card">
      <h1>{t('m.payments')}</h1>
      <Answer query={query}>
        {({ pages }) => (
          <Table
            rowKey="payment_id"
            dataSource={pages.flatMap(({ items }) => items)}
            pagination={false}
            size="middle"
            scroll={{ x: 720 }}
            locale={{ emptyText: t('m.none') }}
            columns={[
              {
                title: t('m.receipt_no'),
                render: (_, row) => (
                  <Link className="number" to={`/payments/${row.receipt_no}`}>
                    {row.receipt_no}
                  </Link>
                ),
              },
              {
                title: t('m.time'),
                render: (_, row) =>
                  timeText(row.occurred_at, { dateStyle: 'short', timeStyle: 'medium' }),
              },
              { title: t('m.gross'), align: 'right', render: (_, row) => money(row.gross) },
              { title: t('m.discount'), align: 'right', render: (_, row) => money(row.discount) },
              { title: t('m.due'), align: 'right', render: (_, row) => money(row.due) },
              { title: t('m.refunded'), align: 'right', render: (_, row) => money(row.refunded) },
              {
                title: t('m.state'),
                render: (_, row) => <span className="pill">{t(`m.state_${row.state}`)}</span>,
              },
            ]}
          />
        )}
      </Answer>
      {query.hasNextPage ? (
        <button
          type="button"
          className="button"
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('m.more')}
        </button>
      ) : null}
    </section>
  );
}

function money(fen: number) {
  return <span className="number">{moneyText(fen)}</span>;
}
