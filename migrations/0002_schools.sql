CREATE TABLE authority (
  division_id INTEGER NOT NULL REFERENCES division (division_id),
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (division_id, code)
);

CREATE TABLE school (
  division_id INTEGER NOT NULL REFERENCES division (division_id),
  id BYTES NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  authority_code TEXT NOT NULL,
  street TEXT NOT NULL,
  city TEXT NOT NULL,
  postal_code TEXT NOT NULL,
  phone TEXT NOT NULL,
  lowest_grade TEXT NOT NULL,
  highest_grade TEXT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (division_id, id),
  FOREIGN KEY (division_id, authority_code) REFERENCES authority (division_id, code)
);
CREATE UNIQUE INDEX school_code ON school (division_id, code);

CREATE TABLE school_calendar (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  school_id BYTES NOT NULL,
  school_year INTEGER NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (division_id, id),
  FOREIGN KEY (division_id, school_id) REFERENCES school (division_id, id)
);
CREATE UNIQUE INDEX school_calendar_year ON school_calendar (division_id, school_id, school_year);

CREATE TABLE calendar_closure (
  division_id INTEGER NOT NULL,
  calendar_id BYTES NOT NULL,
  closed_on TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (division_id, calendar_id, closed_on),
  FOREIGN KEY (division_id, calendar_id) REFERENCES school_calendar (division_id, id)
);
