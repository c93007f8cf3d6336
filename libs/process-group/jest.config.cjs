module.exports = { displayName: 'process-group', preset: '../../jest.preset.cjs' };
