module.exports = { displayName: 'raft-wire', preset: '../../../jest.preset.cjs' };
