//! The tables, typed. One schema for both engines; a test compares it with both catalogues.
#![expect(missing_docs, reason = "columns are described in migrations/")]

use diesel::{allow_tables_to_appear_in_same_query, table};

table! {
    division (division_id) {
        division_id -> Integer,
        name -> Text,
        is_practice -> Bool,
        created_at -> BigInt,
    }
}

table! {
    setting (division_id, name) {
        division_id -> Integer,
        name -> Text,
        value -> Text,
        changed_at -> BigInt,
        changed_by -> Text,
    }
}

table! {
    data_key (division_id, field_class, key_version) {
        division_id -> Integer,
        field_class -> Text,
        key_version -> Integer,
        wrapped -> Binary,
        created_at -> BigInt,
    }
}

table! {
    audit (division_id, seq) {
        division_id -> Integer,
        seq -> BigInt,
        at -> BigInt,
        account_id -> Nullable<Binary>,
        actor_name -> Text,
        actor_role -> Text,
        ip -> Text,
        action -> Text,
        subject_kind -> Text,
        subject_id -> Text,
        detail -> Text,
        previous_hash -> Binary,
        hash -> Binary,
    }
}

table! {
    audit_head (division_id) {
        division_id -> Integer,
        seq -> BigInt,
        hash -> Binary,
    }
}

table! {
    outbox (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        topic -> Text,
        subject_kind -> Text,
        subject_id -> Text,
        payload -> Text,
        actor -> Text,
        created_at -> BigInt,
        taken_at -> Nullable<BigInt>,
    }
}

table! {
    job (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        kind -> Text,
        payload -> Text,
        actor -> Text,
        planned_for -> Nullable<Text>,
        state -> Text,
        run_at -> BigInt,
        leased_until -> Nullable<BigInt>,
        attempts -> Integer,
        failures -> Integer,
        last_error -> Text,
        result -> Text,
        created_at -> BigInt,
        started_at -> Nullable<BigInt>,
        done_at -> Nullable<BigInt>,
    }
}

table! {
    account (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        username -> Text,
        display_name -> Text,
        email -> Text,
        password_hash -> Text,
        password_changed_at -> BigInt,
        must_change_password -> Bool,
        totp_secret -> Nullable<Binary>,
        totp_last_step -> BigInt,
        language -> Text,
        theme -> Text,
        letter_keys -> Bool,
        state -> Text,
        created_at -> BigInt,
    }
}

table! {
    role_grant (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        account_id -> Binary,
        role -> Text,
        school_id -> Nullable<Binary>,
        from_date -> Text,
        until_date -> Nullable<Text>,
        reason -> Text,
        given_by -> Text,
        given_at -> BigInt,
        ended_at -> Nullable<BigInt>,
        ended_reason -> Text,
    }
}

table! {
    web_session (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        account_id -> Binary,
        token_hash -> Binary,
        csrf -> Text,
        stage -> Text,
        acting_role -> Nullable<Text>,
        chosen_school -> Nullable<Binary>,
        second_factor -> Text,
        ip -> Text,
        device -> Text,
        created_at -> BigInt,
        seen_at -> BigInt,
        expires_at -> BigInt,
        ended_at -> Nullable<BigInt>,
    }
}

table! {
    web_ceremony (division_id, session_id, kind) {
        division_id -> Integer,
        session_id -> Binary,
        kind -> Text,
        state -> Binary,
        expires_at -> BigInt,
    }
}

