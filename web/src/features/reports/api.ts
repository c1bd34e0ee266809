import { useApi } from '../../shared/api/client';
import type { components } from '../../shared/api/schema';

type Schemas = components['schemas'];
export type Report = Schemas['Report'];
export type Template = Schemas['ReportTemplate'];
export type Issue = Schemas['Issue'];
export type Difference = Schemas['IssueDifference'];
export type Schedule = Schemas['Schedule'];

export const useReports = (ws: string) => useApi<Schemas['ReportPage']>(`/w/${ws}/reports`, { limit: 200 });
export const useTemplates = (ws: string) => useApi<Schemas['ReportTemplatePage']>(`/w/${ws}/report-templates`, { limit: 200 });
export const useIssues = (ws: string) => useApi<Schemas['IssuePage']>(`/w/${ws}/issues`, { limit: 200 });
export const useDifference = (ws: string, id: string) => useApi<Difference>(id ? `/w/${ws}/issues/${encodeURIComponent(id)}/difference` : null);
export const useScheduleLog = (ws: string) => useApi<Schemas['ScheduleRunPage']>(`/w/${ws}/schedules/log`, { limit: 100 });
export const useSchedules = (ws: string) => useApi<Schemas['SchedulePage']>(`/w/${ws}/schedules`, { limit: 200 });
