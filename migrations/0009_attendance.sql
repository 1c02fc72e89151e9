-- Attendance: what a school's codes are, the rolls that were taken, and the marks, each with the versions before it.
-- Whoever has no mark in a roll that was taken was present.

-- Codes are dated. A school without rows goes by the set that the program holds.
CREATE TABLE attendance_code (
  division_id INTEGER NOT NULL,
  school_id BYTES NOT NULL,
  letter TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT,
  position INTEGER NOT NULL,
  label_en TEXT NOT NULL,
  label_fr TEXT NOT NULL,
  meaning TEXT NOT NULL CHECK (meaning IN ('present', 'unexplained', 'unauthorized', 'authorized', 'late', 'activity')),
  PRIMARY KEY (division_id, school_id, letter, valid_from),
  FOREIGN KEY (division_id, school_id) REFERENCES school (division_id, id)
);

CREATE TABLE attendance_setting (
  division_id INTEGER NOT NULL,
  school_id BYTES NOT NULL,
  mode TEXT NOT NULL CHECK (mode IN ('daily', 'period', 'both')),
  teacher_days INTEGER NOT NULL,
  closed_until TEXT,
  version BIGINT NOT NULL,
  PRIMARY KEY (division_id, school_id),
  FOREIGN KEY (division_id, school_id) REFERENCES school (division_id, id)
);

-- The key leads a roll, a board and a day of a school to rows that lie side by side.
CREATE TABLE attendance_mark (
  division_id INTEGER NOT NULL,
  school_id BYTES NOT NULL,
  on_date TEXT NOT NULL,
  slot TEXT NOT NULL,
  student_id BYTES NOT NULL,
  version BIGINT NOT NULL,
  known_from BIGINT NOT NULL,
  known_to BIGINT,
  known_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  letter TEXT NOT NULL,
  meaning TEXT NOT NULL CHECK (meaning IN ('present', 'unexplained', 'unauthorized', 'authorized', 'late', 'activity')),
  minutes INTEGER,
  comment TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('teacher', 'office', 'family')),
  range_id BYTES,
  PRIMARY KEY (division_id, school_id, on_date, slot, student_id, version),
  FOREIGN KEY (division_id, student_id) REFERENCES student (division_id, id)
) CLUSTERED;
CREATE INDEX attendance_mark_student ON attendance_mark (division_id, student_id, on_date);

-- Each submission is a row; the highest version says who took the roll last.
CREATE TABLE attendance_roll (
  division_id INTEGER NOT NULL,
  school_id BYTES NOT NULL,
  on_date TEXT NOT NULL,
  slot TEXT NOT NULL,
  group_key TEXT NOT NULL,
  version BIGINT NOT NULL,
  submission BYTES NOT NULL,
  taken_at BIGINT NOT NULL,
  taken_by TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('teacher', 'office', 'family')),
  students INTEGER NOT NULL,
  PRIMARY KEY (division_id, school_id, on_date, slot, group_key, version),
  FOREIGN KEY (division_id, school_id) REFERENCES school (division_id, id)
) CLUSTERED;

-- Calls about an absence.
CREATE TABLE attendance_call (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  school_id BYTES NOT NULL,
  student_id BYTES NOT NULL,
  on_date TEXT NOT NULL,
  called_at BIGINT NOT NULL,
  called_by TEXT NOT NULL,
  spoke_with TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('reached', 'message', 'no-answer', 'wrong-number')),
  note TEXT NOT NULL,
  PRIMARY KEY (division_id, id),
  FOREIGN KEY (division_id, student_id) REFERENCES student (division_id, id)
);
CREATE INDEX attendance_call_student ON attendance_call (division_id, student_id);
CREATE INDEX attendance_call_day ON attendance_call (division_id, school_id, on_date);

-- Who came late to the desk, and who left before the end.
CREATE TABLE attendance_desk (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  school_id BYTES NOT NULL,
  student_id BYTES NOT NULL,
  on_date TEXT NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
  minute_of_day INTEGER NOT NULL,
  reason TEXT NOT NULL,
  noted_at BIGINT NOT NULL,
  noted_by TEXT NOT NULL,
  PRIMARY KEY (division_id, id),
  FOREIGN KEY (division_id, student_id) REFERENCES student (division_id, id)
);
CREATE INDEX attendance_desk_student ON attendance_desk (division_id, student_id);
CREATE INDEX attendance_desk_day ON attendance_desk (division_id, school_id, on_date);

-- One entry for many students and days, which can be taken back.
CREATE TABLE attendance_range (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  school_id BYTES NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  letter TEXT NOT NULL,
  comment TEXT NOT NULL,
  marks INTEGER NOT NULL,
  made_at BIGINT NOT NULL,
  made_by TEXT NOT NULL,
  undone_at BIGINT,
  undone_by TEXT NOT NULL,
  PRIMARY KEY (division_id, id),
  FOREIGN KEY (division_id, school_id) REFERENCES school (division_id, id)
);
CREATE INDEX attendance_range_school ON attendance_range (division_id, school_id, id);

-- A class on a day is found without walking through its school.
CREATE INDEX enrolment_homeroom ON enrolment (division_id, school_id, homeroom, known_to);
