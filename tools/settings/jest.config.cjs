module.exports = { displayName: 'settings', preset: '../../jest.preset.cjs' };
