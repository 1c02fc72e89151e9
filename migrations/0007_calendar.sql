-- The teaching day of a school: kinds of closures, days that are not as the
-- others, terms, the cycle of days, bell schedules and when each is used.

ALTER TABLE calendar_closure ADD COLUMN kind TEXT NOT NULL DEFAULT 'other';

CREATE TABLE calendar_special_day (
  division_id INTEGER NOT NULL,
  calendar_id BYTES NOT NULL,
  on_day TEXT NOT NULL,
  is_early BOOLEAN NOT NULL,
  bell_id BYTES,
  cycle_day INTEGER,
  reason TEXT NOT NULL,
  PRIMARY KEY (division_id, calendar_id, on_day),
  FOREIGN KEY (division_id, calendar_id) REFERENCES school_calendar (division_id, id)
);

CREATE TABLE calendar_plan (
  division_id INTEGER NOT NULL,
  calendar_id BYTES NOT NULL,
  cycle_kind TEXT NOT NULL CHECK (cycle_kind IN ('weekday', 'days', 'weeks', 'terms')),
  cycle_length INTEGER NOT NULL,
  has_letters BOOLEAN NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (division_id, calendar_id),
  FOREIGN KEY (division_id, calendar_id) REFERENCES school_calendar (division_id, id)
);

CREATE TABLE calendar_term (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  calendar_id BYTES NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('semester', 'term', 'quarter')),
  name TEXT NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  PRIMARY KEY (division_id, id),
  FOREIGN KEY (division_id, calendar_id) REFERENCES school_calendar (division_id, id)
);
CREATE INDEX calendar_term_calendar ON calendar_term (division_id, calendar_id, first_day);

CREATE TABLE bell_schedule (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  calendar_id BYTES NOT NULL,
  name TEXT NOT NULL,
  is_usual BOOLEAN NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (division_id, id),
  FOREIGN KEY (division_id, calendar_id) REFERENCES school_calendar (division_id, id)
);
CREATE INDEX bell_schedule_calendar ON bell_schedule (division_id, calendar_id);

CREATE TABLE bell_period (
  division_id INTEGER NOT NULL,
  bell_id BYTES NOT NULL,
  period_number INTEGER NOT NULL,
  name TEXT NOT NULL,
  starts_minute INTEGER NOT NULL,
  ends_minute INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('instruction', 'homeroom', 'break', 'lunch')),
  PRIMARY KEY (division_id, bell_id, period_number),
  FOREIGN KEY (division_id, bell_id) REFERENCES bell_schedule (division_id, id)
);

CREATE TABLE bell_use (
  division_id INTEGER NOT NULL,
  calendar_id BYTES NOT NULL,
  use_kind TEXT NOT NULL CHECK (use_kind IN ('weekday', 'cycle-day', 'grade')),
  use_number INTEGER NOT NULL,
  bell_id BYTES NOT NULL,
  PRIMARY KEY (division_id, calendar_id, use_kind, use_number),
  FOREIGN KEY (division_id, bell_id) REFERENCES bell_schedule (division_id, id)
);

CREATE TABLE calendar_feed (
  division_id INTEGER NOT NULL,
  school_id BYTES NOT NULL,
  address TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (division_id, school_id),
  FOREIGN KEY (division_id, school_id) REFERENCES school (division_id, id)
);
CREATE UNIQUE INDEX calendar_feed_address ON calendar_feed (division_id, address);
