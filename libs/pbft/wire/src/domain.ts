/** Whose statements these are: one that was signed for another group, or by keys of another epoch, means nothing here. */
export interface Domain {
  readonly cluster: string;
  readonly group: string;
  /** Made anew with the group's keys, so that nothing of a former group of that name can be repeated. */
  readonly epoch: string;
}
