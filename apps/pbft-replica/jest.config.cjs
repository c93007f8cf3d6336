module.exports = { displayName: 'pbft-replica', preset: '../../jest.preset.cjs' };
