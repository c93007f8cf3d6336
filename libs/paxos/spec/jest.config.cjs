module.exports = { displayName: 'paxos-spec', preset: '../../../jest.preset.cjs' };
