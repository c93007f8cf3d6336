module.exports = { displayName: 'raft-spec', preset: '../../../jest.preset.cjs' };
