module.exports = { displayName: 'check-history', preset: '../../jest.preset.cjs' };
