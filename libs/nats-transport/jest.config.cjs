module.exports = { displayName: 'nats-transport', preset: '../../jest.preset.cjs' };
