import type { components } from '../../shared/api/schema';

export type Emerging = components['schemas']['Leader'];
