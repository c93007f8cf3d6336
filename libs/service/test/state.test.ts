import { storeAndLedger } from '../src/state.js';

test('each process looks for keys by a secret of its own, so that nobody can choose keys that all lie in one place', () => {
  const secrets = Array.from({ length: 3 }, () => {
    const { store } = storeAndLedger() as unknown as {
      readonly store: { readonly secret: { low: number; high: number } };
    };
    return `${store.secret.low} ${store.secret.high}`;
  });
  expect(new Set(secrets).size).toBe(3);
});
