import { Names } from '@synod/api';

export const standings = new Names('standing', ['empty', 'lost', 'active', 'recovering']);
export const wants = new Names('wish', ['digests', 'batches']);
