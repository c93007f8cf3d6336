import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import {
  decodeGet,
  decodeLeads,
  decodeSucceeded,
  encodeGet,
  encodePut,
  encodeTransaction,
} from '../src/load/etcd-messages.js';
import { GrpcChannel } from '../src/load/grpc.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const hex = (of: Uint8Array) => Buffer.from(of).toString('hex');

test('requests are the bytes that etcd documents', () => {
  const put = encodePut(bytes('k'), bytes('v'));
  expect(hex(put)).toBe('0a016b120176');
  expect(hex(encodeGet(bytes('k')))).toBe('0a016b');
  expect(hex(encodeTransaction([put, put]))).toBe('12081206' + '0a016b120176' + '12081206' + '0a016b120176');
});

test('answers are read past fields that are not looked at, numbers of 64 bits included', () => {
  const header = '0a1208ffffffffffffffffff0110818080808001'; // cluster 2^64-1, member
  expect(decodeSucceeded(Buffer.from(`${header}1001`, 'hex'))).toBe(true);
  expect(decodeSucceeded(Buffer.from(header, 'hex'))).toBe(false);
  expect(decodeLeads(Buffer.from(`${header}20818080808001`, 'hex'))).toBe(true);
  expect(decodeLeads(Buffer.from(`${header}20828080808001`, 'hex'))).toBe(false);
  expect(Buffer.from(decodeGet(Buffer.from(`${header}12060a016b2a0176`, 'hex'))!).toString()).toBe('v');
  expect(decodeGet(Buffer.from(header, 'hex'))).toBeUndefined();
});

test('a call is answered, refused, or fails with the connection; the next one finds the next endpoint', async () => {
  const server = createServer();
  server.on('stream', (stream, headers) => {
    if (headers[':path'] === '/gone') return stream.session?.destroy();
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    const status = headers[':path'] === '/no' ? { 'grpc-status': '9', 'grpc-message': 'no' } : { 'grpc-status': '0' };
    stream.on('wantTrailers', () => stream.sendTrailers(status));
    stream.pipe(stream);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const channel = new GrpcChannel([`http://127.0.0.1:${port}`, 'http://127.0.0.1:1', `http://127.0.0.1:${port}`]);
  try {
    expect((await channel.call('/yes', bytes('echo'))).toString()).toBe('echo');
    await expect(channel.call('/no', bytes(''))).rejects.toThrow('status 9 no');
    await expect(channel.call('/gone', bytes(''))).rejects.toThrow('/gone');
    await expect(channel.call('/yes', bytes(''))).rejects.toThrow('ECONNREFUSED');
    expect((await channel.call('/yes', bytes('again'))).toString()).toBe('again');
  } finally {
    channel.close();
    await new Promise((resolve) => server.close(resolve));
  }
});
