export const thousandths = (value: number): number => Math.round(value * 1000) / 1000;

/** The value below which this share of them lies. */
export const quantile = (values: readonly number[], share: number): number =>
  thousandths([...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? 0);
