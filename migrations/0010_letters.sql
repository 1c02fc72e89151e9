-- Letters about attendance: when one is due, what it says, and what was sent.

-- Dated. A school without rows goes by the division's; the division without rows by what the program holds.
CREATE TABLE attendance_letter_plan (
  division_id INTEGER NOT NULL,
  owner TEXT NOT NULL,
  version BIGINT NOT NULL,
  valid_from TEXT NOT NULL,
  kinds TEXT NOT NULL,
  half_days TEXT NOT NULL,
  periods TEXT NOT NULL,
  language TEXT NOT NULL,
  set_at BIGINT NOT NULL,
  set_by TEXT NOT NULL,
  PRIMARY KEY (division_id, owner, version)
);

-- The highest version is what letters in the language say from now on.
CREATE TABLE attendance_letter_text (
  division_id INTEGER NOT NULL,
  language TEXT NOT NULL,
  version BIGINT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  closing TEXT NOT NULL,
  set_at BIGINT NOT NULL,
  set_by TEXT NOT NULL,
  PRIMARY KEY (division_id, language, version)
);

-- Letters that were made together.
CREATE TABLE attendance_letter_batch (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  school_id BYTES NOT NULL,
  school_year INTEGER NOT NULL,
  letters INTEGER NOT NULL,
  made_at BIGINT NOT NULL,
  made_by TEXT NOT NULL,
  mailed_at BIGINT,
  mailed_by TEXT NOT NULL,
  undone_at BIGINT,
  undone_by TEXT NOT NULL,
  PRIMARY KEY (division_id, id),
  FOREIGN KEY (division_id, school_id) REFERENCES school (division_id, id)
);
CREATE INDEX attendance_letter_batch_school ON attendance_letter_batch (division_id, school_id, id);

-- `stated` are the absences by which it was due, `content` is what was printed.
CREATE TABLE attendance_letter (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  batch_id BYTES NOT NULL,
  position INTEGER NOT NULL,
  school_id BYTES NOT NULL,
  student_id BYTES NOT NULL,
  school_year INTEGER NOT NULL,
  unit TEXT NOT NULL CHECK (unit IN ('half-days', 'periods')),
  step INTEGER NOT NULL,
  addressee_key TEXT NOT NULL,
  addressee TEXT NOT NULL,
  language TEXT NOT NULL,
  stated TEXT NOT NULL,
  content TEXT NOT NULL,
  undone_at BIGINT,
  PRIMARY KEY (division_id, id),
  FOREIGN KEY (division_id, student_id) REFERENCES student (division_id, id),
  FOREIGN KEY (division_id, batch_id) REFERENCES attendance_letter_batch (division_id, id)
);
CREATE INDEX attendance_letter_student ON attendance_letter (division_id, student_id, school_year);
CREATE INDEX attendance_letter_of ON attendance_letter (division_id, batch_id, position);
CREATE INDEX attendance_letter_school ON attendance_letter (division_id, school_id, school_year);
CREATE UNIQUE INDEX attendance_letter_once ON attendance_letter (division_id, student_id, school_id, school_year, unit, step, addressee_key) WHERE undone_at IS NULL;
