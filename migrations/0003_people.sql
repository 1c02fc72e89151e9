-- Student-centred tables keep two times. Valid time: the dates a fact holds
-- for. Knowledge time: known_from to known_to, when and by whom it was
-- recorded; the row with no known_to is what is known now.

CREATE TABLE student (
  division_id INTEGER NOT NULL REFERENCES division (division_id),
  id BYTES NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (division_id, id)
);

CREATE TABLE student_detail (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  version BIGINT NOT NULL,
  known_from BIGINT NOT NULL,
  known_to BIGINT,
  known_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  local_number TEXT NOT NULL,
  asn TEXT,
  birth_date TEXT NOT NULL,
  gender TEXT NOT NULL,
  deceased_on TEXT,
  section23 TEXT NOT NULL,
  language_at_home TEXT NOT NULL,
  other_language TEXT NOT NULL,
  first_language TEXT NOT NULL,
  letters_in TEXT NOT NULL,
  document_type TEXT NOT NULL,
  document_last4 BYTES,
  PRIMARY KEY (division_id, id, version),
  FOREIGN KEY (division_id, id) REFERENCES student (division_id, id)
);
CREATE UNIQUE INDEX student_detail_now ON student_detail (division_id, id) WHERE known_to IS NULL;
CREATE UNIQUE INDEX student_detail_number ON student_detail (division_id, local_number) WHERE known_to IS NULL;
CREATE INDEX student_detail_number_ever ON student_detail (division_id, local_number);
CREATE UNIQUE INDEX student_detail_asn ON student_detail (division_id, asn) WHERE known_to IS NULL AND asn IS NOT NULL;

CREATE TABLE student_name (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  version BIGINT NOT NULL,
  known_from BIGINT NOT NULL,
  known_to BIGINT,
  known_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  student_id BYTES NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('legal', 'other')),
  first_name TEXT NOT NULL,
  middle_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  suffix TEXT NOT NULL,
  is_preferred BOOLEAN NOT NULL,
  is_gender_related BOOLEAN NOT NULL,
  guardians_told_on TEXT,
  guardians_consented_on TEXT,
  source_change TEXT NOT NULL,
  is_deleted BOOLEAN NOT NULL,
  PRIMARY KEY (division_id, id, version),
  FOREIGN KEY (division_id, student_id) REFERENCES student (division_id, id)
);
CREATE UNIQUE INDEX student_name_now ON student_name (division_id, id) WHERE known_to IS NULL;
CREATE INDEX student_name_student ON student_name (division_id, student_id, id);

CREATE TABLE student_address (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  version BIGINT NOT NULL,
  known_from BIGINT NOT NULL,
  known_to BIGINT,
  known_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  student_id BYTES NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('Mailing', 'Physical', 'Delivery')),
  format TEXT NOT NULL,
  street TEXT NOT NULL,
  street_key TEXT NOT NULL,
  city TEXT NOT NULL,
  province TEXT NOT NULL,
  postal_code TEXT NOT NULL,
  country TEXT NOT NULL,
  effective_on TEXT NOT NULL,
  expires_on TEXT,
  is_deleted BOOLEAN NOT NULL,
  PRIMARY KEY (division_id, id, version),
  FOREIGN KEY (division_id, student_id) REFERENCES student (division_id, id)
);
CREATE UNIQUE INDEX student_address_now ON student_address (division_id, id) WHERE known_to IS NULL;
CREATE INDEX student_address_student ON student_address (division_id, student_id, id);
CREATE INDEX student_address_street ON student_address (division_id, street_key);

CREATE TABLE student_phone (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  version BIGINT NOT NULL,
  known_from BIGINT NOT NULL,
  known_to BIGINT,
  known_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  student_id BYTES NOT NULL,
  kind TEXT NOT NULL,
  number TEXT NOT NULL,
  extension TEXT NOT NULL,
  is_preferred BOOLEAN NOT NULL,
  is_listed BOOLEAN NOT NULL,
  is_deleted BOOLEAN NOT NULL,
  PRIMARY KEY (division_id, id, version),
  FOREIGN KEY (division_id, student_id) REFERENCES student (division_id, id)
);
CREATE UNIQUE INDEX student_phone_now ON student_phone (division_id, id) WHERE known_to IS NULL;
CREATE INDEX student_phone_student ON student_phone (division_id, student_id, id);

CREATE TABLE student_email (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  version BIGINT NOT NULL,
  known_from BIGINT NOT NULL,
  known_to BIGINT,
  known_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  student_id BYTES NOT NULL,
  kind TEXT NOT NULL,
  address TEXT NOT NULL,
  is_deleted BOOLEAN NOT NULL,
  PRIMARY KEY (division_id, id, version),
  FOREIGN KEY (division_id, student_id) REFERENCES student (division_id, id)
);
CREATE UNIQUE INDEX student_email_now ON student_email (division_id, id) WHERE known_to IS NULL;
CREATE INDEX student_email_student ON student_email (division_id, student_id, id);

