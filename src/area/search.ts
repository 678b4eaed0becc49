/** The form in which names are searched. Pure. */

/** Lower case without tone marks: how names are searched, and never how they are joined. */
export function searchForm(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase().trim();
}
