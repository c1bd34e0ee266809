import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useUrlValue } from './url_state';

/** A number that opens the documents it counts. `docs` is the id of a topic, term, actor, ... with an optional year: "topic-12.2020". */
export function NumberLink({ docs, children }: { docs: string; children: ReactNode }) {
  const { t } = useTranslation();
  const [, open] = useUrlValue('docs');
  return (
    <button
      type="button"
      className="number-link"
      title={t('action.open_documents')}
      onClick={(event) => {
        event.stopPropagation();
        open(docs);
      }}
    >
      {children}
    </button>
  );
}
