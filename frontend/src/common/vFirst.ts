/** Where one begins to type has the focus as soon as it is there; the attribute `autofocus` works once a document only. */
export const vFirst = {
  mounted: (element: HTMLElement) => (element.querySelector<HTMLElement>('input, textarea') ?? element).focus(),
}
