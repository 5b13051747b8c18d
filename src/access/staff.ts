/** A member of staff as stored, without the password. */
export interface StaffRow {
  readonly staff_id: string;
  readonly login: string;
  readonly name: string;
  readonly role: string;
  readonly stores: string[] | null;
  readonly status: 'active' | 'disabled';
  readonly created_at: Date;
}

export const STAFF_COLUMNS = 'staff_id, login, name, role, stores, status, created_at';

export function staffShown(row: StaffRow) {
  return { ...row, created_at: row.created_at.toISOString() };
}

export type Staff = ReturnType<typeof staffShown>;
