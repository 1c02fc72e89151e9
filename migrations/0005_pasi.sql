-- The work queue: one row for each change that goes to PASI and each thing of PASI that a person must decide.
CREATE TABLE pasi_item (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  operation TEXT NOT NULL,
  -- Whose record; none for a section.
  student_id BYTES,
  school_id BYTES,
  record_kind TEXT NOT NULL,
  record_id BYTES NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('approval', 'early', 'waiting', 'sending', 'done', 'rejected', 'conflict', 'alert', 'dropped')),
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
CREATE INDEX pasi_item_section ON pasi_item (division_id, record_id) WHERE student_id IS NULL;

-- PASI's copy of each record, as last read; under `Student.before` the copy that an unanswered change was made on.
CREATE TABLE pasi_mirror (
  division_id INTEGER NOT NULL,
  record_kind TEXT NOT NULL,
  record_key TEXT NOT NULL,
  core_version BIGINT NOT NULL,
  body TEXT NOT NULL,
  -- What of the record may not lie open: a student's medical alerts, sealed.
  sealed BYTES,
  student_id BYTES,
  -- The school year it is asked for by; 0 for a kind without one.
  school_year INTEGER NOT NULL,
  -- PASI still tells us of it; what it no longer tells is kept, and not compared by hash.
  is_told BOOLEAN NOT NULL,
  read_at BIGINT NOT NULL,
  PRIMARY KEY (division_id, record_kind, record_key)
);
CREATE INDEX pasi_mirror_student ON pasi_mirror (division_id, student_id, record_kind, record_key);

CREATE TABLE pasi_cursor (
  division_id INTEGER NOT NULL,
  notification TEXT NOT NULL,
  max_version BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  -- When the whole was last compared with PASI by its hash, and what had to be read again then.
  checked_at BIGINT,
  repaired_at BIGINT,
  repaired INTEGER NOT NULL,
  -- How far the last reading of everything came, and of how many records.
  again_done INTEGER NOT NULL,
  again_total INTEGER NOT NULL,
  PRIMARY KEY (division_id, notification)
);

-- One row a field or record in which ours and PASI's differ.
CREATE TABLE pasi_difference (
  division_id INTEGER NOT NULL,
  student_id BYTES NOT NULL,
  record_kind TEXT NOT NULL,
  record_key TEXT NOT NULL,
  field TEXT NOT NULL,
  -- Which of several records, in words: the guardian's name, the school and year.
  about TEXT NOT NULL,
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

-- How long each change took, ours until PASI had it and PASI's until it was here; kept for some days.
CREATE TABLE pasi_lag (
  division_id INTEGER NOT NULL,
  -- The item of the queue, or the kind of record that came.
  subject TEXT NOT NULL,
  ended_at BIGINT NOT NULL,
  way TEXT NOT NULL CHECK (way IN ('sent', 'received')),
  took_micros BIGINT NOT NULL,
  records INTEGER NOT NULL,
  PRIMARY KEY (division_id, ended_at, subject)
);

-- The state of the connection, for the foot of every page; one row.
CREATE TABLE pasi_link (
  division_id INTEGER NOT NULL,
  state TEXT NOT NULL,
  last_exchange_at BIGINT,
  down_since BIGINT,
  last_error TEXT NOT NULL,
  -- What stands between us, in a word; empty for nothing.
  hindrance TEXT NOT NULL,
  certificate_expires_at BIGINT,
  -- Our clock minus PASI's, in seconds, when it was last asked.
  clock_ahead BIGINT,
  PRIMARY KEY (division_id)
);

CREATE TABLE pasi_policy (
  division_id INTEGER NOT NULL,
  record_kind TEXT NOT NULL,
  sends TEXT NOT NULL CHECK (sends IN ('by-itself', 'after-approval')),
  PRIMARY KEY (division_id, record_kind)
);

-- Who looks after a row of the queue: an item, or a student whose sides differ.
CREATE TABLE pasi_assignment (
  division_id INTEGER NOT NULL,
  subject_id BYTES NOT NULL,
  student_id BYTES,
  account_id BYTES NOT NULL,
  assigned_by TEXT NOT NULL,
  assigned_at BIGINT NOT NULL,
  PRIMARY KEY (division_id, subject_id),
  FOREIGN KEY (division_id, student_id) REFERENCES student (division_id, id),
  FOREIGN KEY (division_id, account_id) REFERENCES account (division_id, id)
);
CREATE INDEX pasi_assignment_account ON pasi_assignment (division_id, account_id);
CREATE INDEX pasi_assignment_student ON pasi_assignment (division_id, student_id);

-- What people wrote to a row of the queue.
CREATE TABLE pasi_note (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  subject_id BYTES NOT NULL,
  student_id BYTES,
  body TEXT NOT NULL,
  written_by TEXT NOT NULL,
  written_at BIGINT NOT NULL,
  PRIMARY KEY (division_id, id),
  FOREIGN KEY (division_id, student_id) REFERENCES student (division_id, id)
);
CREATE INDEX pasi_note_subject ON pasi_note (division_id, subject_id, id);
CREATE INDEX pasi_note_student ON pasi_note (division_id, student_id);

-- The province's code values as last read; one it no longer lists stays, with the moment it left.
CREATE TABLE pasi_code (
  division_id INTEGER NOT NULL,
  code_class TEXT NOT NULL,
  code_text TEXT NOT NULL,
  label_en TEXT NOT NULL,
  label_fr TEXT NOT NULL,
  display_order INTEGER NOT NULL,
  from_year INTEGER,
  until_year INTEGER,
  core_version BIGINT NOT NULL,
  found_at BIGINT NOT NULL,
  gone_at BIGINT,
  PRIMARY KEY (division_id, code_class, code_text)
);

-- Which code value may stand under which, as last read.
CREATE TABLE pasi_code_relation (
  division_id INTEGER NOT NULL,
  parent_class TEXT NOT NULL,
  parent_text TEXT NOT NULL,
  child_class TEXT NOT NULL,
  child_text TEXT NOT NULL,
  PRIMARY KEY (division_id, parent_class, parent_text, child_class, child_text)
);

-- What a reading of the code values found changed.
CREATE TABLE pasi_code_change (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  code_class TEXT NOT NULL,
  code_text TEXT NOT NULL,
  change_kind TEXT NOT NULL CHECK (change_kind IN ('added', 'changed', 'gone')),
  before_value TEXT NOT NULL,
  after_value TEXT NOT NULL,
  found_at BIGINT NOT NULL,
  PRIMARY KEY (division_id, id)
);

-- When the code values were last read, and the highest version among them; one row.
CREATE TABLE pasi_code_read (
  division_id INTEGER NOT NULL,
  core_version BIGINT NOT NULL,
  read_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (division_id)
);
