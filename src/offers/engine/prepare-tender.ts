import type { Leaf } from '../rule/definition.ts';
import type { BinRange, LeafTest } from './condition.ts';

export type TenderLeaf = Extract<Leaf, { match?: 'all' | 'any' | undefined }>;

export function preparedTender(leaf: TenderLeaf): LeafTest {
  const every = leaf.match !== 'any';
  switch (leaf.type) {
    case 'tender':
      return { type: 'tender', methods: new Set(leaf.methods), every };
    case 'issuer':
      return { type: 'issuer', issuers: new Set(leaf.issuers), every };
    case 'bin': {
      const prefixes = (leaf.prefixes ?? []).map((prefix): BinRange => ({
        from: prefix,
        to: prefix,
      }));
      return { type: 'bin', ranges: [...prefixes, ...(leaf.ranges ?? [])], every };
    }
    case 'card_kind':
      return { type: 'card_kind', kinds: new Set(leaf.kinds), every };
    case 'scheme':
      return { type: 'scheme', schemes: new Set(leaf.schemes), every };
    case 'wallet':
      return { type: 'wallet', wallets: new Set(leaf.wallets), every };
  }
}
