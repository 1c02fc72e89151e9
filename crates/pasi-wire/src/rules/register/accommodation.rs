//! Rules of classroom accommodation (13000 to 13999). The province's numbers
//! are not published; those here are stand-ins.

use super::rules;
use crate::rules::Rule;

pub(super) const RULES: &[Rule] = rules! {
    13990 Rejection Accommodation "end_date_override" "The accommodation ends before it begins, on {start}." | "La mesure d’adaptation prend fin avant de commencer, le {start}." | "API/0247101a; number is a stand-in";
    13991 Rejection Accommodation "start_date" "There is an accommodation of this kind from {date} on already." | "Une mesure de ce type figure déjà à compter du {date}." | "API/0247101a; number is a stand-in";
    13992 Warning Accommodation "start_date" "The student is not enrolled in school {school} on {date}, when the accommodation begins." | "L’élève n’est pas inscrit à l’école {school} le {date}, au début de la mesure d’adaptation." | "API/0247101a; number is a stand-in";
};
