CREATE TABLE import_run (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  kind TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_hash BYTES NOT NULL,
  mapping TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('checked', 'running', 'applied', 'undone')),
  rows_total INTEGER NOT NULL,
  rows_new INTEGER NOT NULL,
  rows_changed INTEGER NOT NULL,
  rows_same INTEGER NOT NULL,
  rows_refused INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  applied_at BIGINT,
  undone_at BIGINT,
  PRIMARY KEY (division_id, id)
);

CREATE TABLE import_row (
  division_id INTEGER NOT NULL,
  import_id BYTES NOT NULL,
  row_number INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  label TEXT NOT NULL,
  fields TEXT NOT NULL,
  findings TEXT NOT NULL,
  touched TEXT NOT NULL,
  PRIMARY KEY (division_id, import_id, row_number),
  FOREIGN KEY (division_id, import_id) REFERENCES import_run (division_id, id)
);
CREATE INDEX import_row_outcome ON import_row (division_id, import_id, outcome, row_number);

CREATE TABLE import_mapping (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  column_map TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (division_id, id)
);
