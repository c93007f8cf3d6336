module.exports = { displayName: 'backup', preset: '../../jest.preset.cjs' };
