module.exports = { displayName: 'raft-core', preset: '../../../jest.preset.cjs' };
