import { get, send, sendBytes, useApi } from '../../shared/api/client';
import { isOpen, startJob, type Job } from '../../shared/api/jobs';
import type { components } from '../../shared/api/schema';

type Schemas = components['schemas'];
export type Quality = Schemas['Quality'];
export type Overview = Schemas['Overview'];

export const useQuality = (ws: string) => useApi<Quality>(`/w/${ws}/quality`);

export const useOverview = (ws: string) => useApi<Overview>(`/w/${ws}/overview`);

export interface Upload {
  id: string;
  name: string;
  bytes: number;
  part_bytes: number;
  part_count: number;
  complete: boolean;
  parts: number[];
}

/** Sends a file in parts; parts that are there already (of an upload that was cut off) are not sent again. */
export async function uploadFile(ws: string, file: File, progress: (share: number) => void, known?: string): Promise<Upload> {
  const base = `/w/${encodeURIComponent(ws)}/uploads`;
  const upload = known ? await get<Upload>(`${base}/${known}`) : await send<Upload>('POST', base, { name: file.name, bytes: file.size });
  const there = new Set(upload.parts ?? []);
  const parts = Math.max(0, Math.ceil(file.size / upload.part_bytes));
  for (let part = 0; part < parts; part += 1) {
    if (!there.has(part)) await sendBytes(`${base}/${upload.id}/parts/${part}`, file.slice(part * upload.part_bytes, Math.min(file.size, (part + 1) * upload.part_bytes)));
    progress((part + 1) / parts);
  }
  return send<Upload>('POST', `${base}/${upload.id}/complete`, {});
}

export interface FilePreview {
  path: string;
  format: string;
  encoding: string;
  read: number;
  kept: number;
  rejected: number;
  updated: number;
  duplicates: number;
  fields: Record<string, number>;
  failed: boolean | string;
  rejects: { index: number; line: number; reason: string }[];
  warnings: { code: string; message: string; count: number }[];
}

/** The import as it would be, without writing anything: a dry run, which is a job as the import itself is. */
export async function previewImport(ws: string, upload: string): Promise<FilePreview[]> {
  let job = await startJob(ws, 'import', { uploads: [upload], dry_run: true });
  while (isOpen(job)) {
    await new Promise((resolve) => setTimeout(resolve, 400));
    job = await get<Job>(`/jobs/${job.id}`);
  }
  if (job.state !== 'done') throw new Error(job.message);
  return (job.result as { files: FilePreview[] }).files;
}
