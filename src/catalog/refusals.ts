import type { FieldFault, Refusal, Text } from '#kernel/refusal';

function refusal(
  code: string,
  status: number,
  detail: Text,
  fix: Text,
  errors: readonly FieldFault[] = [],
): Refusal {
  return { code, status, detail, fix, ...(errors.length > 0 && { errors }) };
}

export const productUnknown = (sku: string): Refusal =>
  refusal(
    'product_unknown',
    404,
    { zh: `没有商品 ${sku}。`, en: `There is no product ${sku}.` },
    {
      zh: '请从 GET /v1/products 选择；大小写须一致。',
      en: 'Choose one of GET /v1/products; case counts.',
    },
  );

/** @param lines the places of the lines whose products are not in the catalogue. */
export const productsUnknown = (lines: readonly number[]): Refusal =>
  refusal(
    'stock_product_unknown',
    422,
    {
      zh: `有 ${lines.length} 行的商品不在目录中。`,
      en: `${lines.length} line(s) name a product that is not there.`,
    },
    {
      zh: '请先用 PUT /v1/products 添加商品，或更正这些行。',
      en: 'Add them by PUT /v1/products, or correct these lines.',
    },
    lines.slice(0, 50).map((line) => ({
      pointer: `/lines/${line}/sku`,
      detail: { zh: '目录中没有此商品', en: 'not in the catalogue' },
    })),
  );

/** One of each, for the page of problems. */
export const catalogRefusals: readonly Refusal[] = [productUnknown('85123A'), productsUnknown([0])];
