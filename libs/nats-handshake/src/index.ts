export { dialling, whyNotLetIn } from './dialling.js';
export type { TlsFiles } from './dialling.js';
export { loginWith, newSeed, publicKeyOf } from './nkey.js';
export type { Login } from './nkey.js';
export { withIdentity } from './server-identity.js';
