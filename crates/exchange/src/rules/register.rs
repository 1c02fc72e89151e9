//! The register of the rules of this domain: files, rows, cells, and what leaves.
//! The sentence a person reads is `finding-` and the code in the locale files.

/// Every rule of the domain, by code.
pub const RULES: &[kernel::Rule] = kernel::register! {
    "LP-0801" Refuse "There is nothing in the file." "Lodgepole";
    "LP-0802" Refuse "This is neither a text nor a workbook. Save the list as CSV or .xlsx and send it again." "Lodgepole";
    "LP-0803" Refuse "This kind of workbook is not read. Open it and save it as .xlsx or CSV." "Lodgepole";
    "LP-0804" Refuse "The workbook unpacks to far more than a list holds. It was not opened." "Lodgepole";
    "LP-0805" Refuse "Row {row} does not end: a quotation mark is not closed, or a cell is longer than a cell may be." "Lodgepole";
    "LP-0806" Refuse "The file has more columns than a list has. Is the separator right?" "Lodgepole";
    "LP-0807" Refuse "The row has {has} cells, the headings are {wanted}: a separator stands within a cell." "Lodgepole";
    "LP-0808" Refuse "Letters were lost: this cell is not in the encoding of the file. Type it again." "Lodgepole";
    "LP-0809" Refuse "The workbook is damaged and cannot be read." "Lodgepole";
    "LP-0810" Refuse "The workbook is locked with a password. Save it without one." "Lodgepole";
    "LP-0811" Warn "It reads as if accents were read in another encoding, such as “Ã©” for “é”." "Lodgepole";
    "LP-0812" Refuse "The cell holds signs that no record may hold." "Lodgepole";
    "LP-0813" Note "The row has {has} cells, the headings are {wanted}: the missing ones are read as empty." "Lodgepole";
    "LP-0814" Refuse "No column of the file is the field “{field}”, which every row needs." "Lodgepole";
    "LP-0815" Refuse "Type a name of at most 80 letters." "Lodgepole";
    "LP-0820" Refuse "This is missing." "Lodgepole";
    "LP-0821" Refuse "An ASN has nine digits." "PASI 4.1: nine digits";
    "LP-0822" Refuse "A spreadsheet rounded this number (1.23E+08); its digits are lost. Type it from the source." "Lodgepole";
    "LP-0823" Note "Read as {to}: a spreadsheet changed the digits." "Lodgepole";
    "LP-0824" Note "Read as {to}: the date is written otherwise than the rest of the file." "Lodgepole";
    "LP-0825" Refuse "This is no date, or it could be one of two. Type it as 2015-04-17." "Lodgepole";
    "LP-0826" Refuse "The division has no school of this code or name." "Lodgepole";
    "LP-0827" Refuse "This is no grade: ECS or 1 to 12." "Lodgepole";
    "LP-0828" Refuse "This value is not in the list." "Lodgepole";
    "LP-0829" Refuse "Yes or no." "Lodgepole";
    "LP-0830" Refuse "Row {row} of the file is about the same record." "Lodgepole";
    "LP-0831" Refuse "This number is another student’s: neither the name nor the birth date agrees." "PASI 4.1: an ASN is one student's";
    "LP-0832" Refuse "The ASN is one student’s, the local number another’s." "Lodgepole";
    "LP-0833" Refuse "The student on record has another ASN. An import does not change an ASN." "PASI 4.1: an ASN is permanent";
    "LP-0834" Refuse "Several students have this name and birth date. Add the ASN or the local number." "Lodgepole";
    "LP-0835" Refuse "This is no whole number." "Lodgepole";
    "LP-0836" Refuse "This is no school year: 2026/27, or the year it ends in." "Lodgepole";
    "LP-0837" Refuse "This is no role of staff." "Lodgepole";
    "LP-0838" Warn "This is no postal code; it is left out." "Lodgepole";
    "LP-0839" Refuse "A code has four digits." "Lodgepole";
    "LP-0840" Refuse "Too few digits; a first zero may be lost. If it is, type {to}." "Lodgepole";
    "LP-0841" Note "A footnote, not a row." "Lodgepole";
    "LP-0842" Note "A school of another authority ({authority})." "Lodgepole";
    "LP-0843" Note "A total, not a row." "Lodgepole";
    "LP-0844" Refuse "The grades sum to {sum}, the total says {total}." "Lodgepole";
    "LP-0845" Note "Found by name and birth date; neither number is on record." "Lodgepole";
    "LP-0846" Refuse "The row names no student: ASN and local number are empty." "Lodgepole";
    "LP-0847" Refuse "The division has no student of this number." "Lodgepole";
    "LP-0848" Refuse "The row says no grade that is taught." "Lodgepole";
    "LP-0851" Refuse "Somebody saved the same record at this moment, or its number is taken. Run again." "Lodgepole";
    "LP-0852" Refuse "The record is not here any more, or not yours to change." "Lodgepole";
    "LP-0853" Refuse "The rows of this file were removed; it can be neither run again nor undone." "Lodgepole";
    "LP-0861" Warn "Not taken back: somebody changed it since." "Lodgepole";
    "LP-0862" Warn "Not taken back: a school that was added stays. Change it on its page." "Lodgepole";
    "LP-0863" Warn "Not taken back: the province was told of the student. The enrolment is marked as created in error." "Lodgepole";
    "LP-0864" Warn "Not taken back: a rule stands against it." "Lodgepole";
    "LP-0871" Refuse "Type why this many rows leave the records." "Lodgepole";
    "LP-0872" Refuse "More than {most} rows of the audit do not leave in one file." "Lodgepole";
};
