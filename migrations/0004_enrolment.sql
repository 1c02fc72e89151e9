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
