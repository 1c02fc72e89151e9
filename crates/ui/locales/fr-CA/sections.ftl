timetable-period = Période
timetable-period-n = Période { $n }
timetable-day = Jour { $n }
timetable-free = Rien
timetable-none = Cet horaire est vide.

sections-count = { $n ->
    [one] { $n } classe
   *[other] { $n } classes
}
sections-section = Classe
sections-new = Nouvelle classe
sections-change = Modifier
sections-change-student = Modifier { $name }
sections-change-title = Modifier la classe
sections-timetables = Horaires
sections-courses = Cours
sections-course = Cours
sections-number = Numéro
sections-teacher = Enseignant
sections-room = Local
sections-room-n = Local { $room }
sections-when = Rencontres
sections-meets-days = jours { $days }
sections-meets-periods = période { $periods }
sections-students = Élèves
sections-capacity = Nombre maximal d’élèves
sections-school = École
sections-any-course = Tous les cours
sections-any-grade = Tous les niveaux
sections-any-homeroom = Toutes les classes-foyers
sections-open-only = Classes ouvertes
sections-with-closed = Classes fermées aussi
sections-filter = Numéro, cours, enseignant, local
sections-open = Ouverte
sections-closed = Fermée
sections-waiting = { $n ->
    [one] { $n } en attente
   *[other] { $n } en attente
}
sections-none = Aucune classe n’a été créée pour cette année scolaire.
sections-none-own = Vous n’enseignez à aucune classe cette année scolaire.
sections-none-fit = Aucune classe ne correspond à ces filtres.
sections-print = Imprimer
sections-no-meeting = Aucune rencontre n’est fixée.

sections-class-list = Liste de classe
sections-class-none = Personne n’est dans cette classe.
sections-class-not-yours = Vous voyez les élèves de cette classe les jours où vous y enseignez.
sections-waiting-list = Liste d’attente
sections-place = Nº
sections-student = Élève
sections-grade = Niveau
sections-homeroom = Classe-foyer
sections-from = Du
sections-until = Au
sections-left-school = absent de l’école
sections-in-error = Inscrit par erreur

sections-staff = Enseignants
sections-staff-none = Personne n’enseigne encore à cette classe.
sections-staff-add = Ajouter
sections-staff-end = Enregistrer le dernier jour
sections-staff-end-text = Après le dernier jour, cette personne ne voit plus les élèves de la classe.
sections-staff-remove = Retirer
sections-staff-remove-text = Cette personne ne devait jamais enseigner à cette classe. Le journal en garde trace.
sections-role-lead = Enseignant responsable
sections-role-co = Coenseignant
sections-role-substitute = Suppléant

sections-close = Fermer la classe
sections-close-title = Fermer la classe
sections-close-text = { $n ->
    [0] Personne n’est dans la classe. Elle se rencontre pour la dernière fois ce jour-là.
    [one] Un élève est dans la classe ou attend. Qui en fait partie la quitte ce jour-là; qui attend n’attend plus.
   *[other] { $n } élèves sont dans la classe ou attendent. Qui en fait partie la quitte ce jour-là; qui attend n’attend plus.
}

sections-put-in = Placer des élèves
sections-put-in-text = Choisissez des élèves, puis vérifiez : rien n’est enregistré avant que vous ayez vu le résultat pour chacun.
sections-put-in-check = Vérifier
sections-put-in-do = Les placer
sections-put-in-nobody = Aucun élève de l’école ne correspond à ces filtres, ou tous sont dans la classe.
sections-put-in-most = { $n } élèves correspondent; les 200 premiers sont affichés.
sections-put-in-told = Placés : { $in } · en attente : { $waits } · refusés : { $refused }
sections-choose = Choisir
sections-result = Résultat
sections-student-filter = Nom de l’élève
sections-went-in = Placé
sections-went-waits = En attente, nº { $place }
sections-went-refused = Refusé

sections-seat-out-title = Quitte
sections-seat-out-text = Le dernier jour est le dernier dans la classe.
sections-seat-out-do = Retirer
sections-seat-error-title = Placé par erreur
sections-seat-error-text = Comme si l’élève n’avait jamais été dans la classe. L’historique en garde trace.
sections-seat-error-do = Annuler
sections-seat-in-title = Admettre
sections-seat-in-text = L’élève est dans la classe à partir de ce jour.
sections-seat-in-do = Admettre
sections-seat-up-title = Avancer
sections-seat-up-text = L’élève attend avant celui qui le précède maintenant.
sections-seat-up-do = Avancer
sections-seat-in-error = Cela a été annulé et ne compte pas.

sections-timetable-choose = Choisissez un enseignant ou un local.
sections-timetable-show = Afficher
sections-timetable-of = Horaire · { $name }
sections-timetable-from = Dès le { $day }

sections-courses-count = { $n ->
    [one] { $n } cours
   *[other] { $n } cours
}
sections-courses-filter = Code ou nom
sections-courses-none = Aucun cours ne correspond, ou le catalogue est vide.
sections-courses-file = Cours du fichier
sections-courses-missing = { $n ->
    [one] Le fichier des cours de l’Alberta a un cours qui n’est pas au catalogue.
   *[other] Le fichier des cours de l’Alberta a { $n } cours qui ne sont pas au catalogue.
}
sections-courses-take = Les ajouter
sections-code = Code
sections-grades = Niveaux
sections-credits = Crédits
sections-after = Préalables
sections-life = Offert
sections-local = local
sections-until-year = jusqu’en { $year }

sections-field-school = École
sections-field-number = Numéro
sections-field-room = Local
sections-field-capacity = Nombre maximal d’élèves
sections-field-courses = Cours
sections-field-term = Période de l’année
sections-term-hint = Ses jours remplacent les deux dates
sections-field-first-day = Premier jour
sections-field-last-day = Dernier jour
sections-field-meetings = Rencontres
sections-field-account = Enseignant
sections-field-role = Rôle
sections-field-from = Du
sections-field-until = Dernier jour
sections-field-reason = Motif
