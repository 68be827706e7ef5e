import createClient from 'openapi-fetch'

import type { components, paths } from './schema'
import { send } from './send'

/** The API with the types of its own description. */
export const http = createClient<paths>({ baseUrl: location.origin, fetch: send })

export type Schemas = components['schemas']
