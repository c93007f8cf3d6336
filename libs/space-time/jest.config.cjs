module.exports = { displayName: 'space-time', preset: '../../jest.preset.cjs' };
