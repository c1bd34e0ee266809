import { SearchOutlined } from '@ant-design/icons';
import { Input, Modal } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useApi } from '../shared/api/client';
import { count } from '../shared/format';
import { labelOf, type Labelled } from '../shared/labels';
import { useWorkspace } from '../shared/workspace';

interface Hit {
  key: string;
  kind: string;
  label: string;
  note: string;
  to: string;
}

interface Named {
  id: string;
  name: string;
  documents: number;
}

const settled = (text: string): string => text.trim().toLowerCase();

/** Ctrl-K: topics at once, then organisations, persons and documents; Enter opens, arrows choose. */
export function SearchPalette({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  const [chosen, setChosen] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(settled(text)), 200);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => setChosen(0), [asked]);

  const topics = useApi<{ items: (Labelled & { id: string; documents: number })[] }>(open ? ws.api('/topics') : null, { limit: 500 });
  const wanted = open && asked.length > 1;
  const organisations = useApi<{ items: Named[] }>(wanted ? ws.api('/organisations') : null, { q: asked, limit: 5 });
  const persons = useApi<{ items: Named[] }>(wanted ? ws.api('/persons') : null, { q: asked, limit: 5 });

  const hits = useMemo<Hit[]>(() => {
    const found: Hit[] = [];
    const q = settled(text);
    for (const topic of topics.data?.items ?? []) {
      const labels = [labelOf(topic, 'zh'), labelOf(topic, 'en')];
      if (q && !labels.some((label) => label.toLowerCase().includes(q))) continue;
      found.push({ key: topic.id, kind: 'topic', label: labelOf(topic), note: count(topic.documents), to: `/topics/${topic.id}` });
      if (found.length >= 6) break;
    }
    if (q) {
      for (const o of organisations.data?.items ?? []) found.push({ key: `o${o.id}`, kind: 'organisation', label: o.name, note: count(o.documents), to: `/organisations?q=${encodeURIComponent(o.name)}` });
      for (const p of persons.data?.items ?? []) found.push({ key: `p${p.id}`, kind: 'person', label: p.name, note: count(p.documents), to: `/persons?q=${encodeURIComponent(p.name)}` });
      found.push({ key: 'documents', kind: 'document', label: t('palette.documents', { text: text.trim() }), note: '↵', to: `/search?q=${encodeURIComponent(text.trim())}` });
    }
    return found;
  }, [text, topics.data, organisations.data, persons.data, t]);

  const go = (hit: Hit | undefined) => {
    if (!hit) return;
    void navigate(ws.page(hit.to));
    onClose();
    setText('');
  };

  return (
    <Modal open={open} onCancel={onClose} footer={null} closable={false} width={620} style={{ top: 90 }} styles={{ body: { padding: 0 } }} destroyOnHidden title={null} aria-label={t('header.search')}>
      <Input
        autoFocus
        size="large"
        variant="borderless"
        prefix={<SearchOutlined />}
        placeholder={t('palette.placeholder')}
        value={text}
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-hits"
        aria-activedescendant={hits[chosen] ? `hit-${chosen}` : undefined}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setChosen((c) => Math.min(hits.length - 1, c + 1));
          else if (event.key === 'ArrowUp') setChosen((c) => Math.max(0, c - 1));
          else if (event.key === 'Enter') go(hits[chosen] ?? hits.at(-1));
          else return;
          event.preventDefault();
        }}
      />
      <ul id="palette-hits" role="listbox" style={{ listStyle: 'none', margin: '8px 0 0', padding: 0, maxHeight: 420, overflowY: 'auto' }}>
        {hits.map((hit, i) => (
          <li
            key={hit.key}
            id={`hit-${i}`}
            role="option"
            aria-selected={i === chosen}
            onMouseEnter={() => setChosen(i)}
            onMouseDown={() => go(hit)}
            style={{ display: 'grid', gridTemplateColumns: '84px 1fr auto', gap: 10, padding: '9px 12px', borderRadius: 8, cursor: 'pointer', background: i === chosen ? 'var(--faint)' : undefined }}
          >
            <span className="muted small">{t(`palette.${hit.kind}`)}</span>
            <span style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>{hit.label}</span>
            <span className="muted num small">{hit.note}</span>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