CREATE TABLE student_citizenship (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  version BIGINT NOT NULL,
  known_from BIGINT NOT NULL,
  known_to BIGINT,
  known_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  student_id BYTES NOT NULL,
  status TEXT NOT NULL,
  country TEXT NOT NULL,
  effective_on TEXT NOT NULL,
  document_expires_on TEXT,
  is_deleted BOOLEAN NOT NULL,
  PRIMARY KEY (division_id, id, version),
  FOREIGN KEY (division_id, student_id) REFERENCES student (division_id, id)
);
CREATE UNIQUE INDEX student_citizenship_now ON student_citizenship (division_id, id) WHERE known_to IS NULL;
CREATE INDEX student_citizenship_student ON student_citizenship (division_id, student_id, id);

CREATE TABLE disclosure_restriction (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  version BIGINT NOT NULL,
  known_from BIGINT NOT NULL,
  known_to BIGINT,
  known_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  student_id BYTES NOT NULL,
  code TEXT NOT NULL,
  notice BYTES NOT NULL,
  effective_on TEXT NOT NULL,
  expires_on TEXT,
  is_deleted BOOLEAN NOT NULL,
  PRIMARY KEY (division_id, id, version),
  FOREIGN KEY (division_id, student_id) REFERENCES student (division_id, id)
);
CREATE UNIQUE INDEX disclosure_restriction_now ON disclosure_restriction (division_id, id) WHERE known_to IS NULL;
CREATE INDEX disclosure_restriction_student ON disclosure_restriction (division_id, student_id, id);

CREATE TABLE medical_alert (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  version BIGINT NOT NULL,
  known_from BIGINT NOT NULL,
  known_to BIGINT,
  known_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  student_id BYTES NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('life-threatening', 'serious', 'minor')),
  alert BYTES NOT NULL,
  action BYTES NOT NULL,
  plan BYTES,
  effective_on TEXT NOT NULL,
  expires_on TEXT,
  is_deleted BOOLEAN NOT NULL,
  PRIMARY KEY (division_id, id, version),
  FOREIGN KEY (division_id, student_id) REFERENCES student (division_id, id)
);
CREATE UNIQUE INDEX medical_alert_now ON medical_alert (division_id, id) WHERE known_to IS NULL;
CREATE INDEX medical_alert_student ON medical_alert (division_id, student_id, id);

-- The one photograph of a student, already made small; taking it out takes the bytes out.
CREATE TABLE student_photo (
  division_id INTEGER NOT NULL,
  student_id BYTES NOT NULL,
  tag TEXT NOT NULL,
  picture BYTES NOT NULL,
  taken_in_at BIGINT NOT NULL,
  PRIMARY KEY (division_id, student_id),
  FOREIGN KEY (division_id, student_id) REFERENCES student (division_id, id)
);

CREATE TABLE person (
  division_id INTEGER NOT NULL REFERENCES division (division_id),
  id BYTES NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (division_id, id)
);

CREATE TABLE person_detail (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  version BIGINT NOT NULL,
  known_from BIGINT NOT NULL,
  known_to BIGINT,
  known_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  first_name TEXT NOT NULL,
  middle_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  suffix TEXT NOT NULL,
  home_phone TEXT NOT NULL,
  mobile_phone TEXT NOT NULL,
  work_phone TEXT NOT NULL,
  email TEXT NOT NULL,
  other_email TEXT NOT NULL,
  language TEXT NOT NULL,
  street TEXT NOT NULL,
  city TEXT NOT NULL,
  province TEXT NOT NULL,
  postal_code TEXT NOT NULL,
  country TEXT NOT NULL,
  PRIMARY KEY (division_id, id, version),
  FOREIGN KEY (division_id, id) REFERENCES person (division_id, id)
);
CREATE UNIQUE INDEX person_detail_now ON person_detail (division_id, id) WHERE known_to IS NULL;
CREATE INDEX person_detail_name ON person_detail (division_id, last_name);

