/**
 * What the journals of all machines have alike. None of our clients tries to guess what a journal wants kept from them, and a run is to
 * leave the same bytes each time: so it is no secret here.
 */
export const journalOptions = { cluster: 'simulated', random: (bytes: number) => new Uint8Array(bytes).fill(0xa5) };
