-- The work queue: one row for each change that goes to PASI and each thing of PASI that a person must decide.
CREATE TABLE pasi_item (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  operation TEXT NOT NULL,
  student_id BYTES NOT NULL,
  school_id BYTES,
  record_kind TEXT NOT NULL,
  record_id BYTES NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('approval', 'waiting', 'sending', 'done', 'rejected', 'conflict', 'alert', 'dropped')),
  body TEXT NOT NULL,
  seen_version BIGINT NOT NULL,
  actor TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  not_before BIGINT NOT NULL,
  leased_until BIGINT,
  message_id TEXT NOT NULL,
  answer TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (division_id, id),
  FOREIGN KEY (division_id, student_id) REFERENCES student (division_id, id)
);
CREATE INDEX pasi_item_state ON pasi_item (division_id, state, not_before);
CREATE INDEX pasi_item_student ON pasi_item (division_id, student_id);

-- PASI's copy of each record, as last read.
CREATE TABLE pasi_mirror (
  division_id INTEGER NOT NULL,
  record_kind TEXT NOT NULL,
  record_key TEXT NOT NULL,
  core_version BIGINT NOT NULL,
  body TEXT NOT NULL,
  student_id BYTES,
  read_at BIGINT NOT NULL,
  PRIMARY KEY (division_id, record_kind, record_key)
);
CREATE INDEX pasi_mirror_student ON pasi_mirror (division_id, student_id, record_kind, record_key);

CREATE TABLE pasi_cursor (
  division_id INTEGER NOT NULL,
  notification TEXT NOT NULL,
  max_version BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (division_id, notification)
);

-- One row a field or record in which ours and PASI's differ.
CREATE TABLE pasi_difference (
  division_id INTEGER NOT NULL,
  student_id BYTES NOT NULL,
  record_kind TEXT NOT NULL,
  record_key TEXT NOT NULL,
  field TEXT NOT NULL,
  ours TEXT NOT NULL,
  theirs TEXT NOT NULL,
  core_version BIGINT NOT NULL,
  cause TEXT NOT NULL,
  found_at BIGINT NOT NULL,
  PRIMARY KEY (division_id, student_id, record_kind, record_key, field),
  FOREIGN KEY (division_id, student_id) REFERENCES student (division_id, id)
);

-- The client's own log of calls, by ClientMessageID; no bodies.
CREATE TABLE pasi_call (
  division_id INTEGER NOT NULL,
  message_id TEXT NOT NULL,
  operation TEXT NOT NULL,
  user_name TEXT NOT NULL,
  organization TEXT NOT NULL,
  sent_at BIGINT NOT NULL,
  took_micros BIGINT NOT NULL,
  result TEXT NOT NULL,
  PRIMARY KEY (division_id, message_id)
);
CREATE INDEX pasi_call_sent ON pasi_call (division_id, sent_at);

-- The state of the connection, for the foot of every page; one row.
CREATE TABLE pasi_link (
  division_id INTEGER NOT NULL,
  state TEXT NOT NULL,
  last_exchange_at BIGINT,
  down_since BIGINT,
  last_error TEXT NOT NULL,
  certificate_expires_at BIGINT,
  PRIMARY KEY (division_id)
);

CREATE TABLE pasi_policy (
  division_id INTEGER NOT NULL,
  record_kind TEXT NOT NULL,
  sends TEXT NOT NULL CHECK (sends IN ('by-itself', 'after-approval')),
  PRIMARY KEY (division_id, record_kind)
);
