# Présences : les appels, ce que le secrétariat en fait, l’année.
attendance-own = Mes appels
attendance-rolls = Appels
attendance-roll = Appel
attendance-slot = Partie du jour
attendance-teacher = Enseignant·e
attendance-students = Élèves
attendance-state = État
attendance-open = Pas encore faits
attendance-later = Plus tard aujourd’hui
attendance-taken = Faits
attendance-not-taken = Pas fait
attendance-figures = { $absent } absent·s · { $late } en retard
attendance-missing = { $n } appels sur { $of } à faire
attendance-slot-missing = { $slot } : { $n } sur { $of } à faire
attendance-all-taken = { $n ->
    [one] L’appel est fait.
   *[other] Les { $n } appels sont faits.
}
attendance-no-school = Pas de classe ce jour-là.
attendance-no-homeroom = Vous n’avez pas d’appel ce jour-là : aucune classe ne vous est liée et aucun de vos cours n’a lieu.
attendance-no-homerooms = Aucun élève de cette école n’a de classe titulaire ce jour-là.
attendance-day-before = Jour précédent
attendance-day-after = Jour suivant
attendance-today = Aujourd’hui
attendance-homeroom = Classe { $name }
attendance-tab-board = Appels
attendance-tab-unexplained = Absences à expliquer
attendance-tab-desk = Arrivées et départs
attendance-tab-many = Plusieurs à la fois
attendance-tab-summary = Bilan de l’année
attendance-tab-chronic = Absentéisme chronique
attendance-tab-codes = Codes
slot-am = Matin
slot-pm = Après-midi
slot-period = Période { $n }
source-teacher = Enseignant·e
source-office = Secrétariat
source-family = Famille
meaning-present = Présent
meaning-unexplained = Absence à expliquer
meaning-unauthorized = Absence non autorisée
meaning-authorized = Absence autorisée
meaning-late = Retard
meaning-activity = Activité scolaire

roll-present = présents
roll-absent = absents
roll-late = en retard
roll-excused = excusés
roll-photo = Photo de { $name }
roll-shield = À lire avant tout détail
roll-open = Plus pour { $name }
roll-minutes = { $n } min
roll-minutes-late = Minutes de retard
roll-note = Note
roll-keys-move = déplacer
roll-key-shift = Maj
roll-keys-note = avec une note
roll-class = Liste de la classe
roll-view = Affichage
roll-photos = Photos
roll-list = Liste
roll-last = Comme la dernière fois
roll-rest = Marquer les autres présents
roll-rest-short = Autres présents
roll-submit = Envoyer l’appel
roll-taken = Appel fait.
roll-taken-by = Fait par { $who }, { $when }
roll-not-taken = appel pas fait
roll-earlier = 5 derniers cours
roll-strip = Pour cette classe
roll-keeping = Continuez : ce que vous marquez est gardé sur cet appareil. Envoyez quand vous aurez fini.
roll-kept = L’appel est gardé sur cet appareil et partira au retour de la connexion.
roll-marks-kept = Marques gardées : {"{"}n{"}"}.
roll-last-sent = Dernier envoi à {"{"}time{"}"}
roll-look-title = Un appel gardé sur cet appareil est à vérifier.
roll-look-text = Quelqu’un d’autre a marqué un élève entre-temps, ou le jour a été fermé.
roll-look = Le vérifier
roll-mine = Le mien
roll-clash = Marqué par quelqu’un d’autre entre-temps
roll-clash-text = Le reste de votre appel est enregistré. Choisissez pour chaque élève; d’ici là, l’autre marque demeure.
roll-clash-apply = Appliquer
roll-refused-title = L’appel n’est pas encore enregistré.
roll-refused-text = Voyez les élèves ouverts ci-dessous.

unexplained-none = Chaque absence du jour est expliquée.
unexplained-contacts = Famille et contacts
unexplained-by = Marqué par { $who }
unexplained-call = Noter un appel
unexplained-note-call = Noter l’appel
unexplained-no-phone = Aucun contact avec un numéro de téléphone.
unexplained-explain = Expliquer
field-letter = Code
field-source = Dit par
field-spoke-with = Qui vous avez appelé
field-call-outcome = Résultat
call-reached = jointe
call-message = message laissé
call-no-answer = pas de réponse
call-wrong-number = mauvais numéro

pass-find = Nom ou numéro
pass-find-do = Chercher
pass-who = Qui est au comptoir?
pass-first = Cherchez d’abord l’élève.
pass-nobody = Personne à cette école n’a ce nom ou ce numéro.
pass-entry = Arrivée ou départ
pass-student = Élève
pass-direction = Dans quel sens
pass-in = Arrivée
pass-out = Départ
pass-time = Heure
pass-time-hint = Comme 9:42
pass-code = Marquer cette partie du jour
pass-reason = Raison
pass-note = Noter
pass-by = Noté par
pass-today = Aujourd’hui
pass-none = Aucune arrivée ni aucun départ aujourd’hui.

