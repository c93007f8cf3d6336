module.exports = { displayName: 'nkey', preset: '../../jest.preset.cjs' };
