import { Table } from 'antd';
import { lazy, Suspense, useMemo } from 'react';
import {
  type Answered,
  countText,
  language,
  moneyText,
  type Operations,
  useTranslation,
} from '#kit/base';
import { Answer, useAnswer } from '#kit/console';
import { client } from './client.ts';
import { daysBack } from './days.ts';

const LineChart = lazy(() => import('../kit/console/line-chart.tsx'));

type Sales = Answered<Operations['reportSales']>;
type Offers = Answered<Operations['reportOffers']>;

/** What came in today, how the week goes, what was given away and who pays for it. */
export function Home() {
  const { t } = useTranslation();
  const days = useMemo(() => daysBack(14), []);
  const [from = '', to = ''] = [days[0], days.at(-1)];
  const sales = useAnswer(client, 'reportSales', { query: { from, to } });
  const week = { from: days[7] ?? '', to };
  const offers = useAnswer(client, 'reportOffers', { query: week });
  return (
    <>
      <h1 className="visually-hidden">{t('m.home')}</h1>
      <section className="card hero" aria-label={t('m.today')}>
        <Answer query={sales}>{(report) => <Today report={report} day={to} />}</Answer>
      </section>
      <section className="card" aria-label={t('m.week')}>
        <h2>{t('m.week')}</h2>
        <Answer query={sales}>{(report) => <Week report={report} days={days} />}</Answer>
      </section>
      <section className="card" aria-label={t('m.rewards')}>
        <h2>{t('m.rewards')}</h2>
        <div className="wide" role="group" aria-label={t('m.who_paid')} tabIndex={0}>
          <Answer query={offers}>{(report) => <Given report={report} />}</Answer>
        </div>
      </section>
    </>
  );
}

function Today({ report, day }: { readonly report: Sales; readonly day: string }) {
  const { t } = useTranslation();
  const row = report.rows.find((each) => each.day === day);
  const paid = moneyText(row?.paid ?? 0);
  return (
    <>
      <p className="hero-label">{t('m.today')}</p>
      <p className="hero-number number">{moneyText(row?.net_paid ?? 0)}</p>
      <p className="faint">
        {row ? t('m.waterfall', { paid, refunded: moneyText(row.refunded) }) : t('m.today_none')}
      </p>
      <dl className="figures">
        <div>
          <dt>{t('m.tickets')}</dt>
          <dd className="number">{countText(row?.tickets ?? 0)}</dd>
        </div>
        <div>
          <dt>{t('m.average')}</dt>
          <dd className="number">{moneyText(row?.average_order ?? 0)}</dd>
        </div>
        <div>
          <dt>{t('m.members_share')}</dt>
          <dd className="number">{Math.round((row?.members_share_ppm ?? 0) / 10_000)} %</dd>
        </div>
      </dl>
    </>
  );
}

function Week({ report, days }: { readonly report: Sales; readonly days: readonly string[] }) {
  const { t } = useTranslation();
  const { series, shown } = useMemo(() => {
    const by = new Map(report.rows.map((row) => [row.day, row.net_paid]));
    const values = (some: readonly string[]) => some.map((day) => by.get(day) ?? 0);
    return {
      shown: days.slice(7),
      series: [
        { name: t('m.week'), values: values(days.slice(7)) },
        { name: t('m.week_before'), values: values(days.slice(0, 7)) },
      ],
    };
  }, [report, days, t]);
  return (
    <Suspense fallback={<div className="chart" />}>
      <LineChart label={t('m.week')} days={shown} series={series} text={moneyText} />
    </Suspense>
  );
}

function Given({ report }: { readonly report: Offers }) {
  const { t } = useTranslation();
  const tongue = language() === 'en' ? 'en' : 'zh';
  const text = (kind: string, amount: number) =>
    kind === 'discount' || kind === 'cashback' ? moneyText(amount) : countText(amount);
  return (
    <Table
      rowKey={({ offer_id: id, kind }) => `${id}${kind}`}
      dataSource={report.rows}
      pagination={false}
      size="middle"
      locale={{ emptyText: t('m.rewards_none') }}
      columns={[
        { title: t('m.offer'), render: (_, row) => row.name[tongue] },
        { title: t('m.kind'), render: (_, row) => t(`m.kind_${row.kind}`) },
        {
          title: t('m.grants'),
          align: 'right',
          render: (_, row) => <span className="number">{countText(row.grants)}</span>,
        },
        {
          title: t('m.amount'),
          align: 'right',
          render: (_, row) => <span className="number">{text(row.kind, row.amount)}</span>,
        },
        {
          title: t('m.taken_back'),
          align: 'right',
          render: (_, row) => <span className="number">{text(row.kind, row.reversed)}</span>,
        },
        {
          title: t('m.who_paid'),
          render: (_, row) => (
            <ul className="payers">
              {row.funders.map((each) => (
                <li key={`${each.party}${each.funder_org}${each.budget}`}>
                  {each.party === 'funder'
                    ? t('m.funder', { org: each.funder_org })
                    : t(`m.${each.party}`)}{' '}
                  <span className="number">{text(row.kind, each.amount)}</span>
                </li>
              ))}
            </ul>
          ),
        },
      ]}
    />
  );
}
