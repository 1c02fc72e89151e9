-- The catalogue of courses of a division. A list is its values with commas between.
CREATE TABLE course (
  division_id INTEGER NOT NULL REFERENCES division (division_id),
  id BYTES NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  is_provincial BOOLEAN NOT NULL,
  credits TEXT NOT NULL,
  lowest_grade TEXT NOT NULL,
  highest_grade TEXT NOT NULL,
  first_year INTEGER,
  last_year INTEGER,
  prerequisites TEXT NOT NULL,
  delivery TEXT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (division_id, id)
);
CREATE UNIQUE INDEX course_code ON course (division_id, code);

-- A class that meets: of one course, or of several that sit together.
CREATE TABLE section (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  school_id BYTES NOT NULL,
  school_year INTEGER NOT NULL,
  number TEXT NOT NULL,
  term_id BYTES,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  room TEXT NOT NULL,
  capacity INTEGER,
  state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
  version BIGINT NOT NULL,
  PRIMARY KEY (division_id, id),
  FOREIGN KEY (division_id, school_id) REFERENCES school (division_id, id)
);
CREATE UNIQUE INDEX section_number ON section (division_id, school_id, school_year, number);

CREATE TABLE section_course (
  division_id INTEGER NOT NULL,
  section_id BYTES NOT NULL,
  course_id BYTES NOT NULL,
  PRIMARY KEY (division_id, section_id, course_id),
  FOREIGN KEY (division_id, section_id) REFERENCES section (division_id, id),
  FOREIGN KEY (division_id, course_id) REFERENCES course (division_id, id)
) CLUSTERED;

-- Who teaches it, from when until when; what was said in error is removed and stays readable.
CREATE TABLE section_staff (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  section_id BYTES NOT NULL,
  account_id BYTES NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('lead', 'co', 'substitute')),
  from_date TEXT NOT NULL,
  until_date TEXT,
  removed_at BIGINT,
  version BIGINT NOT NULL,
  PRIMARY KEY (division_id, id),
  FOREIGN KEY (division_id, section_id) REFERENCES section (division_id, id),
  FOREIGN KEY (division_id, account_id) REFERENCES account (division_id, id)
);
CREATE INDEX section_staff_section ON section_staff (division_id, section_id);
CREATE INDEX section_staff_account ON section_staff (division_id, account_id);

-- When it meets: a day of the cycle and a period of that day.
CREATE TABLE section_meeting (
  division_id INTEGER NOT NULL,
  section_id BYTES NOT NULL,
  cycle_day INTEGER NOT NULL,
  period INTEGER NOT NULL,
  PRIMARY KEY (division_id, section_id, cycle_day, period),
  FOREIGN KEY (division_id, section_id) REFERENCES section (division_id, id)
) CLUSTERED;

-- A student in a section; two times, as in 0003. Who waits has a place in the queue, from 1.
CREATE TABLE course_enrolment (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  version BIGINT NOT NULL,
  known_from BIGINT NOT NULL,
  known_to BIGINT,
  known_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  student_id BYTES NOT NULL,
  section_id BYTES NOT NULL,
  from_date TEXT NOT NULL,
  until_date TEXT,
  state TEXT NOT NULL CHECK (state IN ('enrolled', 'waiting', 'in-error')),
  place INTEGER NOT NULL,
  PRIMARY KEY (division_id, id, version),
  FOREIGN KEY (division_id, student_id) REFERENCES student (division_id, id),
  FOREIGN KEY (division_id, section_id) REFERENCES section (division_id, id)
);
CREATE UNIQUE INDEX course_enrolment_now ON course_enrolment (division_id, id) WHERE known_to IS NULL;
CREATE INDEX course_enrolment_student ON course_enrolment (division_id, student_id, known_to);
CREATE INDEX course_enrolment_section ON course_enrolment (division_id, section_id, known_to);

-- What the province is told of a section beyond what the school itself says. A section without a row has the usual.
CREATE TABLE section_offering (
  division_id INTEGER NOT NULL,
  section_id BYTES NOT NULL,
  delivery_schedule TEXT NOT NULL,
  delivery_method TEXT NOT NULL,
  language TEXT NOT NULL,
  -- Empty for the term that the days of the section say.
  term TEXT NOT NULL,
  credits INTEGER,
  minutes INTEGER,
  version BIGINT NOT NULL,
  PRIMARY KEY (division_id, section_id),
  FOREIGN KEY (division_id, section_id) REFERENCES section (division_id, id)
) CLUSTERED;

-- What the province is told of a course enrolment beyond its days. One without a row has what the section says.
CREATE TABLE course_enrolment_claim (
  division_id INTEGER NOT NULL,
  course_enrolment_id BYTES NOT NULL,
  course_id BYTES,
  credits INTEGER,
  is_waived BOOLEAN NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (division_id, course_enrolment_id)
) CLUSTERED;

-- A course that a student asked for at a school for a year; two times, as in 0003. Rank 1 is wanted most. One may
-- stand in for another.
CREATE TABLE course_request (
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
  course_id BYTES NOT NULL,
  rank INTEGER NOT NULL,
  instead_of BYTES,
  state TEXT NOT NULL CHECK (state IN ('asked', 'withdrawn')),
  PRIMARY KEY (division_id, id, version),
  FOREIGN KEY (division_id, student_id) REFERENCES student (division_id, id),
  FOREIGN KEY (division_id, school_id) REFERENCES school (division_id, id),
  FOREIGN KEY (division_id, course_id) REFERENCES course (division_id, id)
);
CREATE UNIQUE INDEX course_request_now ON course_request (division_id, id) WHERE known_to IS NULL;
CREATE INDEX course_request_student ON course_request (division_id, student_id, known_to);
CREATE INDEX course_request_school ON course_request (division_id, school_id, school_year, known_to);

-- One run of the automatic loader: what it was asked, what it saw, what it planned, as JSON.
CREATE TABLE course_load (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  school_id BYTES NOT NULL,
  school_year INTEGER NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  ask TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planning', 'planned', 'failed', 'applying', 'applied', 'undoing', 'undone')),
  ground TEXT NOT NULL,
  plan TEXT NOT NULL,
  done INTEGER NOT NULL,
  made_at BIGINT NOT NULL,
  made_by TEXT NOT NULL,
  worked_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (division_id, id),
  FOREIGN KEY (division_id, school_id) REFERENCES school (division_id, id)
);
CREATE INDEX course_load_school ON course_load (division_id, school_id, school_year);

-- On which days a section brings an account and a student together, as the sections say. What permits ask is
-- access_tie, which holds the same days cut to those on which the student is at the school.
CREATE TABLE access_class (
  division_id INTEGER NOT NULL,
  tie_id BYTES NOT NULL,
  student_id BYTES NOT NULL,
  from_date TEXT NOT NULL,
  until_date TEXT NOT NULL,
  account_id BYTES NOT NULL,
  school_id BYTES NOT NULL,
  PRIMARY KEY (division_id, tie_id, student_id, from_date)
) CLUSTERED;
CREATE INDEX access_class_student ON access_class (division_id, student_id);
