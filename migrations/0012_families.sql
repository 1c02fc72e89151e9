-- Families: who was invited to an account, and absences told ahead.

-- Of the code of an invitation its digest alone is kept; without an e-mail address it went on paper.
CREATE TABLE invitation (
  division_id INTEGER NOT NULL REFERENCES division (division_id),
  id BYTES NOT NULL,
  person_id BYTES NOT NULL,
  student_id BYTES NOT NULL,
  code_hash BYTES NOT NULL,
  email TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  opened_at BIGINT,
  used_at BIGINT,
  account_id BYTES,
  revoked_at BIGINT,
  revoked_by TEXT NOT NULL,
  PRIMARY KEY (division_id, id)
);
CREATE UNIQUE INDEX invitation_code ON invitation (division_id, code_hash);
CREATE INDEX invitation_person ON invitation (division_id, person_id);
CREATE INDEX invitation_student ON invitation (division_id, student_id);

-- Links by which somebody who forgot a password chooses another.
CREATE TABLE password_link (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  account_id BYTES NOT NULL,
  code_hash BYTES NOT NULL,
  made_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT,
  PRIMARY KEY (division_id, id),
  FOREIGN KEY (division_id, account_id) REFERENCES account (division_id, id)
);
CREATE UNIQUE INDEX password_link_code ON password_link (division_id, code_hash);
CREATE INDEX password_link_account ON password_link (division_id, account_id);

-- What a family told ahead: a row for each school at which the student is away. The note is sealed.
CREATE TABLE absence_report (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  school_id BYTES NOT NULL,
  student_id BYTES NOT NULL,
  account_id BYTES NOT NULL,
  told_by TEXT NOT NULL,
  told_at BIGINT NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  part TEXT NOT NULL CHECK (part IN ('day', 'morning', 'afternoon')),
  reason TEXT NOT NULL CHECK (reason IN ('illness', 'appointment', 'family', 'observance', 'other')),
  note BYTES,
  marks INTEGER NOT NULL,
  seen_at BIGINT,
  seen_by TEXT NOT NULL,
  taken_back_at BIGINT,
  PRIMARY KEY (division_id, id, school_id),
  FOREIGN KEY (division_id, student_id) REFERENCES student (division_id, id),
  FOREIGN KEY (division_id, school_id) REFERENCES school (division_id, id)
);
CREATE INDEX absence_report_student ON absence_report (division_id, student_id);
CREATE INDEX absence_report_day ON absence_report (division_id, school_id, last_day);
