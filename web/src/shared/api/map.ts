import { useQuery } from '@tanstack/react-query';
import { getBytes, useApi } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type MapTopic = Schemas['MapTopic'];
export type MapInfo = Schemas['Map'];

export interface MapPoints {
  n: number;
  x: Float32Array;
  y: Float32Array;
  topic: Uint16Array;
  year: Int16Array;
  kind: Uint8Array;
  language: Uint8Array;
  source: Uint8Array;
}

/** "JWM1", u32 n, f32 x[n], f32 y[n], u16 topic[n] (65535 none), i16 year[n], u8 kind[n], u8 language[n], u8 source[n]; little endian. */
export function readMapPoints(buffer: ArrayBuffer): MapPoints {
  const view = new DataView(buffer);
  const magic = String.fromCharCode(view.getUint8(0), view.getUint8(1), view.getUint8(2), view.getUint8(3));
  if (magic !== 'JWM1') throw new Error(`not a map: "${magic}"`);
  const n = view.getUint32(4, true);
  if (buffer.byteLength < 8 + 15 * n) throw new Error(`a map of ${n} points needs ${8 + 15 * n} bytes, ${buffer.byteLength} came`);
  let at = 8;
  const take = (bytes: number): number => {
    const start = at;
    at += bytes * n;
    return start;
  };
  return {
    n,
    x: new Float32Array(buffer, take(4), n),
    y: new Float32Array(buffer, take(4), n),
    topic: new Uint16Array(buffer, take(2), n),
    year: new Int16Array(buffer, take(2), n),
    kind: new Uint8Array(buffer, take(1), n),
    language: new Uint8Array(buffer, take(1), n),
    source: new Uint8Array(buffer, take(1), n),
  };
}

export const useMap = (ws: string) => useApi<MapInfo>(`/w/${ws}/map`);

export const useMapPoints = (ws: string) =>
  useQuery<MapPoints, Error>({ queryKey: [`/w/${ws}/map/points`], staleTime: Infinity, gcTime: 120_000, queryFn: async ({ signal }) => readMapPoints(await getBytes(`/w/${ws}/map/points`, signal)) });
