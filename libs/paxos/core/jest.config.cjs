module.exports = { displayName: 'paxos-core', preset: '../../../jest.preset.cjs' };
