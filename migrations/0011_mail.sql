-- E-mail: each message with one recipient, kept in the transaction of what caused it; recipient and text are sealed.
CREATE TABLE mail_message (
  division_id INTEGER NOT NULL REFERENCES division (division_id),
  id BYTES NOT NULL,
  kind TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('en-CA', 'fr-CA')),
  recipient BYTES NOT NULL,
  subject TEXT NOT NULL,
  body BYTES NOT NULL,
  made_by TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'refused', 'given-up')),
  attempts INTEGER NOT NULL,
  next_at BIGINT,
  tried_at BIGINT,
  last_answer TEXT NOT NULL,
  PRIMARY KEY (division_id, id)
);
CREATE INDEX mail_message_next ON mail_message (division_id, state, next_at);
CREATE INDEX mail_message_made ON mail_message (division_id, made_at);

-- Which messages asked whom why a student was away on a day.
CREATE TABLE attendance_email (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  school_id BYTES NOT NULL,
  student_id BYTES NOT NULL,
  on_date TEXT NOT NULL,
  person_id BYTES NOT NULL,
  person_name TEXT NOT NULL,
  PRIMARY KEY (division_id, id),
  FOREIGN KEY (division_id, id) REFERENCES mail_message (division_id, id),
  FOREIGN KEY (division_id, student_id) REFERENCES student (division_id, id)
);
CREATE INDEX attendance_email_student ON attendance_email (division_id, student_id);
CREATE INDEX attendance_email_day ON attendance_email (division_id, school_id, on_date);
