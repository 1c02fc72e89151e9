year-title = Fin d’année
year-facts = Pour des écoles entières. Rien n’est écrit avant que vous ayez vu ce qui changerait, et tout peut être repris.
year-lately = Changements récents
year-what = Que faut-il faire?
division-part-year = Fin d’année
division-part-year-text = Clore une année scolaire, inscrire les élèves à la suivante

mass-close = Clôture de l’année scolaire
mass-register = Inscription à
mass-rows-left-out = Laissés de côté
mass-row-left-out = Laissé de côté

year-close = Clore une année scolaire
year-close-note = Les inscriptions sans fin en reçoivent une; celles qui finissent plus tard sont avancées.
year-close-year = Année scolaire
year-close-on = Dernier jour
year-close-on-hint = Vide : le dernier jour de classe de chaque école
year-close-schools = Écoles à clore
year-close-day = dernier jour de classe { $day }
year-kind = Comment elles finissent
year-kind-CompletionDate = Achèvement : l’élève est resté jusqu’à la fin
year-kind-WithdrawalDate = Retrait : l’élève est venu, puis est parti
year-close-students = { $n ->
    [one] { $n } inscription
   *[other] { $n } inscriptions
}
year-close-seats = Par école et par année
year-close-seats-all = À clore
year-close-told-ready = { $n ->
    [one] { $n } inscription sera close.
   *[other] { $n } inscriptions seront closes.
}
year-close-told-nothing = Rien ne serait clos.
year-close-told-stopped = { $n ->
    [one] Arrêté; il reste { $n } inscription.
   *[other] Arrêté; il reste { $n } inscriptions.
}
year-close-told-done = { $n ->
    [one] { $n } inscription a été close.
   *[other] { $n } inscriptions ont été closes.
}
year-close-told-undone = { $n ->
    [one] { $n } inscription est redevenue comme avant.
   *[other] { $n } inscriptions sont redevenues comme avant.
}
year-close-apply = { $n ->
    [one] Clore { $n } inscription
   *[other] Clore { $n } inscriptions
}
year-close-go-on = { $n ->
    [one] Clore celle qui reste
   *[other] Clore les { $n } qui restent
}
year-close-back-to-list = Retour à la fin d’année

year-register = Inscrire à l’année scolaire suivante
year-register-note = Une année de plus, à la même école ou là où ses élèves continuent. Les heures et les codes de subvention sont à redire.
year-register-year = Pour l’année scolaire
year-register-on = Premier jour
year-register-on-hint = Vide : le premier jour de classe de chaque école
year-register-schools = Écoles où les élèves sont maintenant
year-register-day = premier jour de classe { $day }
year-onward = Pour la { $grade }e année, ensuite à
year-onward-none = Aucune école choisie
year-register-students = { $n ->
    [one] { $n } élève
   *[other] { $n } élèves
}
year-register-seats = Par école et par année d’études actuelles
year-register-seats-all = À inscrire
year-register-told-ready = { $n ->
    [one] { $n } élève sera inscrit.
   *[other] { $n } élèves seront inscrits.
}
year-register-told-nothing = Personne ne serait inscrit.
year-register-told-stopped = { $n ->
    [one] Arrêté; il reste { $n } élève.
   *[other] Arrêté; il reste { $n } élèves.
}
year-register-told-done = { $n ->
    [one] { $n } élève a été inscrit.
   *[other] { $n } élèves ont été inscrits.
}
year-register-told-undone = { $n ->
    [one] { $n } inscription a été reprise.
   *[other] { $n } inscriptions ont été reprises.
}
year-register-apply = { $n ->
    [one] Inscrire { $n } élève
   *[other] Inscrire { $n } élèves
}
year-register-go-on = { $n ->
    [one] Inscrire celui qui reste
   *[other] Inscrire les { $n } qui restent
}
year-register-back-to-list = Retour à la fin d’année

year-early = PASI n’accepte pas encore cette année scolaire.
year-seats-same = Déjà ainsi
year-seats-not = Non
year-place = Année { $grade }, dès le { $start }
year-rules = Règles
year-except = Décider autrement
year-decision = Que doit-il advenir de cet élève?
year-decision-proposed = Comme le disent les règles
year-decision-leave-out = Laissé de côté
year-decision-seat = À cette école, dans cette année

finding-LP-0460 = Choisissez au moins une de vos écoles.
finding-LP-0461 = Choisissez une année scolaire de la liste.
finding-LP-0462 = Reste à une autre école jusqu’au { $day }.
finding-LP-0463 = Personne n’est inscrit à ces écoles dans cette année scolaire.
finding-LP-0464 = Termine la 12e année et ne continue pas.
finding-LP-0465 = Fréquente { $school }; y est inscrit.
finding-LP-0466 = La { $grade }e année n’est pas offerte ici. Dites où ses élèves continuent.
finding-LP-0467 = Les codes de subvention { $codes } ne suivent pas. Confirmez-les pour la nouvelle année.
finding-LP-0468 = Continue à { $school }, qui n’est pas une de vos écoles.
finding-LP-0469 = L’école n’a pas de calendrier pour { $year }. Ajoutez-en un, ou indiquez un jour.
finding-LP-0470 = Ne reste pas jusqu’à la fin de l’année scolaire.
finding-LP-0471 = Déjà inscrit pour cette année scolaire.
finding-LP-0472 = Quelqu’un a inscrit l’élève après votre aperçu. Laissé tel quel.
finding-LP-0473 = PASI accepte les inscriptions de { $year } dès le { $day }. D’ici là, elles attendent dans la file.
finding-LP-0474 = PASI n’accepte pas les inscriptions de { $year } maintenant. Elles attendent dans la file jusque-là.
