import type { Refusal, Text } from '#kernel/refusal';

export const MONTHS_MAX = 24;
/** Simulations of an org that wait or run. */
export const WAITING_MAX = 20;

function refusal(code: string, status: number, detail: Text, fix: Text): Refusal {
  return { code, status, detail, fix };
}

export const simulationUnknown = (id: string): Refusal =>
  refusal(
    'simulation_unknown',
    404,
    { zh: `没有模拟 ${id}。`, en: `There is no simulation ${id}.` },
    { zh: '请从 GET /v1/simulations 选择。', en: 'Choose one of GET /v1/simulations.' },
  );

export const simulationPeriodWrong = (): Refusal =>
  refusal(
    'simulation_period_wrong',
    422,
    {
      zh: `模拟期间须为 1 至 ${MONTHS_MAX} 个月，且首日不晚于末日。`,
      en: `A simulation covers 1 to ${MONTHS_MAX} months, and its first day is not after its last.`,
    },
    {
      zh: '请更正 from 与 to，或只填 months。',
      en: 'Correct from and to, or give months alone.',
    },
  );

export const simulationNamesNothing = (): Refusal =>
  refusal(
    'simulation_names_nothing',
    422,
    {
      zh: '没有指明要模拟的方案：offer_id 与 definition 均未填，或该方案没有这样的版本。',
      en: 'It is not said what to simulate: neither offer_id nor definition is given, or the offer has no such version.',
    },
    {
      zh: '请填 offer_id（可加 version），或填完整的 definition。',
      en: 'Give an offer_id, if need be with a version, or a whole definition.',
    },
  );

export const simulationsWaiting = (): Refusal =>
  refusal(
    'simulations_waiting',
    409,
    {
      zh: `本机构已有 ${WAITING_MAX} 个模拟在排队或进行中。`,
      en: `${WAITING_MAX} simulations of this org wait or run already.`,
    },
    {
      zh: '请待其完成，或取消不再需要的模拟。',
      en: 'Wait until they are done, or cancel those that are not needed.',
    },
  );

export const simulationOver = (): Refusal =>
  refusal(
    'simulation_over',
    409,
    { zh: '该模拟已结束，不能取消。', en: 'The simulation has ended and cannot be cancelled.' },
    { zh: '无需操作。', en: 'There is nothing to do.' },
  );

/** Another process of the same org is at it. */
export const simulationRunning = (): Refusal =>
  refusal(
    'simulation_running',
    409,
    {
      zh: '本机构正在进行另一个模拟，同一时间只进行一个。',
      en: 'Another simulation of this org is running; one runs at a time.',
    },
    { zh: '请稍后再试。', en: 'Try again when it has ended.' },
  );

export const forecastMissing = (): Refusal =>
  refusal(
    'forecast_missing',
    404,
    {
      zh: '该方案发布时没有可用的模拟结果。',
      en: 'The offer was published without a simulation of exactly this version.',
    },
    {
      zh: '请先模拟草稿，完成后再发布。',
      en: 'Simulate the draft, and publish it when that is done.',
    },
  );

export const simulateRefusals: readonly Refusal[] = [
  simulationUnknown('0198c0de-0000-7000-8000-000000000001'),
  simulationPeriodWrong(),
  simulationNamesNothing(),
  simulationsWaiting(),
  simulationOver(),
  simulationRunning(),
  forecastMissing(),
];
