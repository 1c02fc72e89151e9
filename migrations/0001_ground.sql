-- One history for both engines. Words in capitals that are not SQL are
-- replaced by the runner: BYTES (BLOB, BYTEA) and CLUSTERED (WITHOUT ROWID, nothing).

CREATE TABLE division (
  division_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  is_practice BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (division_id)
);

CREATE TABLE setting (
  division_id INTEGER NOT NULL REFERENCES division (division_id),
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  changed_by TEXT NOT NULL,
  PRIMARY KEY (division_id, name)
);

CREATE TABLE data_key (
  division_id INTEGER NOT NULL REFERENCES division (division_id),
  field_class TEXT NOT NULL,
  key_version INTEGER NOT NULL,
  wrapped BYTES NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (division_id, field_class, key_version)
);

-- The audit chain: each row holds the hash of the row before it.
CREATE TABLE audit (
  division_id INTEGER NOT NULL REFERENCES division (division_id),
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  account_id BYTES,
  actor_name TEXT NOT NULL,
  actor_role TEXT NOT NULL,
  ip TEXT NOT NULL,
  action TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  detail TEXT NOT NULL,
  previous_hash BYTES NOT NULL,
  hash BYTES NOT NULL,
  PRIMARY KEY (division_id, seq)
);
CREATE INDEX audit_subject ON audit (division_id, subject_kind, subject_id, seq);
CREATE INDEX audit_account ON audit (division_id, account_id, seq);

CREATE TABLE audit_head (
  division_id INTEGER NOT NULL REFERENCES division (division_id),
  seq BIGINT NOT NULL,
  hash BYTES NOT NULL,
  PRIMARY KEY (division_id)
);

CREATE TABLE outbox (
  division_id INTEGER NOT NULL REFERENCES division (division_id),
  id BYTES NOT NULL,
  topic TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  payload TEXT NOT NULL,
  actor TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  taken_at BIGINT,
  PRIMARY KEY (division_id, id)
);
CREATE INDEX outbox_waiting ON outbox (division_id, topic, id) WHERE taken_at IS NULL;
CREATE INDEX outbox_subject ON outbox (division_id, subject_id);

-- Work that is done later, or each day at an hour. `attempts` counts the times it was leased and
-- is what a holder must still match to end it; `failures` those of them that came to nothing.
CREATE TABLE job (
  division_id INTEGER NOT NULL REFERENCES division (division_id),
  id BYTES NOT NULL,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  actor TEXT NOT NULL,
  planned_for TEXT,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'skipped', 'dead')),
  run_at BIGINT NOT NULL,
  leased_until BIGINT,
  attempts INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  last_error TEXT NOT NULL,
  result TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  started_at BIGINT,
  done_at BIGINT,
  PRIMARY KEY (division_id, id)
);
CREATE INDEX job_due ON job (division_id, state, run_at);
CREATE INDEX job_kind ON job (division_id, kind, run_at);

-- People who may sign in.
CREATE TABLE account (
  division_id INTEGER NOT NULL REFERENCES division (division_id),
  id BYTES NOT NULL,
  username TEXT NOT NULL,
  display_name TEXT NOT NULL,
  email TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  password_changed_at BIGINT NOT NULL,
  must_change_password BOOLEAN NOT NULL,
  totp_secret BYTES,
  totp_last_step BIGINT NOT NULL,
  language TEXT NOT NULL,
  theme TEXT NOT NULL,
  letter_keys BOOLEAN NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active', 'closed')),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (division_id, id)
);
CREATE UNIQUE INDEX account_username ON account (division_id, username);

CREATE TABLE role_grant (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  account_id BYTES NOT NULL,
  role TEXT NOT NULL,
  school_id BYTES,
  from_date TEXT NOT NULL,
  until_date TEXT,
  reason TEXT NOT NULL,
  given_by TEXT NOT NULL,
  given_at BIGINT NOT NULL,
  ended_at BIGINT,
  ended_reason TEXT NOT NULL,
  PRIMARY KEY (division_id, id),
  FOREIGN KEY (division_id, account_id) REFERENCES account (division_id, id)
);
CREATE INDEX role_grant_account ON role_grant (division_id, account_id);

