module.exports = { displayName: 'raft-replica', preset: '../../jest.preset.cjs' };
