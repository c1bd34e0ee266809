import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useLayoutEffect, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../shared/api/client';
import { antdTheme, dark, light, ThemeContext, type Mode } from '../shared/theme';

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      refetchOnWindowFocus: false,
      // 503: the server is still making what was asked for; it is asked again until it is there.
      retry: (times, error) => (error instanceof ApiError && error.status === 503 ? times < 150 : times < 2 && !(error instanceof ApiError && error.status < 500)),
      retryDelay: (times, error) => (error instanceof ApiError && error.status === 503 ? 2000 : Math.min(1000 * 2 ** times, 8000)),
    },
  },
});

// The style sheet stops movement as well, but Ant Design waits for the end of its own: it has to know that there is none.
const still = window.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? false;

const firstMode = (): Mode => {
  const kept = localStorage.getItem('jianwei.theme');
  if (kept === 'light' || kept === 'dark') return kept;
  return window.matchMedia?.('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
};

export function Providers({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const [mode, setMode] = useState<Mode>(firstMode);
  const palette = mode === 'dark' ? dark : light;
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = mode;
    localStorage.setItem('jianwei.theme', mode);
  }, [mode]);
  const choice = useMemo(() => ({ mode, palette, setMode }), [mode, palette]);
  const theme = useMemo(() => antdTheme(palette, !still), [palette]);
  return (
    <ThemeContext.Provider value={choice}>
      <ConfigProvider theme={theme} button={{ autoInsertSpace: false }} locale={i18n.language === 'en' ? enUS : zhCN}>
        <App style={{ height: '100%' }}>
          <QueryClientProvider client={client}>{children}</QueryClientProvider>
        </App>
      </ConfigProvider>
    </ThemeContext.Provider>
  );
}
