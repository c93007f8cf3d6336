module.exports = { displayName: 'nats-handshake', preset: '../../jest.preset.cjs' };
