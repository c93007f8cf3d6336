/** Of this release; recordings name theirs. */
export const version = '0.1.0';
