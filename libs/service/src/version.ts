/** Of all services; they are released together. */
export const version = '0.1.0';

/**
 * What members of this version do that those of earlier ones may not, by name: whoever makes use of it sees first that all of them do.
 * `backup-1`: they restore what was saved; `backup-2`: when it is finished they are told which state it must be.
 */
export const features: readonly string[] = ['backup-1', 'backup-2'];
