module.exports = { displayName: 'paxos-wire', preset: '../../../jest.preset.cjs' };
