module.exports = {
  displayName: 'gateway',
  preset: '../../jest.preset.cjs',
  transform: { '\\.(html|css)$|\\.client\\.js$': '<rootDir>/test/text-transform.cjs' },
};
