/** Who is sold to, as copied from the ERP. */
export interface Customer {
  readonly id: string;
  readonly erpId: string | null;
  readonly name: string;
  readonly taxId: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly address: string | null;
  readonly isActive: boolean;
  readonly companyId: string | null;
  readonly lastSyncedAt: Date | null;
}

export interface CustomerFilter {
  readonly search?: string | null | undefined;
  readonly companyIds?: readonly string[] | null | undefined;
  readonly active?: boolean | null | undefined;
}
