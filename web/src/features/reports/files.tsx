import { DownloadOutlined, FileExcelOutlined, FileImageOutlined, FilePdfOutlined, FilePptOutlined, FileTextOutlined, FileWordOutlined } from '@ant-design/icons';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { bytes } from '../../shared/format';
import { useWorkspace } from '../../shared/workspace';

const icons: Record<string, React.ReactNode> = { pdf: <FilePdfOutlined />, docx: <FileWordOutlined />, pptx: <FilePptOutlined />, xlsx: <FileExcelOutlined />, svg: <FileImageOutlined />, png: <FileImageOutlined /> };

export const useFileHref = (): ((id: string, name: string) => string) => {
  const ws = useWorkspace();
  return (id, name) => `/api/v1${ws.api(`/reports/${encodeURIComponent(id)}/${encodeURIComponent(name)}`)}`;
};

/** The files of a report or an issue: pages open and can be saved as well, the others are saved. */
export function ReportFiles({ id, files }: { id: string; files: { name: string; bytes?: number }[] }) {
  const { t } = useTranslation();
  const href = useFileHref();
  return (
    <div className="chips">
      {files
        .filter((file) => !file.name.endsWith('.json'))
        .map((file) => {
          const ending = file.name.split('.').at(-1) ?? '';
          const page = ending === 'html';
          return (
            <Fragment key={file.name}>
              <a className="chip" href={href(id, file.name)} target={page ? '_blank' : undefined} rel="noreferrer" download={page ? undefined : file.name}>
                {icons[ending] ?? <FileTextOutlined />} {ending.toUpperCase()} {file.bytes ? <span className="muted">{bytes(file.bytes)}</span> : null}
              </a>
              {page ? <a className="chip" href={href(id, file.name)} download={file.name} aria-label={`${t('figure.download')} ${ending.toUpperCase()}`}><DownloadOutlined /></a> : null}
            </Fragment>
          );
        })}
    </div>
  );
}
