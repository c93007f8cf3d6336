import { DecodeError } from './wire-reader.js';

/** An enumeration whose protobuf numbers begin at 1; 0 and what is not listed are refused. */
export class Names<Name extends string> {
  constructor(
    private readonly what: string,
    private readonly names: readonly Name[],
  ) {}

  number(name: Name): number {
    return this.names.indexOf(name) + 1;
  }

  name(number: number): Name {
    const name = this.names[number - 1];
    if (name === undefined) throw new DecodeError(`${this.what} ${number} is not known`);
    return name;
  }
}
