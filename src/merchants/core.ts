import type { Text } from '#kernel/refusal';

export const ORG_KINDS = ['operator', 'merchant', 'brand', 'issuer', 'agent'] as const;
export type OrgKind = (typeof ORG_KINDS)[number];

/** One book: a merchant, an issuer, a brand, an agent or the operator. */
export interface Org {
  readonly id: number;
  /** Lower-case slug, one over all orgs. */
  readonly code: string;
  readonly name: Text;
  readonly kind: OrgKind;
  /** The org above it in the tree, such as its agent; null at the root. */
  readonly parentId: number | null;
  /** IANA zone that its business days are counted in. */
  readonly zone: string;
  readonly currency: 'CNY';
  /** Only a sandbox org's clock may be set. */
  readonly sandbox: boolean;
  readonly status: 'active' | 'suspended';
  /** Merchant category code of ISO 18245, four digits; null where nobody told it. */
  readonly mcc: string | null;
  readonly createdAt: Date;
}

/** A place of sale. */
export interface Store {
  readonly id: string;
  /** Lower-case slug, one within the org. */
  readonly code: string;
  readonly name: Text;
  readonly address: string;
  /** Degrees of WGS 84. */
  readonly place: { readonly lat: number; readonly lng: number } | null;
  readonly status: 'active' | 'closed';
}

/** Codes of orgs and stores: lower-case letters, digits and inner hyphens, at most 40. */
export const CODE = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/** A merchant category code. */
export const MCC = /^\d{4}$/;

/** The IANA zone in its usual spelling; undefined for what is no zone, such as an offset. */
export function zoneOf(text: string): string | undefined {
  if (!/^[A-Za-z]/.test(text)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
