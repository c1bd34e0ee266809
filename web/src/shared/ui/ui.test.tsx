// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { BrowserRouter, useLocation } from 'react-router';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { JudgementEvent } from '../api/judgements';
import i18n, { setLanguage } from '../i18n';
import en from '../i18n/en.json';
import zh from '../i18n/zh.json';
import { Empty } from './empty';
import { EventLine } from './event_line';
import { Highlight } from './highlight';
import { NumberLink } from './number_link';
import { Loaded } from './page';
import { toggled, useUrlList, useUrlYears } from './url_state';
import { ApiError } from '../api/client';

afterEach(cleanup);

function Where() {
  return <output>{useLocation().search}</output>;
}

function inApp(children: React.ReactNode, roles: string[] = ['analyst']) {
  window.history.replaceState(null, '', '/w/demo/topics?y=2019-2021');
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  client.setQueryData(['session'], { user: { id: '1', name: 'a', display_name: 'A', roles, language: 'en' }, csrf: '', workspaces: [], version: '' });
  return (
    <QueryClientProvider client={client}>
      <BrowserRouter>
        {children}
        <Where />
      </BrowserRouter>
    </QueryClientProvider>
  );
}

const event: JudgementEvent = { sequence: 7, at: '2026-01-02T03:04:05Z', actor: 'lin', kind: 'rename', object: { type: 'topic', id: 'topic-4' }, arguments: { label_en: 'Solid electrolytes' }, reason: 'clearer', state: 'stands', role: 'analyst', evidence: [], snapshot: 's1', run: 'r1', hash: '' };

describe('the address bar', () => {
  function Twice() {
    const [chosen, setChosen] = useUrlList('compare');
    const [, setYears] = useUrlYears();
    const both = () => {
      setChosen(toggled('topic-1'));
      setChosen(toggled('topic-2'));
      setYears(null);
    };
    return <button type="button" onClick={both}>{chosen.join('+')}</button>;
  }
  it('keeps every change of several made before it is drawn again', async () => {
    render(inApp(<Twice />));
    await userEvent.click(screen.getByRole('button'));
    expect(screen.getByRole('button').textContent).toBe('topic-1+topic-2');
    expect(window.location.search).toBe('?compare=topic-1%2Ctopic-2');
    await userEvent.click(screen.getByRole('button'));
    expect(window.location.search).toBe('');
  });
});

describe('NumberLink', () => {
  it('opens the documents it counts and keeps the filters', async () => {
    render(inApp(<NumberLink docs="topic-12.2020">93</NumberLink>));
    await userEvent.click(screen.getByRole('button', { name: '93' }));
    expect(screen.getByRole('status').textContent).toBe('?y=2019-2021&docs=topic-12.2020');
  });
});

describe('EventLine', () => {
  it('offers undo to those who may judge', async () => {
    const act = vi.fn(() => Promise.resolve());
    render(inApp(<EventLine event={event} act={act} />));
    await userEvent.click(screen.getByRole('button', { name: i18n.t('action.undo') }));
    expect(act).toHaveBeenCalledWith(7, 'undo');
    expect(screen.getByText('Solid electrolytes')).toBeTruthy();
  });
  it('offers nothing to a viewer', () => {
    render(inApp(<EventLine event={event} act={vi.fn()} />, ['viewer']));
    expect(screen.queryByRole('button')).toBeNull();
  });
});

describe('Loaded', () => {
  it('says why when it failed, and what to do when it is not there', () => {
    const query = (error: Error | null) => ({ data: undefined, error, isPending: false });
    const { rerender } = render(<Loaded query={query(new ApiError(500, { detail: 'disk full' }))}>{() => null}</Loaded>);
    expect(screen.getByText('disk full')).toBeTruthy();
    rerender(<Loaded query={query(new ApiError(404, {}))} absent={<Empty title="run first" />}>{() => null}</Loaded>);
    expect(screen.getByRole('heading', { name: 'run first' })).toBeTruthy();
  });
});

it('the language switch reaches what is on screen', async () => {
  await setLanguage('zh');
  render(inApp(<EventLine event={event} act={vi.fn()} />));
  expect(await screen.findByText(zh['judge.kind.rename'])).toBeTruthy();
  await setLanguage('en');
  expect(await screen.findByText(en['judge.kind.rename'])).toBeTruthy();
});

it('Highlight marks whole terms whatever their case, and nothing else', () => {
  const { container } = render(<p><Highlight text="Soft Robots and a robot arm (3.5)" terms={['soft robots', '3.5']} /></p>);
  expect([...container.querySelectorAll('mark')].map((m) => m.textContent)).toEqual(['Soft Robots', '3.5']);
  expect(container.textContent).toBe('Soft Robots and a robot arm (3.5)');
});