table! {
    passkey (division_id, credential_id) {
        division_id -> Integer,
        credential_id -> Binary,
        account_id -> Binary,
        label -> Text,
        credential -> Text,
        created_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

table! {
    throttle (division_id, bucket) {
        division_id -> Integer,
        bucket -> Text,
        failures -> Integer,
        blocked_until -> BigInt,
        changed_at -> BigInt,
    }
}

table! {
    access_place (division_id, student_id, school_id) {
        division_id -> Integer,
        student_id -> Binary,
        school_id -> Binary,
        from_date -> Text,
        until_date -> Text,
    }
}

table! {
    tie (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        account_id -> Binary,
        kind -> Text,
        person_id -> Nullable<Binary>,
        student_id -> Nullable<Binary>,
        school_id -> Nullable<Binary>,
        homeroom -> Text,
        from_date -> Text,
        until_date -> Nullable<Text>,
        reason -> Text,
        given_by -> Text,
        given_at -> BigInt,
        ended_at -> Nullable<BigInt>,
        ended_reason -> Text,
    }
}

table! {
    access_tie (division_id, account_id, student_id, kind, tie_id, from_date) {
        division_id -> Integer,
        account_id -> Binary,
        student_id -> Binary,
        kind -> Text,
        tie_id -> Binary,
        from_date -> Text,
        until_date -> Nullable<Text>,
    }
}

table! {
    authority (division_id, code) {
        division_id -> Integer,
        code -> Text,
        name -> Text,
        kind -> Text,
    }
}

table! {
    school (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        code -> Text,
        name -> Text,
        authority_code -> Text,
        street -> Text,
        city -> Text,
        postal_code -> Text,
        phone -> Text,
        lowest_grade -> Text,
        highest_grade -> Text,
        version -> BigInt,
    }
}

table! {
    school_calendar (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        school_id -> Binary,
        school_year -> Integer,
        first_day -> Text,
        last_day -> Text,
        version -> BigInt,
    }
}

table! {
    calendar_closure (division_id, calendar_id, closed_on) {
        division_id -> Integer,
        calendar_id -> Binary,
        closed_on -> Text,
        reason -> Text,
        kind -> Text,
    }
}

table! {
    student (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        created_at -> BigInt,
    }
}

table! {
    student_detail (division_id, id, version) {
        division_id -> Integer,
        id -> Binary,
        version -> BigInt,
        known_from -> BigInt,
        known_to -> Nullable<BigInt>,
        known_by -> Text,
        reason -> Text,
        local_number -> Text,
        asn -> Nullable<Text>,
        birth_date -> Text,
        gender -> Text,
        deceased_on -> Nullable<Text>,
        section23 -> Text,
        language_at_home -> Text,
        other_language -> Text,
        first_language -> Text,
        letters_in -> Text,
        document_type -> Text,
        document_last4 -> Nullable<Binary>,
    }
}

table! {
    student_name (division_id, id, version) {
        division_id -> Integer,
        id -> Binary,
        version -> BigInt,
        known_from -> BigInt,
        known_to -> Nullable<BigInt>,
        known_by -> Text,
        reason -> Text,
        student_id -> Binary,
        kind -> Text,
        first_name -> Text,
        middle_name -> Text,
        last_name -> Text,
        suffix -> Text,
        is_preferred -> Bool,
        is_gender_related -> Bool,
        guardians_told_on -> Nullable<Text>,
        guardians_consented_on -> Nullable<Text>,
        source_change -> Text,
        is_deleted -> Bool,
    }
}

table! {
    student_address (division_id, id, version) {
        division_id -> Integer,
        id -> Binary,
        version -> BigInt,
        known_from -> BigInt,
        known_to -> Nullable<BigInt>,
        known_by -> Text,
        reason -> Text,
        student_id -> Binary,
        kind -> Text,
        format -> Text,
        street -> Text,
        street_key -> Text,
        city -> Text,
        province -> Text,
        postal_code -> Text,
        country -> Text,
        effective_on -> Text,
        expires_on -> Nullable<Text>,
        is_deleted -> Bool,
    }
}

table! {
    student_phone (division_id, id, version) {
        division_id -> Integer,
        id -> Binary,
        version -> BigInt,
        known_from -> BigInt,
        known_to -> Nullable<BigInt>,
        known_by -> Text,
        reason -> Text,
        student_id -> Binary,
        kind -> Text,
        number -> Text,
        extension -> Text,
        is_preferred -> Bool,
        is_listed -> Bool,
        is_deleted -> Bool,
    }
}

table! {
    student_email (division_id, id, version) {
        division_id -> Integer,
        id -> Binary,
        version -> BigInt,
        known_from -> BigInt,
        known_to -> Nullable<BigInt>,
        known_by -> Text,
        reason -> Text,
        student_id -> Binary,
        kind -> Text,
        address -> Text,
        is_deleted -> Bool,
    }
}

table! {
    student_citizenship (division_id, id, version) {
        division_id -> Integer,
        id -> Binary,
        version -> BigInt,
        known_from -> BigInt,
        known_to -> Nullable<BigInt>,
        known_by -> Text,
        reason -> Text,
        student_id -> Binary,
        status -> Text,
        country -> Text,
        effective_on -> Text,
        document_expires_on -> Nullable<Text>,
        is_deleted -> Bool,
    }
}

table! {
    disclosure_restriction (division_id, id, version) {
        division_id -> Integer,
        id -> Binary,
        version -> BigInt,
        known_from -> BigInt,
        known_to -> Nullable<BigInt>,
        known_by -> Text,
        reason -> Text,
        student_id -> Binary,
        code -> Text,
        notice -> Binary,
        effective_on -> Text,
        expires_on -> Nullable<Text>,
        is_deleted -> Bool,
    }
}

table! {
    medical_alert (division_id, id, version) {
        division_id -> Integer,
        id -> Binary,
        version -> BigInt,
        known_from -> BigInt,
        known_to -> Nullable<BigInt>,
        known_by -> Text,
        reason -> Text,
        student_id -> Binary,
        severity -> Text,
        alert -> Binary,
        action -> Binary,
        plan -> Nullable<Binary>,
        effective_on -> Text,
        expires_on -> Nullable<Text>,
        is_deleted -> Bool,
    }
}

table! {
    student_photo (division_id, student_id) {
        division_id -> Integer,
        student_id -> Binary,
        tag -> Text,
        picture -> Binary,
        taken_in_at -> BigInt,
    }
}

table! {
    person (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        created_at -> BigInt,
    }
}

table! {
    person_detail (division_id, id, version) {
        division_id -> Integer,
        id -> Binary,
        version -> BigInt,
        known_from -> BigInt,
        known_to -> Nullable<BigInt>,
        known_by -> Text,
        reason -> Text,
        first_name -> Text,
        middle_name -> Text,
        last_name -> Text,
        suffix -> Text,
        home_phone -> Text,
        mobile_phone -> Text,
        work_phone -> Text,
        email -> Text,
        other_email -> Text,
        language -> Text,
        street -> Text,
        city -> Text,
        province -> Text,
        postal_code -> Text,
        country -> Text,
    }
}

table! {
    contact (division_id, id, version) {
        division_id -> Integer,
        id -> Binary,
        version -> BigInt,
        known_from -> BigInt,
        known_to -> Nullable<BigInt>,
        known_by -> Text,
        reason -> Text,
        student_id -> Binary,
        person_id -> Binary,
        relationship -> Text,
        custody -> Text,
        lives_with -> Bool,
        may_pick_up -> Bool,
        is_emergency -> Bool,
        call_order -> Integer,
        portal_access -> Bool,
        note -> Nullable<Binary>,
        effective_on -> Text,
        expires_on -> Nullable<Text>,
        is_deleted -> Bool,
    }
}

table! {
    student_card (division_id, student_id) {
        division_id -> Integer,
        student_id -> Binary,
        sort_name -> Text,
        list_name -> Text,
        preferred_name -> Text,
        keys -> Text,
        asn -> Nullable<Text>,
        local_number -> Text,
        birth_date -> Text,
        gender -> Text,
        grade -> Text,
        homeroom -> Text,
        school_id -> Nullable<Binary>,
        enrolled_on -> Nullable<Text>,
        state -> Text,
        restriction -> Text,
        is_custody_limited -> Bool,
        sync_state -> Text,
    }
}

table! {
    search_key (division_id, word, student_id, kind) {
        division_id -> Integer,
        word -> Text,
        student_id -> Binary,
        kind -> Text,
    }
}

table! {
    search_word (division_id, word) {
        division_id -> Integer,
        word -> Text,
        sound -> Text,
    }
}

table! {
    search_near (division_id, near, word) {
        division_id -> Integer,
        near -> Text,
        word -> Text,
    }
}

table! {
    search_part (division_id, part, word) {
        division_id -> Integer,
        part -> Text,
        word -> Text,
    }
}

table! {
    saved_list (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        account_id -> Binary,
        page -> Text,
        label -> Text,
        query -> Text,
        sharing -> Text,
        school_id -> Nullable<Binary>,
        version -> BigInt,
        is_deleted -> Bool,
        created_at -> BigInt,
        changed_at -> BigInt,
    }
}

table! {
    default_list (division_id, account_id, page) {
        division_id -> Integer,
        account_id -> Binary,
        page -> Text,
        list_id -> Binary,
    }
}

table! {
    enrolment (division_id, id, version) {
        division_id -> Integer,
        id -> Binary,
        version -> BigInt,
        known_from -> BigInt,
        known_to -> Nullable<BigInt>,
        known_by -> Text,
        reason -> Text,
        student_id -> Binary,
        school_id -> Binary,
        school_year -> Integer,
        grade -> Text,
        homeroom -> Text,
        start_on -> Text,
        exit_on -> Nullable<Text>,
        exit_kind -> Nullable<Text>,
        programming_type -> Text,
        programming_timeframe -> Text,
        program_percentage -> Nullable<Integer>,
        instruction_hours -> Nullable<Integer>,
        operating_schedule -> Nullable<Text>,
        source_change -> Nullable<Text>,
        resident_board -> Nullable<Text>,
        francophone_board -> Nullable<Text>,
        indigenous_declaration -> Nullable<Text>,
        french_hours -> Nullable<Integer>,
        type_codes -> Text,
        exception_codes -> Text,
        grants_codes -> Text,
        deletion -> Nullable<Text>,
    }
}

table! {
    responsible_school (division_id, id, version) {
        division_id -> Integer,
        id -> Binary,
        version -> BigInt,
        known_from -> BigInt,
        known_to -> Nullable<BigInt>,
        known_by -> Text,
        reason -> Text,
        student_id -> Binary,
        effective_on -> Text,
        has_school -> Text,
        school_code -> Text,
        school_name -> Text,
        city -> Text,
        province -> Text,
        country -> Text,
        transition_reason -> Text,
        is_deleted -> Bool,
    }
}

table! {
    mass_update (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        account_id -> Binary,
        made_by -> Text,
        change -> Text,
        reason -> Text,
        state -> Text,
        runner -> Text,
        leased_until -> BigInt,
        created_at -> BigInt,
        changed_at -> BigInt,
        applied_at -> Nullable<BigInt>,
        undone_at -> Nullable<BigInt>,
    }
}

table! {
    mass_row (division_id, batch_id, row_number) {
        division_id -> Integer,
        batch_id -> Binary,
        row_number -> Integer,
        student_id -> Binary,
        enrolment_id -> Nullable<Binary>,
        school_id -> Nullable<Binary>,
        grade -> Text,
        exception -> Text,
        seen_version -> BigInt,
        made_version -> BigInt,
        state -> Text,
        old_value -> Text,
        new_value -> Text,
        findings -> Text,
    }
}

table! {
    pasi_item (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        operation -> Text,
        student_id -> Nullable<Binary>,
        school_id -> Nullable<Binary>,
        record_kind -> Text,
        record_id -> Binary,
        state -> Text,
        body -> Text,
        seen_version -> BigInt,
        actor -> Text,
        attempts -> Integer,
        not_before -> BigInt,
        leased_until -> Nullable<BigInt>,
        message_id -> Text,
        answer -> Text,
        created_at -> BigInt,
        changed_at -> BigInt,
    }
}

table! {
    pasi_mirror (division_id, record_kind, record_key) {
        division_id -> Integer,
        record_kind -> Text,
        record_key -> Text,
        core_version -> BigInt,
        body -> Text,
        sealed -> Nullable<Binary>,
        student_id -> Nullable<Binary>,
        school_year -> Integer,
        is_told -> Bool,
        read_at -> BigInt,
    }
}

table! {
    pasi_cursor (division_id, notification) {
        division_id -> Integer,
        notification -> Text,
        max_version -> BigInt,
        changed_at -> BigInt,
        checked_at -> Nullable<BigInt>,
        repaired_at -> Nullable<BigInt>,
        repaired -> Integer,
        again_done -> Integer,
        again_total -> Integer,
    }
}

table! {
    pasi_difference (division_id, student_id, record_kind, record_key, field) {
        division_id -> Integer,
        student_id -> Binary,
        record_kind -> Text,
        record_key -> Text,
        field -> Text,
        about -> Text,
        ours -> Text,
        theirs -> Text,
        core_version -> BigInt,
        cause -> Text,
        found_at -> BigInt,
    }
}

table! {
    pasi_call (division_id, message_id) {
        division_id -> Integer,
        message_id -> Text,
        operation -> Text,
        user_name -> Text,
        organization -> Text,
        sent_at -> BigInt,
        took_micros -> BigInt,
        result -> Text,
    }
}

table! {
    pasi_lag (division_id, ended_at, subject) {
        division_id -> Integer,
        subject -> Text,
        ended_at -> BigInt,
        way -> Text,
        took_micros -> BigInt,
        records -> Integer,
    }
}

table! {
    pasi_link (division_id) {
        division_id -> Integer,
        state -> Text,
        last_exchange_at -> Nullable<BigInt>,
        down_since -> Nullable<BigInt>,
        last_error -> Text,
        hindrance -> Text,
        certificate_expires_at -> Nullable<BigInt>,
        clock_ahead -> Nullable<BigInt>,
    }
}

table! {
    pasi_policy (division_id, record_kind) {
        division_id -> Integer,
        record_kind -> Text,
        sends -> Text,
    }
}

table! {
    pasi_assignment (division_id, subject_id) {
        division_id -> Integer,
        subject_id -> Binary,
        student_id -> Nullable<Binary>,
        account_id -> Binary,
        assigned_by -> Text,
        assigned_at -> BigInt,
    }
}

table! {
    pasi_note (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        subject_id -> Binary,
        student_id -> Nullable<Binary>,
        body -> Text,
        written_by -> Text,
        written_at -> BigInt,
    }
}

table! {
    pasi_code (division_id, code_class, code_text) {
        division_id -> Integer,
        code_class -> Text,
        code_text -> Text,
        label_en -> Text,
        label_fr -> Text,
        display_order -> Integer,
        from_year -> Nullable<Integer>,
        until_year -> Nullable<Integer>,
        core_version -> BigInt,
        found_at -> BigInt,
        gone_at -> Nullable<BigInt>,
    }
}

table! {
    pasi_code_relation (division_id, parent_class, parent_text, child_class, child_text) {
        division_id -> Integer,
        parent_class -> Text,
        parent_text -> Text,
        child_class -> Text,
        child_text -> Text,
    }
}

table! {
    pasi_code_change (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        code_class -> Text,
        code_text -> Text,
        change_kind -> Text,
        before_value -> Text,
        after_value -> Text,
        found_at -> BigInt,
    }
}

table! {
    pasi_code_read (division_id) {
        division_id -> Integer,
        core_version -> BigInt,
        read_at -> BigInt,
        changed_at -> BigInt,
    }
}

table! {
    import_run (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        kind -> Text,
        file_name -> Text,
        file_hash -> Binary,
        source -> Text,
        mapping -> Text,
        tells -> Bool,
        state -> Text,
        done_to -> Integer,
        worker -> Text,
        worker_until -> BigInt,
        rows_total -> Integer,
        rows_new -> Integer,
        rows_changed -> Integer,
        rows_same -> Integer,
        rows_refused -> Integer,
        rows_skipped -> Integer,
        rows_noted -> Integer,
        created_by -> Text,
        created_at -> BigInt,
        applied_at -> Nullable<BigInt>,
        undone_at -> Nullable<BigInt>,
        cleared_at -> Nullable<BigInt>,
    }
}

table! {
    import_row (division_id, import_id, row_number) {
        division_id -> Integer,
        import_id -> Binary,
        row_number -> Integer,
        outcome -> Text,
        is_done -> Bool,
        is_noted -> Bool,
        row_key -> Nullable<Binary>,
        cells -> Binary,
        findings -> Text,
        touched -> Text,
    }
}

table! {
    import_mapping (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        kind -> Text,
        label -> Text,
        column_map -> Text,
        created_by -> Text,
        created_at -> BigInt,
    }
}

table! {
    calendar_special_day (division_id, calendar_id, on_day) {
        division_id -> Integer,
        calendar_id -> Binary,
        on_day -> Text,
        is_early -> Bool,
        bell_id -> Nullable<Binary>,
        cycle_day -> Nullable<Integer>,
        reason -> Text,
    }
}

table! {
    calendar_plan (division_id, calendar_id) {
        division_id -> Integer,
        calendar_id -> Binary,
        cycle_kind -> Text,
        cycle_length -> Integer,
        has_letters -> Bool,
        version -> BigInt,
    }
}

table! {
    calendar_term (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        calendar_id -> Binary,
        kind -> Text,
        name -> Text,
        first_day -> Text,
        last_day -> Text,
    }
}

table! {
    bell_schedule (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        calendar_id -> Binary,
        name -> Text,
        is_usual -> Bool,
        version -> BigInt,
    }
}

table! {
    bell_period (division_id, bell_id, period_number) {
        division_id -> Integer,
        bell_id -> Binary,
        period_number -> Integer,
        name -> Text,
        starts_minute -> Integer,
        ends_minute -> Integer,
        kind -> Text,
    }
}

table! {
    bell_use (division_id, calendar_id, use_kind, use_number) {
        division_id -> Integer,
        calendar_id -> Binary,
        use_kind -> Text,
        use_number -> Integer,
        bell_id -> Binary,
    }
}

table! {
    calendar_feed (division_id, school_id) {
        division_id -> Integer,
        school_id -> Binary,
        address -> Text,
        created_by -> Text,
        created_at -> BigInt,
    }
}

table! {
    course (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        code -> Text,
        name -> Text,
        is_provincial -> Bool,
        credits -> Text,
        lowest_grade -> Text,
        highest_grade -> Text,
        first_year -> Nullable<Integer>,
        last_year -> Nullable<Integer>,
        prerequisites -> Text,
        delivery -> Text,
        version -> BigInt,
    }
}

table! {
    section (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        school_id -> Binary,
        school_year -> Integer,
        number -> Text,
        term_id -> Nullable<Binary>,
        first_day -> Text,
        last_day -> Text,
        room -> Text,
        capacity -> Nullable<Integer>,
        state -> Text,
        version -> BigInt,
    }
}

table! {
    section_course (division_id, section_id, course_id) {
        division_id -> Integer,
        section_id -> Binary,
        course_id -> Binary,
    }
}

table! {
    section_staff (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        section_id -> Binary,
        account_id -> Binary,
        role -> Text,
        from_date -> Text,
        until_date -> Nullable<Text>,
        removed_at -> Nullable<BigInt>,
        version -> BigInt,
    }
}

table! {
    section_meeting (division_id, section_id, cycle_day, period) {
        division_id -> Integer,
        section_id -> Binary,
        cycle_day -> Integer,
        period -> Integer,
    }
}

table! {
    course_enrolment (division_id, id, version) {
        division_id -> Integer,
        id -> Binary,
        version -> BigInt,
        known_from -> BigInt,
        known_to -> Nullable<BigInt>,
        known_by -> Text,
        reason -> Text,
        student_id -> Binary,
        section_id -> Binary,
        from_date -> Text,
        until_date -> Nullable<Text>,
        state -> Text,
        place -> Integer,
    }
}

table! {
    section_offering (division_id, section_id) {
        division_id -> Integer,
        section_id -> Binary,
        delivery_schedule -> Text,
        delivery_method -> Text,
        language -> Text,
        term -> Text,
        credits -> Nullable<Integer>,
        minutes -> Nullable<Integer>,
        version -> BigInt,
    }
}

table! {
    course_enrolment_claim (division_id, course_enrolment_id) {
        division_id -> Integer,
        course_enrolment_id -> Binary,
        course_id -> Nullable<Binary>,
        credits -> Nullable<Integer>,
        is_waived -> Bool,
        version -> BigInt,
    }
}

table! {
    course_request (division_id, id, version) {
        division_id -> Integer,
        id -> Binary,
        version -> BigInt,
        known_from -> BigInt,
        known_to -> Nullable<BigInt>,
        known_by -> Text,
        reason -> Text,
        student_id -> Binary,
        school_id -> Binary,
        school_year -> Integer,
        course_id -> Binary,
        rank -> Integer,
        instead_of -> Nullable<Binary>,
        state -> Text,
    }
}

table! {
    course_load (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        school_id -> Binary,
        school_year -> Integer,
        first_day -> Text,
        last_day -> Text,
        ask -> Text,
        state -> Text,
        ground -> Text,
        plan -> Text,
        done -> Integer,
        made_at -> BigInt,
        made_by -> Text,
        worked_at -> BigInt,
        version -> BigInt,
    }
}

table! {
    access_class (division_id, tie_id, student_id, from_date) {
        division_id -> Integer,
        tie_id -> Binary,
        student_id -> Binary,
        from_date -> Text,
        until_date -> Text,
        account_id -> Binary,
        school_id -> Binary,
    }
}

table! {
    attendance_code (division_id, school_id, letter, valid_from) {
        division_id -> Integer,
        school_id -> Binary,
        letter -> Text,
        valid_from -> Text,
        valid_until -> Nullable<Text>,
        position -> Integer,
        label_en -> Text,
        label_fr -> Text,
        meaning -> Text,
    }
}

table! {
    attendance_setting (division_id, school_id) {
        division_id -> Integer,
        school_id -> Binary,
        mode -> Text,
        teacher_days -> Integer,
        closed_until -> Nullable<Text>,
        version -> BigInt,
    }
}

table! {
    attendance_mark (division_id, school_id, on_date, slot, student_id, version) {
        division_id -> Integer,
        school_id -> Binary,
        on_date -> Text,
        slot -> Text,
        student_id -> Binary,
        version -> BigInt,
        known_from -> BigInt,
        known_to -> Nullable<BigInt>,
        known_by -> Text,
        reason -> Text,
        letter -> Text,
        meaning -> Text,
        minutes -> Nullable<Integer>,
        comment -> Text,
        source -> Text,
        range_id -> Nullable<Binary>,
    }
}

table! {
    attendance_roll (division_id, school_id, on_date, slot, group_key, version) {
        division_id -> Integer,
        school_id -> Binary,
        on_date -> Text,
        slot -> Text,
        group_key -> Text,
        version -> BigInt,
        submission -> Binary,
        taken_at -> BigInt,
        taken_by -> Text,
        source -> Text,
        students -> Integer,
    }
}

table! {
    attendance_call (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        school_id -> Binary,
        student_id -> Binary,
        on_date -> Text,
        called_at -> BigInt,
        called_by -> Text,
        spoke_with -> Text,
        outcome -> Text,
        note -> Text,
    }
}

table! {
    attendance_desk (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        school_id -> Binary,
        student_id -> Binary,
        on_date -> Text,
        direction -> Text,
        minute_of_day -> Integer,
        reason -> Text,
        noted_at -> BigInt,
        noted_by -> Text,
    }
}

table! {
    attendance_range (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        school_id -> Binary,
        first_day -> Text,
        last_day -> Text,
        letter -> Text,
        comment -> Text,
        marks -> Integer,
        made_at -> BigInt,
        made_by -> Text,
        undone_at -> Nullable<BigInt>,
        undone_by -> Text,
    }
}

table! {
    attendance_letter_plan (division_id, owner, version) {
        division_id -> Integer,
        owner -> Text,
        version -> BigInt,
        valid_from -> Text,
        kinds -> Text,
        half_days -> Text,
        periods -> Text,
        language -> Text,
        set_at -> BigInt,
        set_by -> Text,
    }
}

table! {
    attendance_letter_text (division_id, language, version) {
        division_id -> Integer,
        language -> Text,
        version -> BigInt,
        subject -> Text,
        body -> Text,
        closing -> Text,
        set_at -> BigInt,
        set_by -> Text,
    }
}

table! {
    attendance_letter_batch (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        school_id -> Binary,
        school_year -> Integer,
        letters -> Integer,
        made_at -> BigInt,
        made_by -> Text,
        mailed_at -> Nullable<BigInt>,
        mailed_by -> Text,
        undone_at -> Nullable<BigInt>,
        undone_by -> Text,
    }
}

table! {
    attendance_letter (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        batch_id -> Binary,
        position -> Integer,
        school_id -> Binary,
        student_id -> Binary,
        school_year -> Integer,
        unit -> Text,
        step -> Integer,
        addressee_key -> Text,
        addressee -> Text,
        language -> Text,
        stated -> Text,
        content -> Text,
        undone_at -> Nullable<BigInt>,
    }
}

table! {
    mail_message (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        kind -> Text,
        language -> Text,
        recipient -> Binary,
        subject -> Text,
        body -> Binary,
        made_by -> Text,
        made_at -> BigInt,
        state -> Text,
        attempts -> Integer,
        next_at -> Nullable<BigInt>,
        tried_at -> Nullable<BigInt>,
        last_answer -> Text,
    }
}

table! {
    attendance_email (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        school_id -> Binary,
        student_id -> Binary,
        on_date -> Text,
        person_id -> Binary,
        person_name -> Text,
    }
}

table! {
    invitation (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        person_id -> Binary,
        student_id -> Binary,
        code_hash -> Binary,
        email -> Text,
        made_by -> Text,
        made_at -> BigInt,
        expires_at -> BigInt,
        opened_at -> Nullable<BigInt>,
        used_at -> Nullable<BigInt>,
        account_id -> Nullable<Binary>,
        revoked_at -> Nullable<BigInt>,
        revoked_by -> Text,
    }
}

table! {
    password_link (division_id, id) {
        division_id -> Integer,
        id -> Binary,
        account_id -> Binary,
        code_hash -> Binary,
        made_at -> BigInt,
        expires_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

table! {
    absence_report (division_id, id, school_id) {
        division_id -> Integer,
        id -> Binary,
        school_id -> Binary,
        student_id -> Binary,
        account_id -> Binary,
        told_by -> Text,
        told_at -> BigInt,
        first_day -> Text,
        last_day -> Text,
        part -> Text,
        reason -> Text,
        note -> Nullable<Binary>,
        marks -> Integer,
        seen_at -> Nullable<BigInt>,
        seen_by -> Text,
        taken_back_at -> Nullable<BigInt>,
    }
}

allow_tables_to_appear_in_same_query!(
    division,
    setting,
    data_key,
    audit,
    audit_head,
    outbox,
    job,
    account,
    role_grant,
    web_session,
    web_ceremony,
    passkey,
    throttle,
    access_place,
    tie,
    access_tie,
    authority,
    school,
    school_calendar,
    calendar_closure,
    student,
    student_detail,
    student_name,
    student_address,
    student_phone,
    student_email,
    student_citizenship,
    disclosure_restriction,
    medical_alert,
    student_photo,
    person,
    person_detail,
    contact,
    student_card,
    search_key,
    search_word,
    search_near,
    search_part,
    saved_list,
    default_list,
    enrolment,
    responsible_school,
    mass_update,
    mass_row,
    pasi_item,
    pasi_mirror,
    pasi_cursor,
    pasi_difference,
    pasi_call,
    pasi_lag,
    pasi_link,
    pasi_policy,
    pasi_assignment,
    pasi_note,
    pasi_code,
    pasi_code_relation,
    pasi_code_change,
    pasi_code_read,
    import_run,
    import_row,
    import_mapping,
    calendar_special_day,
    calendar_plan,
    calendar_term,
    bell_schedule,
    bell_period,
    bell_use,
    calendar_feed,
    course,
    section,
    section_course,
    section_staff,
    section_meeting,
    course_enrolment,
    section_offering,
    course_enrolment_claim,
    course_request,
    course_load,
    access_class,
    attendance_code,
    attendance_setting,
    attendance_mark,
    attendance_roll,
    attendance_call,
    attendance_desk,
    attendance_range,
    attendance_letter_plan,
    attendance_letter_text,
    attendance_letter_batch,
    attendance_letter,
    mail_message,
    attendance_email,
    invitation,
    password_link,
    absence_report,
);
