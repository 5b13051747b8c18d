/** One measured figure; `reference` names what it was compared with in the same run. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly reference: string | null;
  readonly ratio: number | null;
}

/** A benchmark: measures and hands each figure over as soon as it is known. */
export type Bench = (tell: (figure: Figure) => void) => Promise<void>;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The value below which `share` of the sorted values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function rounded(value: number, digits = 3): number {
  return Number(value.toFixed(digits));
}

export interface Paired {
  /** Median over the runs of ours. */
  readonly ours: number;
  /** Median over the runs of the reference. */
  readonly reference: number;
  /** Median of ours over the mean of the references before and after it. */
  readonly ratio: number;
}

/** Runs reference, ours, reference, ours .. reference, so that a noisy moment meets both. */
export async function interleaved(
  rounds: number,
  reference: () => Promise<number>,
  ours: () => Promise<number>,
): Promise<Paired> {
  const references = [await reference()];
  const values: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const value = await ours();
    const after = await reference();
    const before = references.at(-1) ?? after;
    values.push(value);
    references.push(after);
    ratios.push(value / ((before + after) / 2));
  }
  return { ours: median(values), reference: median(references), ratio: median(ratios) };
}
