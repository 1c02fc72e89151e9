-- Files read in: a run, its rows as they stand in the file (sealed), what was
-- found in each, and what the run wrote because of it.

CREATE TABLE import_run (
  division_id INTEGER NOT NULL REFERENCES division (division_id),
  id BYTES NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('students', 'contacts', 'enrolments', 'staff', 'schools')),
  file_name TEXT NOT NULL,
  file_hash BYTES NOT NULL,
  source TEXT NOT NULL,
  mapping TEXT NOT NULL,
  tells BOOLEAN NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('reading', 'read', 'checking', 'checked', 'running', 'applied', 'undoing', 'undone')),
  done_to INTEGER NOT NULL,
  worker TEXT NOT NULL,
  worker_until BIGINT NOT NULL,
  rows_total INTEGER NOT NULL,
  rows_new INTEGER NOT NULL,
  rows_changed INTEGER NOT NULL,
  rows_same INTEGER NOT NULL,
  rows_refused INTEGER NOT NULL,
  rows_skipped INTEGER NOT NULL,
  rows_noted INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  applied_at BIGINT,
  undone_at BIGINT,
  cleared_at BIGINT,
  PRIMARY KEY (division_id, id)
);

CREATE TABLE import_row (
  division_id INTEGER NOT NULL,
  import_id BYTES NOT NULL,
  row_number INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('read', 'new', 'changed', 'same', 'problem', 'skipped')),
  is_done BOOLEAN NOT NULL,
  is_noted BOOLEAN NOT NULL,
  row_key BYTES,
  cells BYTES NOT NULL,
  findings TEXT NOT NULL,
  touched TEXT NOT NULL,
  PRIMARY KEY (division_id, import_id, row_number),
  FOREIGN KEY (division_id, import_id) REFERENCES import_run (division_id, id)
);
CREATE INDEX import_row_outcome ON import_row (division_id, import_id, outcome, row_number);
CREATE INDEX import_row_key ON import_row (division_id, import_id, row_key);

CREATE TABLE import_mapping (
  division_id INTEGER NOT NULL REFERENCES division (division_id),
  id BYTES NOT NULL,
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  column_map TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (division_id, id)
);
CREATE UNIQUE INDEX import_mapping_label ON import_mapping (division_id, label);
