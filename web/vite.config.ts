import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// Large libraries have files of their own, so that a change of a page leaves them in the browser's cache.
const libraries: Record<string, RegExp> = {
  react: /node_modules\/(react|react-dom|react-router|scheduler|i18next|react-i18next|@tanstack)\//,
  graph: /node_modules\/(sigma|graphology[^/]*)\//,
};

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': new URL('./src', import.meta.url).pathname } },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rollupOptions: {
      output: {
        manualChunks: (id: string) => Object.keys(libraries).find((name) => libraries[name]?.test(id)),
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
  test: { environment: 'node', include: ['src/**/*.test.{ts,tsx}'] },
});
