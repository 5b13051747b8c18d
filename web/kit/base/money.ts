const yuan = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** fen as "1,234.50", without a sign of the currency; a minus is a true minus sign. */
export function yuanText(fen: number): string {
  const text = yuan.format(Math.abs(fen) / 100);
  return fen < 0 ? `−${text}` : text;
}

/** fen as "¥1,234.50". */
export function moneyText(fen: number): string {
  return fen < 0 ? `−¥${yuanText(-fen)}` : `¥${yuanText(fen)}`;
}

/** A count as "12,345". */
export function countText(count: number): string {
  return count.toLocaleString('en-US');
}
