import { useRef, useState } from 'react';
import { countUpload, previewUpload, removeUpload, uploadFile } from './api';
import { mappingOf, newEntry, type Entry } from './import_model';

/** The files of the wizard: each is sent in parts, looked at by the server, and looked at again when somebody changes how it shall be read. */
export function useEntries(ws: string): {
  entries: Entry[];
  take: (file: File) => void;
  again: (entry: Entry) => void;
  change: (entry: Entry, change: Partial<Entry>) => void;
  countAll: (entry: Entry) => void;
  drop: (entry: Entry) => void;
  clear: () => void;
} {
  const [entries, setEntries] = useState<Entry[]>([]);
  const looks = useRef(new Map<string, number>());
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  const put = (key: string, change: Partial<Entry>) => setEntries((all) => all.map((entry) => (entry.key === key ? { ...entry, ...change } : entry)));

  // Of several looks at a file only the last one counts.
  const look = async (entry: Entry): Promise<void> => {
    const turn = (looks.current.get(entry.key) ?? 0) + 1;
    looks.current.set(entry.key, turn);
    const answer = (change: Partial<Entry>) => {
      if (looks.current.get(entry.key) === turn) put(entry.key, { checking: false, ...change });
    };
    put(entry.key, { checking: true, error: '', counted: null });
    try {
      answer({ preview: await previewUpload(ws, entry.upload, { format: entry.format, mapping: mappingOf(entry) }) });
    } catch (error) {
      answer({ error: (error as Error).message });
    }
  };

  const send = async (entry: Entry): Promise<void> => {
    let id = entry.upload;
    put(entry.key, { error: '' });
    try {
      await uploadFile(ws, entry.file, (progress) => put(entry.key, { progress }), (upload) => { id = upload; put(entry.key, { upload }); }, id);
      put(entry.key, { progress: 1 });
      await look({ ...entry, upload: id });
    } catch (error) {
      put(entry.key, { error: (error as Error).message });
    }
  };

  return {
    entries,
    take: (file) => {
      const entry = newEntry(file);
      setEntries((all) => (all.some((one) => one.key === entry.key) ? all : [...all, entry]));
      if (!entries.some((one) => one.key === entry.key)) void send(entry);
    },
    again: (entry) => void (entry.progress < 1 ? send(entry) : look(entry)),
    change: (entry, change) => {
      const next = { ...entry, ...change };
      put(entry.key, change);
      clearTimeout(timers.current.get(entry.key));
      timers.current.set(entry.key, setTimeout(() => void look(next), 350));
    },
    countAll: (entry) => {
      put(entry.key, { checking: true, error: '' });
      countUpload(ws, entry.upload, { format: entry.format, mapping: mappingOf(entry) }).then(
        (counted) => put(entry.key, { checking: false, counted }),
        (error: Error) => put(entry.key, { checking: false, error: error.message }),
      );
    },
    drop: (entry) => {
      setEntries((all) => all.filter((one) => one.key !== entry.key));
      if (entry.upload) removeUpload(ws, entry.upload).catch(() => undefined);
    },
    clear: () => setEntries([]),
  };
}
