-- School enrolments and responsible schools; two times, as in 0003.

CREATE TABLE enrolment (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  version BIGINT NOT NULL,
  known_from BIGINT NOT NULL,
  known_to BIGINT,
  known_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  student_id BYTES NOT NULL,
  school_id BYTES NOT NULL,
  school_year INTEGER NOT NULL,
  grade TEXT NOT NULL,
  homeroom TEXT NOT NULL,
  start_on TEXT NOT NULL,
  exit_on TEXT,
  exit_kind TEXT CHECK (exit_kind IN ('CompletionDate', 'WithdrawalDate')),
  programming_type TEXT NOT NULL,
  programming_timeframe TEXT NOT NULL,
  program_percentage INTEGER,
  instruction_hours INTEGER,
  operating_schedule TEXT,
  source_change TEXT,
  resident_board TEXT,
  francophone_board TEXT,
  indigenous_declaration TEXT,
  french_hours INTEGER,
  type_codes TEXT NOT NULL,
  exception_codes TEXT NOT NULL,
  grants_codes TEXT NOT NULL,
  deletion TEXT CHECK (deletion IN ('never-attended', 'created-in-error')),
  PRIMARY KEY (division_id, id, version),
  FOREIGN KEY (division_id, student_id) REFERENCES student (division_id, id),
  FOREIGN KEY (division_id, school_id) REFERENCES school (division_id, id)
);
CREATE UNIQUE INDEX enrolment_now ON enrolment (division_id, id) WHERE known_to IS NULL;
CREATE INDEX enrolment_student ON enrolment (division_id, student_id, id);
CREATE INDEX enrolment_school ON enrolment (division_id, school_id, school_year, known_to);

CREATE TABLE responsible_school (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  version BIGINT NOT NULL,
  known_from BIGINT NOT NULL,
  known_to BIGINT,
  known_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  student_id BYTES NOT NULL,
  effective_on TEXT NOT NULL,
  has_school TEXT NOT NULL CHECK (has_school IN ('Yes', 'No', 'Unknown')),
  school_code TEXT NOT NULL,
  school_name TEXT NOT NULL,
  city TEXT NOT NULL,
  province TEXT NOT NULL,
  country TEXT NOT NULL,
  transition_reason TEXT NOT NULL,
  is_deleted BOOLEAN NOT NULL,
  PRIMARY KEY (division_id, id, version),
  FOREIGN KEY (division_id, student_id) REFERENCES student (division_id, id)
);
CREATE UNIQUE INDEX responsible_school_now ON responsible_school (division_id, id) WHERE known_to IS NULL;
CREATE INDEX responsible_school_student ON responsible_school (division_id, student_id, id);

-- One change to many students: what, why, by whom, how far it is.
CREATE TABLE mass_update (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  account_id BYTES NOT NULL,
  made_by TEXT NOT NULL,
  change TEXT NOT NULL,
  reason TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('chosen', 'preparing', 'ready', 'applying', 'stopped', 'done', 'undoing', 'undone')),
  runner TEXT NOT NULL,
  leased_until BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  applied_at BIGINT,
  undone_at BIGINT,
  PRIMARY KEY (division_id, id),
  FOREIGN KEY (division_id, account_id) REFERENCES account (division_id, id)
);
CREATE INDEX mass_update_account ON mass_update (division_id, account_id, created_at);

-- What becomes of each of its students. The versions lead to the history, which holds old and new.
CREATE TABLE mass_row (
  division_id INTEGER NOT NULL,
  batch_id BYTES NOT NULL,
  row_number INTEGER NOT NULL,
  student_id BYTES NOT NULL,
  enrolment_id BYTES,
  school_id BYTES,
  grade TEXT NOT NULL,
  exception TEXT NOT NULL,
  seen_version BIGINT NOT NULL,
  made_version BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'will', 'same', 'refused', 'done', 'stale', 'undone', 'kept', 'left-out')),
  old_value TEXT NOT NULL,
  new_value TEXT NOT NULL,
  findings TEXT NOT NULL,
  PRIMARY KEY (division_id, batch_id, row_number),
  FOREIGN KEY (division_id, batch_id) REFERENCES mass_update (division_id, id),
  FOREIGN KEY (division_id, student_id) REFERENCES student (division_id, id)
);
CREATE INDEX mass_row_student ON mass_row (division_id, student_id);
CREATE INDEX mass_row_state ON mass_row (division_id, batch_id, state, row_number);