CREATE TABLE web_session (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  account_id BYTES NOT NULL,
  token_hash BYTES NOT NULL,
  csrf TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('second-factor', 'enrol', 'new-password', 'full')),
  acting_role TEXT,
  chosen_school BYTES,
  second_factor TEXT NOT NULL CHECK (second_factor IN ('none', 'totp', 'passkey')),
  ip TEXT NOT NULL,
  device TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  ended_at BIGINT,
  PRIMARY KEY (division_id, id),
  FOREIGN KEY (division_id, account_id) REFERENCES account (division_id, id)
);
CREATE UNIQUE INDEX web_session_token ON web_session (division_id, token_hash);
CREATE INDEX web_session_account ON web_session (division_id, account_id);

-- What a browser was asked and must answer once, sealed: an authenticator being set up, a passkey's challenge.
CREATE TABLE web_ceremony (
  division_id INTEGER NOT NULL,
  session_id BYTES NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('totp-enrol', 'passkey-enrol', 'passkey-check')),
  state BYTES NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (division_id, session_id, kind),
  FOREIGN KEY (division_id, session_id) REFERENCES web_session (division_id, id)
);

CREATE TABLE passkey (
  division_id INTEGER NOT NULL,
  credential_id BYTES NOT NULL,
  account_id BYTES NOT NULL,
  label TEXT NOT NULL,
  credential TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  used_at BIGINT,
  PRIMARY KEY (division_id, credential_id),
  FOREIGN KEY (division_id, account_id) REFERENCES account (division_id, id)
);
CREATE INDEX passkey_account ON passkey (division_id, account_id);

CREATE TABLE throttle (
  division_id INTEGER NOT NULL REFERENCES division (division_id),
  bucket TEXT NOT NULL,
  failures INTEGER NOT NULL,
  blocked_until BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (division_id, bucket)
);

-- Which student is at which school, kept by the enrolment domain in its own transactions.
CREATE TABLE access_place (
  division_id INTEGER NOT NULL,
  student_id BYTES NOT NULL,
  school_id BYTES NOT NULL,
  from_date TEXT NOT NULL,
  until_date TEXT NOT NULL,
  PRIMARY KEY (division_id, student_id, school_id)
) CLUSTERED;
CREATE INDEX access_place_school ON access_place (division_id, school_id, student_id);

-- What the director said: this account sees the children of a person, a student, a homeroom.
CREATE TABLE tie (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  account_id BYTES NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('guardian', 'self', 'teacher', 'team')),
  person_id BYTES,
  student_id BYTES,
  school_id BYTES,
  homeroom TEXT NOT NULL,
  from_date TEXT NOT NULL,
  until_date TEXT,
  reason TEXT NOT NULL,
  given_by TEXT NOT NULL,
  given_at BIGINT NOT NULL,
  ended_at BIGINT,
  ended_reason TEXT NOT NULL,
  PRIMARY KEY (division_id, id),
  FOREIGN KEY (division_id, account_id) REFERENCES account (division_id, id),
  CHECK ((person_id IS NOT NULL AND student_id IS NULL AND school_id IS NULL)
    OR (person_id IS NULL AND student_id IS NOT NULL AND school_id IS NULL)
    OR (person_id IS NULL AND student_id IS NULL AND school_id IS NOT NULL))
);
CREATE INDEX tie_account ON tie (division_id, account_id);
CREATE INDEX tie_person ON tie (division_id, person_id);
CREATE INDEX tie_student ON tie (division_id, student_id);
CREATE INDEX tie_homeroom ON tie (division_id, school_id, homeroom);

-- Which account sees which student by a tie, on which days: kept by the domains that know, in their own
-- transactions.
CREATE TABLE access_tie (
  division_id INTEGER NOT NULL,
  account_id BYTES NOT NULL,
  student_id BYTES NOT NULL,
  kind TEXT NOT NULL,
  tie_id BYTES NOT NULL,
  from_date TEXT NOT NULL,
  until_date TEXT,
  PRIMARY KEY (division_id, account_id, student_id, kind, tie_id, from_date)
) CLUSTERED;
CREATE INDEX access_tie_student ON access_tie (division_id, student_id);
CREATE INDEX access_tie_tie ON access_tie (division_id, tie_id);
