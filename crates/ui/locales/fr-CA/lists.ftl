students-all-homerooms = Toutes les classes
students-missing = Données manquantes
students-more = Plus de filtres
students-columns = Colonnes
students-print = Imprimer
students-print-part = Seuls les { $n } premiers élèves sont imprimés. Resserrez la liste pour les autres.
students-tick = Cochés
students-tick-one = Cocher { $name }
students-tick-page = Cocher cette page
students-ticked = 0 cochés
students-untick = Tout décocher
students-change-most = Pour tout modifier : resserrez à { $n } élèves au plus, par école ou par niveau
students-change-ticked = Modifier les cochés
students-change-all = { $n ->
    [one] Modifier cet élève
   *[other] Modifier les { $n } de cette liste
}
print-protected-b = Protégé B
column-number = Numéro local
column-state = État
missing-guardian-phone = Aucun tuteur avec un téléphone
missing-guardian-email = Aucun tuteur avec un courriel
missing-guardian = Aucun tuteur ni contact
missing-address = Aucune adresse
missing-asn = Aucun numéro d’élève
missing-homeroom = Aucune classe
missing-document = Aucune pièce d’identité vue
missing-citizenship = Aucune citoyenneté
missing-language = Langue à la maison non indiquée
lists-title = Mes listes
lists-usual = Élèves
lists-facts = Une liste garde un filtre, son ordre et ses colonnes. Qui l’ouvre n’y voit que les élèves qui lui sont permis.
lists-keep = Garder cette liste
lists-keep-changes = Garder les changements
lists-keep-facts = Le filtre, l’ordre et les colonnes affichés sont gardés sous un nom.
lists-manage = Toutes les listes
lists-seen-by = Vue par
lists-opens = Ouvre la page
lists-opens-here = S’ouvre avec elle
lists-do = Actions
lists-none = Aucune liste n’est gardée.
lists-none-do = Filtrez les élèves, puis gardez la liste
lists-removed = La liste est supprimée.
lists-default = Ouvrir Élèves avec cette liste
lists-not-default = Ne plus ouvrir avec elle
lists-change = Modifier
lists-change-one = Modifier { $name }
lists-change-title = Modifier la liste
lists-remove = Supprimer
lists-remove-one = Supprimer { $name }
lists-save = Garder la liste
lists-label = Nom de la liste
lists-share-school = École
lists-sharing-own = Moi seulement
lists-sharing-own-note = Personne d’autre ne la voit.
lists-sharing-school = Une école
lists-sharing-school-note = Le personnel de cette école la voit et peut l’ouvrir.
lists-sharing-division = Toute la division
lists-sharing-division-note = Le personnel de chaque école la voit et peut l’ouvrir.
mass-title = Modifier plusieurs élèves
mass-facts = Ce que vous avez modifié pour plusieurs élèves à la fois, du plus récent au plus ancien. Chaque modification peut être reprise si personne n’a modifié l’élève depuis.
mass-none = Rien n’a encore été modifié pour plusieurs élèves.
mass-begin = Choisissez des élèves dans la liste
mass-refresh = Regarder de nouveau
mass-when = Commencée
mass-back-to-list = Retour aux élèves
mass-students = { $n ->
    [one] { $n } élève
   *[other] { $n } élèves
}
mass-what = Que faut-il modifier?
mass-other = Modifier autre chose
mass-look = Montrer ce qui changerait
mass-homeroom = Classe
mass-homeroom-note = Un champ vide retire la classe. PASI ne la garde pas.
mass-homeroom-to = Nouvelle classe
mass-grade = Année d’études
mass-grade-note = L’année d’études de l’inscription de cette année.
mass-grade-to = Nouvelle année d’études
mass-start = Premier jour
mass-start-note = Le premier jour de l’inscription de cette année.
mass-start-to = Nouveau premier jour
mass-end = Dernier jour prévu
mass-end-note = Le dernier jour normal de classe, une fin d’année. Les élèves partis sont plutôt retirés.
mass-end-to = Nouveau dernier jour
mass-programming = Programmation
mass-programming-note = Le genre de programmation et le moment où elle est enseignée.
mass-programming-to = Genre de programmation
mass-add-grant = Ajouter un code de subvention
mass-add-grant-note = Chaque élève garde ses codes; trois au plus.
mass-add-grant-to = Code de subvention à ajouter
mass-remove-grant = Retirer un code de subvention
mass-remove-grant-note = Les élèves qui ne l’ont pas restent tels quels.
mass-remove-grant-to = Code de subvention à retirer
mass-resident-board = Conseil de résidence
mass-resident-board-note = Quatre chiffres; un champ vide le retire.
mass-resident-board-to = Conseil de résidence
mass-withdraw = Retirer
mass-withdraw-note = Les élèves ont fréquenté l’école et sont partis. Le dernier jour de présence va à PASI comme date de sortie.
mass-withdraw-to = Dernier jour de présence
mass-state = Où on en est
mass-told-ready = { $n ->
    [one] { $n } élève sera modifié.
   *[other] { $n } élèves seront modifiés.
}
mass-told-nothing = Rien ne changerait.
mass-told-nothing-yet = Rien n’est encore modifié. Chaque modification sera faite en votre nom et pourra être reprise.
mass-told-stopped = { $n ->
    [one] Arrêté. Il reste { $n } élève.
   *[other] Arrêté. Il reste { $n } élèves.
}
mass-told-done = { $n ->
    [one] { $n } élève a été modifié.
   *[other] { $n } élèves ont été modifiés.
}
mass-told-undone = { $n ->
    [one] { $n } modification a été reprise.
   *[other] { $n } modifications ont été reprises.
}
mass-told-kept = { $n ->
    [one] { $n } élève n’a pu être repris : voyez pourquoi ci-dessous.
   *[other] { $n } élèves n’ont pu être repris : voyez pourquoi ci-dessous.
}
mass-apply = { $n ->
    [one] Modifier { $n } élève
   *[other] Modifier { $n } élèves
}
mass-change-value = Une autre valeur
mass-go-on = { $n ->
    [one] Continuer avec { $n } élève
   *[other] Continuer avec { $n } élèves
}
mass-undo = { $n ->
    [one] Reprendre { $n } modification
   *[other] Reprendre { $n } modifications
}
mass-running-preparing = { $n } examinés sur { $all }
mass-running-applying = { $n } traités sur { $all }
mass-running-undoing = { $n } traités sur { $all }
mass-running-note = Le travail se poursuit de lui-même, même si vous quittez la page.
mass-orphaned = Le travail a été interrompu.
mass-orphaned-text = Ce qui est fait tient. Le reste peut reprendre où il s’est arrêté.
mass-take-up = Continuer
mass-stop = Arrêter
mass-rows = Élèves
mass-rows-none = Aucun élève ici.
mass-rows-will = Seront modifiés
mass-rows-done = Modifiés
mass-rows-undone = Repris
mass-rows-kept = Non repris
mass-rows-stale = Modifiés entre-temps
mass-rows-refused = Impossibles à modifier
mass-rows-same = Déjà ainsi
mass-rows-waiting = Pas encore examinés
mass-row-will = Sera modifié
mass-row-done = Modifié
mass-row-undone = Repris
mass-row-kept = Non repris
mass-row-stale = Laissé tel quel
mass-row-refused = Non modifié
mass-row-same = Déjà ainsi
mass-row-waiting = En attente
mass-old = Avant
mass-new = Après
mass-says = Ce qu’il en advient
mass-not-yours = N’est plus votre élève
mass-state-chosen = Commencée
mass-state-preparing = À l’examen
mass-state-ready = Non appliquée
mass-state-applying = En cours
mass-state-stopped = Arrêtée
mass-state-done = Appliquée
mass-state-undoing = En reprise
mass-state-undone = Reprise
finding-LP-0440 = Cochez au moins un élève que vous pouvez modifier.
finding-LP-0441 = Au plus { $most } élèves à la fois. Resserrez la liste, par école ou par niveau, et modifiez une partie après l’autre.
finding-LP-0442 = C’est déjà appliqué, ou pas encore prêt.
finding-LP-0443 = Choisissez une valeur de la liste.
finding-LP-0444 = Aucune inscription à votre école qui ne soit terminée.
finding-LP-0445 = Quelqu’un a modifié cette inscription après votre examen. Elle reste telle quelle.
finding-LP-0446 = Quelqu’un a modifié cette inscription depuis. Elle reste telle quelle.
finding-LP-0447 = Vous ne pouvez plus modifier cet élève.
