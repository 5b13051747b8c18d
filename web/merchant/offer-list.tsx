import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Table } from 'antd';
import { Fault, language, useTranslation } from '#kit/base';
import { Answer, useAnswer } from '#kit/console';
import { client } from './client.ts';

/** The offers with what they are now; a pause counts from the next sale on. */
export function OfferList() {
  const { t } = useTranslation();
  const tongue = language() === 'en' ? 'en' : 'zh';
  const queries = useQueryClient();
  const { message } = App.useApp();
  const query = useAnswer(client, 'listOffers', { query: { limit: '200' } });
  const turn = useMutation({
    mutationFn: ({ id, to }: { id: string; to: 'pauseOffer' | 'resumeOffer' }) =>
      client.call(to, { params: { offer_id: id } }),
    onSuccess(_, { to }) {
      void message.success(t(to === 'pauseOffer' ? 'm.paused' : 'm.resumed'));
      return queries.invalidateQueries({ queryKey: ['listOffers'] });
    },
  });
  return (
    <section className="card">
      <h1>{t('m.offers')}</h1>
      {turn.error ? <Fault error={turn.error} /> : null}
      <Answer query={query}>
        {({ items }) => (
          <Table
            rowKey="offer_id"
            dataSource={items}
            pagination={false}
            size="middle"
            scroll={{ x: 640 }}
            locale={{ emptyText: t('m.none') }}
            columns={[
              { title: t('m.name'), render: (_, row) => row.name[tongue] },
              {
                title: t('m.code'),
                render: (_, row) => <span className="number">{row.code}</span>,
              },
              {
                title: t('m.status'),
                render: (_, row) => (
                  <span className={`pill ${row.status}`}>{t(`m.status_${row.status}`)}</span>
                ),
              },
              {
                title: t('m.version'),
                align: 'right',
                render: (_, row) => <span className="number">{row.live_version ?? '–'}</span>,
              },
              {
                title: <span className="visually-hidden">{t('m.pause')}</span>,
                render: (_, { offer_id: id, status }) =>
                  status === 'live' || status === 'paused' ? (
                    <button
                      type="button"
                      className="button"
                      disabled={turn.isPending}
                      onClick={() =>
                        turn.mutate({ id, to: status === 'live' ? 'pauseOffer' : 'resumeOffer' })
                      }
                    >
                      {t(status === 'live' ? 'm.pause' : 'm.resume')}
                    </button>
                  ) : null,
              },
            ]}
          />
        )}
      </Answer>
    </section>
  );
}
