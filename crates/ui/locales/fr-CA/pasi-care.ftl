pasi-page-check = Consulter PASI
pasi-page-mine = Les miens
pasi-page-shown = { $n ->
    [one] { $n } ligne affichée
   *[other] { $n } lignes affichées
}
pasi-keys-move = suivant, précédent
pasi-keys-open = ouvrir
pasi-keys-act = décider
pasi-said-checked = { $n ->
    [0] PASI a été consulté : rien de nouveau.
    [one] PASI a été consulté : { $n } dossier plus récent est arrivé.
   *[other] PASI a été consulté : { $n } dossiers plus récents sont arrivés.
} { $m ->
    [0] Les deux côtés ont les mêmes versions.
    [one] { $m } copie s’était écartée et a été relue.
   *[other] { $m } copies s’étaient écartées et ont été relues.
}
pasi-said-checking = PASI est consulté en ce moment. Ce qui est nouveau apparaîtra de soi-même.
pasi-said-away = PASI ne répond pas pour l’instant. Le travail continue; ce qui attend partira de soi-même à son retour.
pasi-said-off = PASI n’est pas configuré ici.
pasi-said-sent = { $n ->
    [0] Rien n’a été transmis.
    [one] { $n } changement part vers PASI.
   *[other] { $n } changements partent vers PASI.
} { $m ->
    [0] Aucun n’a été laissé de côté.
    [one] { $m } a été laissé de côté : quelqu’un l’a réglé entre-temps.
   *[other] { $m } ont été laissés de côté : quelqu’un les a réglés entre-temps.
}
pasi-bulk-approve = Approuver les { $n }
pasi-bulk-approve-note = Chaque ligne affichée ici part vers PASI.
pasi-bulk-resend = Retransmettre les { $n }
pasi-bulk-resend-note = Les dossiers tels qu’ils sont maintenant repartent vers PASI.
pasi-care-assign = Confier
pasi-care-note = Note
pasi-care-notes = Notes
pasi-care-note-hint = Ce que la prochaine personne devrait savoir. Rien sur la santé ni la garde.
pasi-care-note-send = Garder la note
pasi-care-to = Qui s’en occupe
pasi-care-nobody = Personne
pasi-care-assign-send = Confier
pasi-care-has = { $who } s’en occupe
pasi-ack-acknowledged = exact tel quel
pasi-ack-acknowledged-do = C’est exact tel quel
pasi-ack-acknowledged-note = PASI en est informé et l’avis quitte la liste
pasi-ack-in-progress = en traitement
pasi-ack-in-progress-do = Nous nous en occupons
pasi-ack-in-progress-note = PASI l’indique comme en traitement; la ligne reste ici jusqu’à sa correction
pasi-ack-unacknowledged = retiré
pasi-ack-unacknowledged-do = Retirer « en traitement »
pasi-ack-unacknowledged-note = PASI l’indique de nouveau comme ouvert
pasi-page-story-saying = « { $said } » est en route vers PASI.
pasi-link-title = Qui est dans PASI
pasi-link-look = Montrer qui est dans PASI
pasi-link-which = Est-ce l’un de ces élèves?
pasi-link-note = Le lien garde ce dossier et prend le numéro. Ce que PASI dit autrement est ensuite montré côte à côte; rien n’est écrasé. Si ce n’est aucun d’eux, seul le service Student Records du ministère peut créer le second numéro.
pasi-link-send = Lier à ce numéro
pasi-link-nobody = PASI ne nomme personne ayant exactement ce nom et cette date de naissance.
pasi-link-wider = Chercher plus largement
pasi-link-restricted = PASI connaît un élève de ce nom dont les renseignements sont restreints.
pasi-link-ask-restricted = Montrer aussi les élèves restreints
pasi-link-away = PASI ne répond pas pour l’instant; liez l’élève à son retour.
pasi-link-not-offered = PASI ne nomme plus cet élève. Cherchez de nouveau, puis choisissez.
pasi-link-last = nom de famille
pasi-link-first = prénom
pasi-link-middle = second prénom
pasi-link-born = date de naissance
pasi-link-gender = genre
pasi-page-export-student = Élève
pasi-page-export-record = Dossier
pasi-page-export-finding = Constat
pasi-page-export-since = Depuis
pasi-page-export-assigned = Confié à
pasi-hindrance-slow = PASI met trop de temps à répondre.
pasi-hindrance-slow-do = Le travail continue ici. Ce qui attend est retenté de soi-même.
pasi-hindrance-unreached = PASI est injoignable.
pasi-hindrance-unreached-do = Le travail continue ici. Si d’autres sites s’ouvrent, c’est PASI qui est absent; sinon, vérifiez ce réseau.
pasi-hindrance-broken-off = La connexion se rompt avant la fin de la réponse de PASI.
pasi-hindrance-broken-off-do = Rien n’est perdu : chaque changement est cherché dans PASI avant d’être retransmis.
pasi-hindrance-garbage = Ce qui répond n’est pas PASI.
pasi-hindrance-garbage-do = Le plus souvent un mandataire ou un pare-feu entre nous et PASI. Ce qui attend est retenté de soi-même.
pasi-hindrance-fault = PASI répond qu’il ne peut pas travailler pour l’instant.
pasi-hindrance-fault-do = Le problème est de son côté. Ce qui attend partira de soi-même ensuite.
pasi-hindrance-our-certificate = PASI n’accepte pas notre certificat.
pasi-hindrance-our-certificate-do = Demandez à l’équipe PASI si le certificat est inscrit à ce client et actif. Rien ne part d’ici là, et rien n’est perdu.
pasi-hindrance-their-certificate = Nous n’acceptons pas le certificat de PASI.
pasi-hindrance-their-certificate-do = Vérifiez l’adresse et le certificat de l’autorité dans ca.pem. Rien ne part tant qu’il ne convient pas : ce n’est peut-être pas PASI qui répond.
pasi-hindrance-expired = Notre certificat est échu.
pasi-hindrance-expired-do = Installez le nouveau; ce qui attend partira ensuite de soi-même.
pasi-hindrance-credentials = Les fichiers de notre certificat sont inutilisables.
pasi-hindrance-credentials-do = Vérifiez ca.pem, cert.pem et key.pem dans le dossier configuré; la dernière erreur ci-dessous nomme le fichier.
pasi-hindrance-refused = PASI nous connaît et nous refuse.
pasi-hindrance-refused-do = Interrogez l’équipe PASI sur le client, ses rôles et ses organisations; la dernière erreur ci-dessous donne le numéro de la règle.
pasi-page-clock-ahead = L’horloge de cette machine avance de { $much } sur celle de PASI.
pasi-page-clock-behind = L’horloge de cette machine retarde de { $much } sur celle de PASI.
pasi-page-clock-back = L’horloge de cette machine a été reculée de { $much } depuis la dernière réponse de PASI.
pasi-page-clock-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
pasi-page-clock-hours = { $n ->
    [one] { $n } heure
   *[other] { $n } heures
}
pasi-page-clock-days = { $n ->
    [one] { $n } jour
   *[other] { $n } jours
}
pasi-page-clock-do = Réglez-la sur un serveur de temps : les certificats et les heures des deux journaux en dépendent.
pasi-page-daily = Chaque jour
pasi-page-daily-text = Les deux côtés sont comparés par leurs versions et les codes sont lus une fois par jour, ainsi que par « Consulter PASI ». Ce qui s’est écarté est relu de soi-même.
pasi-page-compared = Deux côtés comparés
pasi-page-codes-read = Codes lus
pasi-page-repaired = Dernière correction
pasi-page-repaired-never = Aucune n’a été nécessaire
pasi-page-repaired-records = { $n ->
    [one] { $n } dossier
   *[other] { $n } dossiers
}
pasi-page-never = Pas encore
pasi-page-codes = Codes de PASI
pasi-page-codes-count = { $n } valeurs
pasi-page-codes-same = Aucune valeur n’a changé depuis la construction du programme.
pasi-page-code = Code
pasi-page-code-change = Changement
pasi-page-code-before = Avant
pasi-page-code-after = Maintenant
pasi-page-code-found = Constaté
pasi-page-code-added = Nouveau
pasi-page-code-changed = Modifié
pasi-page-code-gone = Retiré
pasi-field-deceased = Date du décès
pasi-field-guardian = Tuteur
pasi-field-guardian-name = Nom du tuteur
pasi-field-guardian-same-name = Tuteur du même nom qu’un autre
pasi-field-other-name = Autre nom
pasi-field-guardian-relationship = Lien du tuteur
pasi-field-guardian-lives-with = L’élève vit avec le tuteur
pasi-field-guardian-home-phone = Téléphone du tuteur, maison
pasi-field-guardian-mobile-phone = Téléphone du tuteur, cellulaire
pasi-field-guardian-work-phone = Téléphone du tuteur, travail
pasi-field-guardian-email = Courriel du tuteur
pasi-field-guardian-address = Adresse propre du tuteur
pasi-field-responsible-school = École responsable
pasi-field-program-percentage = Pourcentage du programme
pasi-field-instruction-hours = Heures d’enseignement
pasi-field-operating-schedule = Horaire d’exploitation
pasi-field-source-change = Raison de la modification
record-acknowledgement = Réponse à une alerte
record-responsible-school-status = École responsable
finding-LP-0602 = Un avertissement doit être corrigé; PASI n’en accepte pas la confirmation.
finding-LP-0603 = PASI a déjà cette réponse.
finding-LP-0604 = Cette personne ne peut pas régler cette ligne. Choisissez quelqu’un de la liste.
finding-LP-0605 = Écrivez une note d’au plus { $most } caractères.
finding-LP-0606 = PASI a la date du décès; aucune opération ne lui dit autre chose. Acceptez-la, ou appelez Student Records.
finding-LP-0607 = PASI ne sépare pas ces champs : choisissez le même côté pour chacun.
finding-LP-0608 = Le dossier part à PASI en entier : réglez chacun de ses champs, pour que rien de PASI ne soit remplacé sans être vu.
diff-edit = Modifier
diff-edit-of = Modifier : { $field }
pasi-offer-title = Ni l’un ni l’autre tel quel
pasi-offer-line = { $field } : ici { $ours }, à PASI { $theirs }.
pasi-offer-text = Le formulaire commence par la valeur de PASI. Corrigez-la et enregistrez : elle part à PASI avec tout le reste de ce dossier.
pasi-decide-with = À régler avec : { $fields }
responsible-add = Ajouter
responsible-decide = Décider dans le sommaire
responsible-only-there = Seulement dans PASI
responsible-differs = Diffère de PASI
responsible-since = à compter du { $day }
responsible-add-title = Une autre école répond de l’élève
responsible-add-text = À compter du jour donné. PASI en est informé aussitôt.
responsible-add-send = Enregistrer et transmettre
responsible-change-title = Modifier l’école responsable
responsible-change-text = L’inscription dit plutôt ceci. PASI en est informé aussitôt.
responsible-change-send = Enregistrer et transmettre
responsible-change-do = Modifier
responsible-delete-title = Supprimer l’école responsable
responsible-delete-text = L’inscription ne compte plus et reste lisible. PASI en est informé aussitôt.
responsible-delete-send = Supprimer l’inscription
responsible-delete-do = Supprimer
responsible-restore-title = Rétablir l’école responsable
responsible-restore-text = L’inscription compte de nouveau. PASI en est informé aussitôt.
responsible-restore-send = Rétablir l’inscription
responsible-restore-do = Rétablir
responsible-field-is = Qui répond de l’élève
responsible-field-school = École de cette division
responsible-field-code = Ou code d’école de l’Alberta
responsible-field-code-hint = Quatre chiffres, pour une école d’une autre autorité
responsible-field-name = École hors de l’Alberta
responsible-field-city = Ville
responsible-field-province = Province ou État
responsible-field-country = Pays
responsible-field-effective-on = À compter du
responsible-field-transition-reason = Motif
responsible-is-alberta = Une école de l’Alberta
responsible-is-alberta-note = Choisissez-la, ou entrez son code
responsible-is-elsewhere = Une école hors de l’Alberta
responsible-is-elsewhere-note = Son nom et son pays sont requis
responsible-is-nobody = Aucune école
responsible-is-nobody-note = L’élève a obtenu son diplôme ou a quitté l’école
responsible-is-unknown = Inconnue
responsible-is-unknown-note = L’élève est parti et la prochaine école n’est pas connue
