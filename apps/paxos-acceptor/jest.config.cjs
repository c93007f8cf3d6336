module.exports = { displayName: 'paxos-acceptor', preset: '../../jest.preset.cjs' };