many-choose = Quels élèves?
many-show = Afficher
many-entry = Un code pour plusieurs
many-students = Élèves
many-first-day = Premier jour
many-last-day = Dernier jour
many-slots = Parties du jour
many-preview = Aperçu
many-enter = Inscrire
many-plan = Ce qui serait fait
many-will = { $n } marques seront inscrites, { $stays } restent.
many-will-text = Ce que quelqu’un a expliqué, et les retards, restent.
many-more = Et { $n } de plus.
many-day = Jour
many-before = Maintenant
many-after = Ensuite
many-written = inscrite
many-stays = reste
many-made = Inscrits auparavant
many-marks = Marques
many-by = Par
many-undone = Annulé
many-none = Rien n’a encore été inscrit pour plusieurs.

codes-title = Codes et jours ouverts
codes-teacher-days = Jours pendant lesquels les enseignants peuvent modifier un appel
codes-closed-until = Fermé jusqu’au jour suivant inclus
codes-closed-hint = Personne ne modifie les présences de ces jours
codes-letter = Lettre { $n }
codes-label-en = Libellé anglais { $n }
codes-label-fr = Libellé français { $n }
codes-meaning = Sens { $n }

summary-title = Jours manqués
summary-said = { $n } élèves sur { $of } ont manqué un dixième de leurs jours ou plus
summary-chronic = Un dixième ou plus
summary-all = Tous
summary-missed = Jours manqués
summary-percent = Part
summary-unauthorized = Absences non autorisées ou à expliquer
summary-shares = Dessiné
summary-bar = { $authorized } jours autorisés, { $unauthorized } non, sur { $of }
summary-none = Personne n’a manqué un dixième des jours.
summary-note = Compté en jours de classe jusqu’à aujourd’hui; une moitié manquée est un demi-jour. Les retards et les activités scolaires ne sont pas des absences.
student-tab-attendance = Présences
student-attendance-year = Présences { $year }
student-attendance-months = Par mois
student-attendance-days = Jours
student-attendance-all = Les { $n } de l’année
student-attendance-none = Présent chaque jour jusqu’ici.

differences-open = Désaccords entre périodes et jour
differences-title = Désaccords entre périodes et jour
differences-none = Les périodes et les appels quotidiens de ce jour disent la même chose.
differences-day = Selon le jour
differences-periods = Selon les périodes
differences-how = Désaccord
differences-settle = Régler
differences-settled = { $n ->
    [one] Réglé : une marque a été écrite.
   *[other] Réglé : { $n } marques ont été écrites.
}
differs-there = Absent selon le jour, présent à une période
differs-absent = Présent selon le jour, absent à chaque période
differs-explained = Expliqué d’un seul côté
keep-day = Garder le jour
keep-periods = Garder les périodes
mode-daily = Matin et après-midi, par classe
mode-period = Chaque période, par cours
mode-both = Les deux
codes-mode = L’appel se fait
codes-mode-hint = Vaut dès maintenant. Ce qui a été marqué avant reste.
many-class = Cours

chronic-every-school = Toutes les écoles
chronic-every-grade = Tous les niveaux
chronic-grade = Niveau { $grade }
chronic-by-month = Par mois
chronic-by-school = Par école
chronic-by-grade = Par niveau
chronic-title-month = Un dixième ou plus manqué, par mois
chronic-title-school = Un dixième ou plus manqué, par école
chronic-title-grade = Un dixième ou plus manqué, par niveau
chronic-said = { $n } élèves sur { $of }, soit { $share }, ont manqué un dixième ou plus de leur enseignement dans l’année jusqu’à aujourd’hui.
chronic-who = Voir les élèves
chronic-students = Élèves
chronic-missing = Un dixième ou plus manqué
chronic-share-month = Part du mois
chronic-share-year = Part de l’année jusqu’ici
chronic-how = Chaque élève compte pour les jours de son inscription. Un mois sans aucun appel n’a pas de chiffre.
chronic-nothing = Personne n’a encore eu de cours cette année.
chronic-list-title = Élèves qui ont manqué un dixième ou plus
chronic-listed = { $n ->
    [one] { $n } élève
   *[other] { $n } élèves
}
chronic-first = Les { $n } premiers sont affichés; le fichier les contient tous.
chronic-possible = Jours de classe
chronic-file = Ces élèves dans un fichier

home-title = Demander à la famille par courriel
home-text = Chaque personne choisie reçoit un message à elle. À qui on a écrit au sujet de ce jour figure dans le relevé des appels, avec la suite du message.
home-whom = À qui on écrit
home-send = Envoyer les messages
home-nobody = Aucune personne-ressource n’est inscrite.
home-written = Message déjà écrit
home-preview = Ce qui est écrit ({ $language })
home-sent = { $n ->
    [0] Rien de nouveau n’était à envoyer.
    [one] { $n } message est en route.
   *[other] { $n } messages sont en route.
}
home-mail-subject = Une absence à expliquer : { $school }
home-mail-text =
    Bonjour,

    { $child } a été marqué absent à { $school } le { $day } ({ $slots }), et personne ne nous en a encore dit la raison.
home-mail-call = Veuillez appeler le secrétariat de l’école au { $phone } pour nous en dire la raison. Si c’est déjà fait, merci.
home-mail-ask = Veuillez en dire la raison au secrétariat de l’école. Si c’est déjà fait, merci.

mark-history = Toutes les marques du { $day }
mark-earlier = { $n ->
    [one] { $n } valeur antérieure
   *[other] { $n } valeurs antérieures
}
mark-taken-back = Marqué, puis présent après correction :
