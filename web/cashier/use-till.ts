import { useTranslation } from '#kit/base';
import { type Dispatch, useReducer, useState } from 'react';
import { heldBaskets, holdBasket, takeHeld } from './held.ts';
import { type Read, readInput } from './read-input.ts';
import {
  type Act,
  type Basket,
  basketAfter,
  freshBasket,
  type Held,
  type Product,
  type Sale,
} from './till.ts';
import type { Catalogue } from './use-catalogue.ts';

export type SheetName = 'none' | 'pay' | 'exact' | 'held' | 'give_back' | 'help';

/** The state of the till and everything a cashier can do with it. */
export interface Till {
  readonly basket: Basket;
  readonly act: Dispatch<Act>;
  /** The sale just taken; null while one is rung up. */
  readonly sale: Sale | null;
  readonly sheet: SheetName;
  readonly show: (sheet: SheetName) => void;
  readonly told: string | null;
  /** Products of which one is meant. */
  readonly found: readonly Product[];
  readonly receipt: string;
  readonly held: readonly Held[];
  readonly selling: boolean;
  readonly take: (text: string) => void;
  readonly choose: (product: Product) => void;
  readonly begin: () => void;
  readonly hold: () => void;
  readonly recall: (held: Held) => void;
  readonly paid: (sale: Sale) => void;
  readonly again: () => void;
}

export function useTill(catalogue: Catalogue): Till {
  const { t } = useTranslation();
  const [basket, act] = useReducer(basketAfter, undefined, freshBasket);
  const [sheet, show] = useState<SheetName>('none');
  const [told, setTold] = useState<string | null>(null);
  const [found, setFound] = useState<readonly Product[]>([]);
  const [sale, setSale] = useState<Sale | null>(null);
  const [last, setLast] = useState<Sale | null>(null);
  const [receipt, setReceipt] = useState('');
  const [held, setHeld] = useState(heldBaskets);
  const selling = basket.lines.length > 0 && !sale;

  function begin(next: Basket = freshBasket()) {
    act({ do: 'back', basket: next });
    setSale(null);
    show('none');
    say(null);
  }
  function say(text: string | null, products: readonly Product[] = []) {
    setTold(text);
    setFound(products);
  }
  const hands: Hands = {
    catalogue,
    act,
    say: (key, words, products) => say(t(`till.${key}`, words), products),
    giveBack(number) {
      setReceipt(number);
      show('give_back');
    },
  };
  const state = { basket, act, sale, sheet, told, found, receipt, held, selling };
  return {
    ...state,
    show(next) {
      if (next === 'give_back') setReceipt('');
      show(next);
    },
    take(text) {
      if (sale && text.trim() !== '') begin();
      say(null);
      const read = readInput(text, (code) => catalogue.find(code) !== undefined);
      if (read) carryOut(read, hands);
      else if (selling) show('pay');
    },
    choose(product) {
      act({ do: 'add', product, quantity: 1 });
      say(null);
    },
    begin: () => begin(),
    hold() {
      if (!selling) return;
      setHeld(holdBasket(basket));
      begin();
    },
    recall(one) {
      if (selling) holdBasket(basket);
      setHeld(takeHeld(one.key));
      begin(one);
    },
    paid(taken) {
      setSale(taken);
      setLast(taken);
      show('none');
    },
    again: () => (last ? setSale(last) : say(t('till.last_none'))),
  };
}

interface Hands {
  readonly catalogue: Catalogue;
  readonly act: Dispatch<Act>;
  readonly say: (
    key: string,
    words: Record<string, string | number>,
    products?: readonly Product[],
  ) => void;
  readonly giveBack: (number: string) => void;
}

/** Does what a scan or a typed line means. */
function carryOut(read: Read, hands: Hands): void {
  const { catalogue, act, say } = hands;
  switch (read.kind) {
    case 'item': {
      const product = catalogue.find(read.code);
      return product && act({ do: 'add', product, quantity: 1 });
    }
    case 'quantity':
      return act({ do: 'times', times: read.times });
    case 'phone':
      return act({ do: 'buyer', buyer: { phone: read.phone } });
    case 'member':
      return act({ do: 'buyer', buyer: { member_id: read.id } });
    case 'coupon':
      return act({ do: 'coupon', coupon: read.code });
    case 'receipt':
      return hands.giveBack(read.number);
    case 'payment_code':
      return say(`payment_code_${read.wallet}`, {});
    case 'search': {
      const products = catalogue.search(read.text);
      const [only] = products;
      if (!only) return say('not_found', { text: read.text });
      if (products.length === 1) return act({ do: 'add', product: only, quantity: 1 });
      return say('found_many', { count: products.length }, products);
    }
  }
}
