module.exports = { displayName: 'paxos-proposer', preset: '../../jest.preset.cjs' };
