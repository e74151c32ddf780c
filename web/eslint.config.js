import { readdirSync } from 'node:fs';
import js from '@eslint/js';
import a11y from 'eslint-plugin-jsx-a11y';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/**
 * Imports point down only: app → features → domain → ui → api → i18n. A feature imports no other
 * feature; what two of them need moves down.
 */
const LAYERS = ['app', 'features', 'domain', 'ui', 'api', 'i18n'];
const FEATURES = readdirSync(new URL('./src/features', import.meta.url));

const layering = LAYERS.slice(1).map((layer, index) =>
  forbid(`src/${layer}/**`, [
    {
      group: LAYERS.slice(0, index + 1).map((above) => `@/${above}/*`),
      message: `${layer} is below that: imports point down only.`,
    },
  ]),
);

const separation = FEATURES.map((feature) =>
  forbid(`src/features/${feature}/**`, [
    {
      group: ['@/app/*', '@/features/*', `!@/features/${feature}/*`, '../*'],
      message: 'A feature imports neither the app nor another feature.',
    },
  ]),
);

function forbid(files, patterns) {
  return { files: [files], rules: { 'no-restricted-imports': ['error', { patterns }] } };
}

export default tseslint.config(
  { ignores: ['dist', 'screenshots', 'src/api/generated'] },
  js.configs.recommended,
  { files: ['**/*.{ts,tsx}'], extends: [tseslint.configs.recommendedTypeChecked] },
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'max-lines': ['error', 300],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/only-throw-error': 'off',
    },
  },
  { files: ['src/**/*.tsx'], ...a11y.flatConfigs.recommended },
  { files: ['src/**/*.{ts,tsx}'], ...hooks.configs.flat.recommended },
  // It speaks to the React compiler, which is not in use here.
  { files: ['src/**/*.tsx'], rules: { 'react-hooks/incompatible-library': 'off' } },
  {
    files: ['scripts/**/*.mjs', '*.js', 'public/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'console', 'URL', 'window', 'document', 'localStorage'].map((name) => [
          name,
          'readonly',
        ]),
      ),
    },
  },
  ...layering,
  ...separation,
);
