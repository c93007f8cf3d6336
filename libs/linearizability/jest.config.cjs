module.exports = { displayName: 'linearizability', preset: '../../jest.preset.cjs' };
