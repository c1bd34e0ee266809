import { theme as antd, type ThemeConfig } from 'antd';
import { createContext, useContext } from 'react';

/**
 * Paper, ink, indigo and one drop of cinnabar. Cinnabar is the seal of the house and the colour of what emerges; it means nothing else.
 * The categorical colours keep their distance under the three common colour-vision deficiencies and differ in lightness.
 */
export interface Palette {
  dark: boolean;
  paper: string;
  card: string;
  line: string;
  faint: string;
  ink: string;
  soft: string;
  muted: string;
  primary: string;
  seal: string;
  good: string;
  warn: string;
  series: string[];
  ramp: [string, string, string];
  diverging: [string, string, string];
}

export const light: Palette = {
  dark: false,
  paper: '#f7f5f0',
  card: '#ffffff',
  line: '#e7e2d8',
  faint: '#f2efe8',
  ink: '#1d2a35',
  soft: '#4a5763',
  muted: '#737d86',
  primary: '#1f5f7d',
  seal: '#b23a2c',
  good: '#2f7d5b',
  warn: '#a86a12',
  series: ['#1f6f94', '#d98c2b', '#3f8f6d', '#a3456f', '#6a66b0', '#8a7a1c', '#4fb0b8', '#8c5a3c', '#c46a6a', '#5d6d7b'],
  ramp: ['#e6eff2', '#6fa3b8', '#143f56'],
  diverging: ['#1f6f94', '#e9e4d8', '#b23a2c'],
};

export const dark: Palette = {
  dark: true,
  paper: '#10161c',
  card: '#18212a',
  line: '#2a3641',
  faint: '#1e2832',
  ink: '#e9e5dc',
  soft: '#b9c0c4',
  muted: '#8b969f',
  primary: '#6db4cf',
  seal: '#e5735f',
  good: '#6cc29a',
  warn: '#dba658',
  series: ['#5fb0d3', '#e8a552', '#6cc29a', '#d97fa4', '#a3a0e6', '#c9b85a', '#7fd3d9', '#c99a7a', '#e59a96', '#9fb0bd'],
  ramp: ['#1f2d38', '#3f7f98', '#b5e3f2'],
  diverging: ['#5fb0d3', '#2c3741', '#e5735f'],
};

export const fonts = {
  text: "-apple-system, BlinkMacSystemFont, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', 'Source Han Sans SC', Helvetica, Arial, sans-serif",
  title: "'Source Han Serif SC', 'Noto Serif SC', 'Noto Serif CJK SC', 'Songti SC', STSong, Georgia, 'Times New Roman', serif",
};

/** A colour laid thinly over another: the tints of tags, hints and chosen rows. Those the library derives from quiet colours are grey. */
export function tint(over: string, under: string, part: number): string {
  const channel = (hex: string, i: number) => parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16);
  return `#${[0, 1, 2].map((i) => Math.round(part * channel(over, i) + (1 - part) * channel(under, i)).toString(16).padStart(2, '0')).join('')}`;
}

function tints(p: Palette): Record<string, string> {
  const names: [string, string][] = [['Primary', p.primary], ['Info', p.primary], ['Success', p.good], ['Warning', p.warn], ['Error', p.seal]];
  const [faint, more, edge] = p.dark ? [0.18, 0.26, 0.45] : [0.1, 0.16, 0.35];
  return Object.fromEntries(names.flatMap(([name, color]) => [[`color${name}Bg`, tint(color, p.card, faint)], [`color${name}BgHover`, tint(color, p.card, more)], [`color${name}Border`, tint(color, p.card, edge)]]));
}

export function antdTheme(p: Palette, motion = true): ThemeConfig {
  return {
    algorithm: p.dark ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      motion,
      colorPrimary: p.primary,
      colorInfo: p.primary,
      colorError: p.seal,
      colorSuccess: p.good,
      colorWarning: p.warn,
      colorTextBase: p.ink,
      colorBgBase: p.card,
      colorBgLayout: p.paper,
      colorBgContainer: p.card,
      colorBorder: p.line,
      colorBorderSecondary: p.line,
      colorTextSecondary: p.soft,
      colorTextTertiary: p.muted,
      colorLink: p.primary,
      colorTextPlaceholder: p.muted,
      ...tints(p),
      fontFamily: fonts.text,
      fontSize: 14,
      borderRadius: 8,
      controlHeight: 34,
      wireframe: false,
      boxShadowTertiary: 'none',
    },
    components: {
      Table: { headerBg: 'transparent', headerColor: p.muted, headerSplitColor: 'transparent', rowHoverBg: p.faint, borderColor: p.line, cellPaddingBlockSM: 9 },
      Menu: { itemBg: 'transparent', subMenuItemBg: 'transparent', itemHeight: 33, itemMarginBlock: 2, itemBorderRadius: 8, itemSelectedBg: p.faint, itemSelectedColor: p.primary, activeBarBorderWidth: 0, itemMarginInline: 8 },
      Tabs: { titleFontSize: 14, horizontalItemPadding: '10px 0' },
      Segmented: { trackBg: p.faint, itemSelectedBg: p.dark ? p.line : p.card },
      Card: { bodyPadding: 20 },
      // The edge of an input is quiet because the box is large; a tick box with that edge is not seen.
      Checkbox: { colorBorder: p.muted },
      Radio: { colorBorder: p.muted },
      ...(p.dark ? { Button: { primaryColor: p.paper }, Steps: { colorTextLightSolid: p.paper } } : {}),
      Tag: { defaultBg: p.faint, colorSuccess: p.good, colorInfo: p.primary, colorWarning: p.warn, colorError: p.seal },
    },
  };
}

export type Mode = 'light' | 'dark';

export interface ThemeChoice {
  mode: Mode;
  palette: Palette;
  setMode: (mode: Mode) => void;
}

export const ThemeContext = createContext<ThemeChoice>({ mode: 'light', palette: light, setMode: () => undefined });
export const usePalette = (): Palette => useContext(ThemeContext).palette;
