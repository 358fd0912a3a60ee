/** Which orders to list; what is left out does not narrow. */
export interface OrderFilter {
  readonly companyIds?: readonly string[] | undefined;
  readonly siteIds?: readonly string[] | undefined;
  readonly statuses?: readonly string[] | undefined;
  readonly orderTypes?: readonly string[] | undefined;
  readonly customerId?: string | undefined;
  /** Instants, the end excluded. */
  readonly range?: { readonly from: Date; readonly until: Date } | undefined;
  /** How the order's number begins. */
  readonly search?: string | undefined;
}
