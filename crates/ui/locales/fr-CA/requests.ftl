requests = Demandes de cours
requests-rank = Rang
requests-class = Classe
requests-instead = à défaut
requests-no-class = aucune encore
requests-none = Aucun cours n’est demandé cette année.
requests-none-at-all = Personne ne demande un cours qui correspond.
requests-credits = { $n ->
    [one] { $n } crédit en { $year }
   *[other] { $n } crédits en { $year }
}
requests-raise = Monter
requests-withdraw = Retirer
requests-withdrawn = Retirées
requests-add = Ajouter
requests-add-title = Demander un cours
requests-count = { $n ->
    [one] { $n } demande
   *[other] { $n } demandes
}
requests-filter = Cours ou élève
requests-every-course = Tous les cours demandés
requests-asked = Demandes
requests-seated = Déjà placés
requests-as-instead = À défaut
requests-sections = Classes
requests-seats = Places
requests-room = Capacité
requests-enough = Suffisante
requests-needed = { $n ->
    [one] { $n } classe de plus
   *[other] { $n } classes de plus
}
requests-many = Saisir pour plusieurs
requests-many-do = Saisir
requests-many-told = Peuvent être saisies : { $in } · refusées : { $refused } · lignes qui ne nomment personne : { $unknown }
requests-numbers-hint = Numéros locaux ou ASN, un par ligne. Avec un niveau ou une classe-foyer, les deux comptent.
requests-unknown = pas un élève de l’école

load-title = Répartition
load-text = La répartition place les demandes des élèves dans les classes et montre le résultat. Personne ne bouge avant que vous l’appliquiez. Les places que les élèves ont déjà restent.
load-begin-title = Plan
load-begin = Faire un plan
load-whole-year = Toutes les classes de l’année
load-span = Classes du { $from } au { $until } ({ $n })
load-linked-hint = Les numéros de deux classes par ligne : ELA2105-1 = SST2771-1. Qui demande les cours des deux a les deux ou aucune.
load-together-hint = Deux élèves et un cours par ligne : 100234 = 100235 : ELA2105. Ils sont dans la même classe, ou dans aucune.
load-run = Fait
load-runs = Derniers plans
load-none = Aucun plan n’a été fait pour cette école et cette année.
load-days = Période
load-rate = Placées
load-percent = { $whole },{ $tenth } %
load-seconds = { $whole },{ $tenth }
load-apply = Appliquer le plan
load-again = Refaire le plan
load-undo = Tout annuler
load-go-on = Continuer
load-new = Nouveau plan
load-orphaned = Le travail a été interrompu. Ce qui est fait reste fait; continuez avec le reste.
load-state-planning = En préparation
load-state-planned = Planifié
load-state-failed = Sans plan
load-state-applying = En cours d’application
load-state-applied = Appliqué
load-state-undoing = En cours d’annulation
load-state-undone = Annulé
load-told-planning = Le plan se prépare. Cela prend quelques secondes pour une grande école; la page suit d’elle-même.
load-told-planned = { $placed ->
    [one] Une place serait donnée. Personne n’a encore bougé.
   *[other] { $placed } places seraient données. Personne n’a encore bougé.
}
load-told-failed = Aucun plan n’a pu être fait. Réessayez; si cela se répète, avertissez la personne qui s’occupe du programme.
load-told-applying = { $done } classes sur { $n } sont remplies; la page suit d’elle-même.
load-told-applied = Les élèves sont dans leurs classes. Tout peut être annulé d’un coup.
load-told-undoing = { $done } classes sur { $n } sont traitées; la page suit d’elle-même.
load-told-undone = { $kept ->
    [0] Toutes les places de ce plan ont été annulées.
    [one] Toutes les places de ce plan ont été annulées, sauf une que quelqu’un a modifiée depuis.
   *[other] Toutes les places de ce plan ont été annulées, sauf { $kept } que quelqu’un a modifiées depuis.
}
load-figures = Résultat
load-figure-rate = des demandes
load-figure-placed = nouvelles places
load-figure-instead = par un cours à défaut
load-figure-settled = avaient déjà une place
load-figure-unplaced = non placées
load-figure-seconds = secondes
load-unplaced = Non placées
load-unplaced-none = Toutes les demandes sont placées.
load-more = { $n } autres figurent dans le rapport exporté.
load-why = Pourquoi
load-why-not-offered = Aucune classe du cours n’est ouverte pour cette période
load-why-full = Toutes les classes possibles sont pleines
load-why-apart = Aucune classe ne convient aux deux qui vont ensemble
load-why-away = Absent de l’école pendant cette période
load-why-conflict = Toutes les classes ont lieu en même temps que d’autres de l’élève, comme { $section }
load-rule = Règle
load-refused = Finalement non placés
load-by-course = Par cours
load-had = Placées
load-pair = Cours
load-ask-both = Demandent les deux
load-at-once = Paires simultanées
load-met = Demandés ensemble, enseignés en même temps
load-met-text = Cours dont la moitié ou plus des paires de classes ont lieu en même temps.
load-met-none = Aucun cours n’en gêne un autre.
load-by-class = Par classe
load-before = Avant
load-after = Après

sections-field-instead-of = À défaut de
sections-field-grade = Niveau
sections-field-homeroom = Classe-foyer
sections-field-numbers = Élèves par numéro
sections-field-span = Quelles classes
sections-field-seed = Variante
sections-field-linked = Classes qui vont ensemble
sections-field-together = Élèves à placer ensemble
