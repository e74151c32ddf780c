import {
  createTheme,
  localStorageColorSchemeManager,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';

/** Deep harbour blue-green: the one accent. Every other colour on the page means something. */
const harbor: MantineColorsTuple = [
  '#e9f6f9',
  '#d5e9ee',
  '#a9d3dd',
  '#79bccb',
  '#52a8bc',
  '#3599b0',
  '#1a7a90',
  '#0e6377',
  '#0a5061',
  '#063c4a',
];

const dark: MantineColorsTuple = [
  '#dfe5ea',
  '#c0c9d1',
  '#9aa6b2',
  '#6d7a87',
  '#3d4955',
  '#2d3741',
  '#1d252d',
  '#141a20',
  '#0f1419',
  '#0a0e12',
];

export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  headings: { fontFamily: "'Inter Variable', system-ui, sans-serif", fontWeight: '650' },
  colors: { harbor, dark },
  primaryColor: 'harbor',
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    // Centred, it lies beside a narrow screen until it has its width, and the screen grows by that.
    Combobox: { defaultProps: { position: 'bottom-start' } },
    // In a dialog its header is no banner of the page.
    Modal: { defaultProps: { centered: true, attributes: { header: { role: 'presentation' } } } },
    Tooltip: { defaultProps: { openDelay: 300 } },
  },
});

/**
 * Mantine's own greys, and its colours on a tint of themselves, do not reach a contrast of 4.5; and
 * the priorities' colours.
 */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f5f7f8',
    '--mantine-color-text': '#17212a',
    '--mantine-color-dimmed': '#566370',
    '--mantine-color-placeholder': '#66727e',
    '--mantine-color-error': '#c02626',
    '--mantine-color-green-light-color': '#1f6b2e',
    '--mantine-color-orange-light-color': '#9a3b05',
    '--mantine-color-red-light-color': '#b02525',
    '--mantine-color-yellow-light-color': '#7a5300',
    '--surface': '#ffffff',
    '--surface-sunken': '#eef2f4',
    '--line': '#dde3e8',
    '--priority-very-high': '#c92a2a',
    '--priority-high': '#cf5b08',
    '--priority-medium': '#a87900',
    '--priority-low': '#6b7986',
    '--status-new': '#0e6377',
    '--status-acknowledged': '#5f5bb5',
    '--status-in-progress': '#1f6fd0',
    '--status-resolved': '#2b7a3f',
    '--heat': '201, 42, 42',
    '--series-1': '#0e7490',
    '--series-2': '#c2570c',
    '--series-3': '#6d5bd0',
    '--series-4': '#2f855a',
    '--series-5': '#b83280',
    '--series-rest': '#7b8794',
    '--fill': '14, 99, 119',
  },
  dark: {
    '--mantine-color-body': '#10161b',
    '--mantine-color-dimmed': '#9fabb7',
    '--mantine-color-placeholder': '#8b97a3',
    '--mantine-color-error': '#ff8f8f',
    '--mantine-color-anchor': '#79bccb',
    '--surface': '#182027',
    '--surface-sunken': '#1f2932',
    '--line': '#2d3741',
    '--priority-very-high': '#ff7b7b',
    '--priority-high': '#ff9d52',
    '--priority-medium': '#e5b93c',
    '--priority-low': '#93a1ae',
    '--status-new': '#52b3c8',
    '--status-acknowledged': '#a8a4f0',
    '--status-in-progress': '#6ba9f5',
    '--status-resolved': '#67c07c',
    '--heat': '255, 107, 107',
    '--series-1': '#4fb3cc',
    '--series-2': '#f29b5c',
    '--series-3': '#a99bf5',
    '--series-4': '#6cc38f',
    '--series-5': '#f087c0',
    '--series-rest': '#93a1ae',
    '--fill': '82, 179, 200',
  },
});

/** The same key as public/color-scheme.js, which runs before the first paint. */
export const colorSchemeManager = localStorageColorSchemeManager({
  key: 'stockwarden-color-scheme',
});