CREATE TABLE contact (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  version BIGINT NOT NULL,
  known_from BIGINT NOT NULL,
  known_to BIGINT,
  known_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  student_id BYTES NOT NULL,
  person_id BYTES NOT NULL,
  relationship TEXT NOT NULL,
  custody TEXT NOT NULL,
  lives_with BOOLEAN NOT NULL,
  may_pick_up BOOLEAN NOT NULL,
  is_emergency BOOLEAN NOT NULL,
  call_order INTEGER NOT NULL,
  portal_access BOOLEAN NOT NULL,
  note BYTES,
  effective_on TEXT NOT NULL,
  expires_on TEXT,
  is_deleted BOOLEAN NOT NULL,
  PRIMARY KEY (division_id, id, version),
  FOREIGN KEY (division_id, student_id) REFERENCES student (division_id, id),
  FOREIGN KEY (division_id, person_id) REFERENCES person (division_id, id)
);
CREATE UNIQUE INDEX contact_now ON contact (division_id, id) WHERE known_to IS NULL;
CREATE INDEX contact_student ON contact (division_id, student_id, id);
CREATE INDEX contact_person ON contact (division_id, person_id, id);

-- PLAIN texts order by their bytes on both engines, so that a prefix is a range of the index.
-- What search looks through: one row a student, current, made anew whenever a fact in it changes.
-- keys: the student's rows of search_key, a line for each kind.
CREATE TABLE student_card (
  division_id INTEGER NOT NULL,
  student_id BYTES NOT NULL,
  sort_name TEXT PLAIN NOT NULL,
  list_name TEXT NOT NULL,
  preferred_name TEXT NOT NULL,
  keys TEXT NOT NULL,
  asn TEXT,
  local_number TEXT NOT NULL,
  birth_date TEXT NOT NULL,
  gender TEXT NOT NULL,
  grade TEXT NOT NULL,
  homeroom TEXT NOT NULL,
  school_id BYTES,
  enrolled_on TEXT,
  state TEXT NOT NULL CHECK (state IN ('enrolled', 'future', 'left', 'none')),
  restriction TEXT NOT NULL,
  is_custody_limited BOOLEAN NOT NULL,
  sync_state TEXT NOT NULL,
  PRIMARY KEY (division_id, student_id),
  FOREIGN KEY (division_id, student_id) REFERENCES student (division_id, id)
);
CREATE INDEX student_card_sort ON student_card (division_id, sort_name, student_id);
CREATE INDEX student_card_school ON student_card (division_id, school_id, sort_name, student_id);
CREATE INDEX student_card_born ON student_card (division_id, birth_date);

-- Words a student is found by: folded names, phones, numbers, guardians' names.
CREATE TABLE search_key (
  division_id INTEGER NOT NULL,
  word TEXT PLAIN NOT NULL,
  student_id BYTES NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (division_id, word, student_id, kind)
) CLUSTERED;
CREATE INDEX search_key_student ON search_key (division_id, student_id, word);

-- Each distinct word once, with its near misses (one letter left out), so that a typing error finds it.
CREATE TABLE search_word (
  division_id INTEGER NOT NULL,
  word TEXT NOT NULL,
  sound TEXT NOT NULL,
  PRIMARY KEY (division_id, word)
) CLUSTERED;
CREATE INDEX search_word_sound ON search_word (division_id, sound, word);

CREATE TABLE search_near (
  division_id INTEGER NOT NULL,
  near TEXT NOT NULL,
  word TEXT NOT NULL,
  PRIMARY KEY (division_id, near, word)
) CLUSTERED;

-- What is left of a known word after its first letters: found by its middle or its end.
CREATE TABLE search_part (
  division_id INTEGER NOT NULL,
  part TEXT PLAIN NOT NULL,
  word TEXT NOT NULL,
  PRIMARY KEY (division_id, part, word)
) CLUSTERED;

-- A filter with its order and columns, kept under a name; its own, a school's or the division's.
CREATE TABLE saved_list (
  division_id INTEGER NOT NULL,
  id BYTES NOT NULL,
  account_id BYTES NOT NULL,
  page TEXT NOT NULL,
  label TEXT NOT NULL,
  query TEXT NOT NULL,
  sharing TEXT NOT NULL CHECK (sharing IN ('own', 'school', 'division')),
  school_id BYTES,
  version BIGINT NOT NULL,
  is_deleted BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (division_id, id),
  FOREIGN KEY (division_id, account_id) REFERENCES account (division_id, id),
  FOREIGN KEY (division_id, school_id) REFERENCES school (division_id, id)
);
CREATE INDEX saved_list_page ON saved_list (division_id, page, is_deleted);

-- The list that a person's page opens with.
CREATE TABLE default_list (
  division_id INTEGER NOT NULL,
  account_id BYTES NOT NULL,
  page TEXT NOT NULL,
  list_id BYTES NOT NULL,
  PRIMARY KEY (division_id, account_id, page),
  FOREIGN KEY (division_id, account_id) REFERENCES account (division_id, id),
  FOREIGN KEY (division_id, list_id) REFERENCES saved_list (division_id, id)
);
