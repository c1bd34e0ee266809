import { get, send, sendBytes, useApi } from '../../shared/api/client';
import { isOpen, startJob, type Job } from '../../shared/api/jobs';
import type { components } from '../../shared/api/schema';

type Schemas = components['schemas'];
export type Quality = Schemas['Quality'];

export const useQuality = (ws: string) => useApi<Quality>(`/w/${ws}/quality`);

export type Upload = Schemas['Upload'];

/** Sends a file in parts; parts that are there already (of an upload that was cut off) are not sent again. `announced` hears the id before the first part leaves. */
export async function uploadFile(ws: string, file: File, progress: (share: number) => void, announced: (id: string) => void, known = ''): Promise<Upload> {
  const base = `/w/${encodeURIComponent(ws)}/uploads`;
  const upload = known ? await get<Upload>(`${base}/${known}`) : await send<Upload>('POST', base, { name: file.name, bytes: file.size });
  announced(upload.id);
  if (upload.complete) return upload;
  const there = new Set(upload.parts);
  const parts = Math.max(0, Math.ceil(file.size / upload.part_bytes));
  for (let part = 0; part < parts; part += 1) {
    if (!there.has(part)) await sendBytes(`${base}/${upload.id}/parts/${part}`, file.slice(part * upload.part_bytes, Math.min(file.size, (part + 1) * upload.part_bytes)));
    progress((part + 1) / parts);
  }
  return send<Upload>('POST', `${base}/${upload.id}/complete`, {});
}

export type ImportPreview = Schemas['ImportPreview'];

/** What a file would give, seen by reading its beginning (and, unless it is large, all of it); nothing is written. */
export const previewUpload = (ws: string, upload: string, options: { format: string; mapping: string }): Promise<ImportPreview> =>
  send('POST', `/w/${encodeURIComponent(ws)}/imports/preview`, { upload, ...(options.format ? { format: options.format } : {}), ...(options.mapping ? { mapping: options.mapping } : {}) });

export const removeUpload = (ws: string, upload: string): Promise<void> => send('DELETE', `/w/${encodeURIComponent(ws)}/uploads/${upload}`);

/** One file of the report of an import (or of a dry run of one), as `jianwei import --json`. */
export interface FileResult {
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
  rejects: { index: number; line: number; reason: string; reason_zh?: string }[];
  warnings: { code: string; message: string; count: number }[];
}

/** A large file read to its end without writing anything: a job, because it takes longer than a moment. */
export async function countUpload(ws: string, upload: string, options: { format: string; mapping: string }): Promise<FileResult[]> {
  let job = await startJob(ws, 'import', { uploads: [upload], dry_run: true, ...(options.format ? { format: options.format } : {}), ...(options.mapping ? { mapping: options.mapping } : {}) });
  while (isOpen(job)) {
    await new Promise((resolve) => setTimeout(resolve, 700));
    job = await get<Job>(`/jobs/${job.id}`);
  }
  if (job.state !== 'done') throw new Error(job.message);
  return (job.result as { files: FileResult[] }).files;
}
