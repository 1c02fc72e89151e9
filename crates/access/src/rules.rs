//! The register of the rules of this domain: accounts, passwords, second factors, roles.
//! The sentence a person reads is `finding-` and the code in the locale files.

/// Every rule of the domain, by code.
pub const RULES: &[kernel::Rule] = kernel::register! {
    "LP-0101" Refuse "At least 12 characters." "NIST SP 800-63B: length";
    "LP-0102" Refuse "This password is among the first that are guessed." "NIST SP 800-63B: compared with a blocklist";
    "LP-0103" Refuse "The password must not contain your user name." "NIST SP 800-63B: words of the context";
    "LP-0104" Refuse "The password is too long." "Lodgepole";
    "LP-0106" Refuse "The present password is wrong." "Lodgepole";
    "LP-0107" Refuse "Choose another password than the present one." "Lodgepole";
    "LP-0110" Refuse "3 to 64 letters, digits and . _ - @ +." "Lodgepole";
    "LP-0111" Refuse "This user name is taken." "Lodgepole";
    "LP-0112" Refuse "Type the name to show." "Lodgepole";
    "LP-0113" Refuse "This is no e-mail address." "Lodgepole";
    "LP-0114" Refuse "This language is not known." "Lodgepole";
    "LP-0120" Refuse "The last director cannot be taken away." "Lodgepole";
    "LP-0121" Refuse "Not on your own account: ask another director." "Lodgepole";
    "LP-0122" Refuse "Type a reason." "Lodgepole";
    "LP-0129" Refuse "Choose whom the account shall see." "Lodgepole";
    "LP-0130" Refuse "Nobody gives a role to oneself." "Lodgepole";
    "LP-0131" Refuse "Choose the school of this role." "Lodgepole";
    "LP-0132" Refuse "This role is of the whole division; leave the school empty." "Lodgepole";
    "LP-0133" Refuse "It ends before it begins." "Lodgepole";
    "LP-0135" Refuse "The account is closed." "Lodgepole";
    "LP-0136" Refuse "The person holds this role on those days already." "Lodgepole";
    "LP-0137" Refuse "The account has no role that sees students so: give the role first." "Lodgepole";
    "LP-0138" Refuse "This cannot be tied so: a homeroom goes to a teacher of its school, a person to a guardian." "Lodgepole";
    "LP-0139" Refuse "The account is tied so already on those days." "Lodgepole";
    "LP-0140" Refuse "The code is wrong. Check the clock of the phone." "RFC 6238";
    "LP-0141" Refuse "The offer is too old. Open the page again." "RFC 6238";
    "LP-0142" Refuse "The last second factor of staff and of guardians stays." "Lodgepole";
    "LP-0150" Refuse "The passkey did not answer as asked. Try again." "W3C Web Authentication, 7.1";
    "LP-0151" Refuse "Name the passkey in at most 60 characters." "Lodgepole";
    "LP-0152" Refuse "This passkey is known already." "W3C Web Authentication, 7.1: a credential is registered once";
    "LP-0170" Note "An invitation holds for 21 days." "Lodgepole";
    "LP-0171" Refuse "The code is none. Check each letter and digit." "Lodgepole";
    "LP-0172" Refuse "The invitation was used: an account was made by it." "Lodgepole";
    "LP-0173" Refuse "The invitation was taken back, or a newer one was sent." "Lodgepole";
    "LP-0174" Refuse "The invitation is too old." "Lodgepole";
    "LP-0175" Refuse "The link was used, is too old, or is none." "Lodgepole";
    "LP-0160" Refuse "Type a number of students from 5 to 5000." "Lodgepole";
};
