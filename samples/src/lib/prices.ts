export interface Print {
  picture: string;
  size: 'small' | 'large' | 'poster';
  copies: number;
}

export type ParsedOrder = { ok: true; customer: string; prints: Print[] } | { ok: false; problem: string };

/** Cents for one print. */
const prices = { small: 35, large: 120, poster: 990 };

/** Cents; free from 50 euros on. */
const delivery = 490;

export function parseOrder(body: string | undefined): ParsedOrder {
  let order: unknown;
  try {
    order = JSON.parse(body ?? '');
  } catch {
    return { ok: false, problem: 'The body has to be JSON' };
  }
  const { customer, prints } = (order ?? {}) as { customer?: unknown; prints?: unknown };
  if (typeof customer !== 'string' || !customer.includes('@')) {
    return { ok: false, problem: 'customer has to be an e-mail address' };
  }
  if (!Array.isArray(prints) || prints.length === 0)
    return { ok: false, problem: 'prints has to name a print' };
  const wrong = prints.findIndex(
    ({ size, copies }: Partial<Print>) =>
      !size || !(size in prices) || !Number.isInteger(copies) || Number(copies) < 1,
  );
  if (wrong >= 0) return { ok: false, problem: `prints[${wrong}] needs a size and a number of copies` };
  return { ok: true, customer, prints };
}

/** Amounts in euros. */
export function priceOf({ prints }: { prints: Print[] }, discount: number) {
  const goods = prints.reduce((sum, { size, copies }) => sum + prices[size] * copies, 0) * (1 - discount);
  const postage = goods >= 5000 ? 0 : delivery;
  return { goods: goods / 100, delivery: postage / 100, total: (goods + postage) / 100 };
}
