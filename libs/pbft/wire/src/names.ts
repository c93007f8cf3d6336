import { DecodeError } from '@synod/api';

/** An enumeration whose protobuf numbers begin at 1; 0 and what is not listed are refused. */
export class Names<Name extends string> {
  constructor(
    private readonly what: string,
    private readonly names: readonly Name[],
  ) {}

  number(name: Name): number {
    return this.names.indexOf(name) + 1;
  }

  name(number: number | null | undefined): Name {
    const name = this.names[(number ?? 0) - 1];
    if (name === undefined) throw new DecodeError(`${this.what} ${number ?? 0} is not known`);
    return name;
  }
}

export const standings = new Names('standing', ['empty', 'lost', 'active', 'recovering']);
export const wants = new Names('wish', ['digests', 'batches']);
