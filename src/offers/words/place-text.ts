import type { LeafOf } from '../engine/condition.ts';
import type { Text } from '#kernel/refusal';
import { text } from './figures.ts';
import { glue } from './glue.ts';
import { anyOf, names } from './lists.ts';
import type { Hearer } from './reader.ts';

type PlaceTest = LeafOf<'store' | 'terminal' | 'channel' | 'terminal_kind' | 'mcc'>;

export const CHANNELS: Readonly<Record<string, Text>> = {
  pos: text('门店收银', 'for sales at the till'),
  api: text('线上接口', 'for sales by API'),
  import: text('导入的小票', 'for imported tickets'),
};

export const TERMINAL_KINDS: Readonly<Record<string, Text>> = {
  cashier: text('人工收银台', 'at the cash desk'),
  pos: text('POS 终端', 'at a POS terminal'),
  self_service: text('自助收银机', 'at a self-service till'),
  plate: text('码牌', 'at a code plate'),
  online: text('线上', 'online'),
};

export function placeText(test: PlaceTest, hearer: Hearer): Text {
  switch (test.type) {
    case 'store': {
      const { zh, en } = names(test.stores);
      return text(glue('门店', zh), `in store ${en}`);
    }
    case 'terminal': {
      if (hearer === 'public') return text('指定收银终端', 'at chosen tills');
      const { zh, en } = names(test.terminals);
      return text(glue('终端', zh), `at terminal ${en}`);
    }
    case 'channel':
      return anyOf([...test.channels].map((each) => CHANNELS[each] ?? text(each, each)));
    case 'terminal_kind':
      return anyOf([...test.kinds].map((each) => TERMINAL_KINDS[each] ?? text(each, each)));
    case 'mcc': {
      if (hearer === 'public') return text('指定行业的商户', 'at merchants of chosen trades');
      const { zh, en } = names(test.codes);
      return text(glue('商户类别码', zh), `at merchants of category ${en}`);
    }
  }
}
