const MEASURES = /^([^，,；;]+)(?:[，,] ?[^，,；;]*\d\.\d{2}){3,}/

/** A reason that is the sum of many measures, beside others: its first number says enough, the whole of it stands with the bill. */
export const brief = (sentence: string): string => sentence.replace(MEASURES, '$1')
