import { say } from '@/words'

/** One thing the server found wrong, in the reader's language: which field, what, and what to do. */
export interface Fault {
  field: string
  code: string
  fault: string
  remedy: string
}

/** An answer that is an error, as the API writes every one of them. `more` holds what came beside the faults. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly faults: Fault[],
    readonly more: Record<string, unknown> = {},
  ) {
    super(faults.map((each) => each.fault).join('；') || String(status))
  }

  /** Fault and remedy in one line. */
  get sentence(): string {
    return this.faults.map(sentenceOf).join(' ')
  }
}

export function sentenceOf(fault: Fault): string {
  return [fault.fault, fault.remedy].filter(Boolean).join(say('common.stop'))
}

export function problemOf(status: number, body: unknown): Problem {
  const given = (body ?? {}) as Record<string, unknown>
  const { errors, status: _, ...more } = given
  const faults = Array.isArray(errors) ? (errors as Fault[]) : [unreadable(status)]
  return new Problem(status, faults, more)
}

/** No answer at all: the network is away. */
export function silence(): Problem {
  return new Problem(0, [{ field: '', code: 'no_answer', fault: say('common.noAnswer'), remedy: say('common.noAnswerRemedy') }])
}

function unreadable(status: number): Fault {
  return { field: '', code: 'unreadable', fault: say('common.unreadable', { status }), remedy: say('common.unreadableRemedy') }
}
