/**
 * X.509 certificates for one cluster: an authority of its own, and what the NATS servers, their clients and the gateway show.
 *
 * @packageDocumentation
 */
export { makeCertificates, renewCertificates } from './folder.js';
export type { CertificatesWanted } from './folder.js';
