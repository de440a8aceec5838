/** A reference that stands beside another name now: a married name, or another person who was given a number used before. */
export const sql = /* sql */ `
alter table guardian add column renamed_at timestamptz;
`;
