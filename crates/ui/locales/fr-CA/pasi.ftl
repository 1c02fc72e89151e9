pasi-page-title = File de travail PASI
pasi-page-in-sync = { $n } élèves sur { $total } entièrement synchronisés
pasi-page-last = dernier échange à { $time }
pasi-page-waiting = { $n ->
    [one] { $n } changement à transmettre
   *[other] { $n } changements à transmettre
}
pasi-page-connection = Connexion
pasi-page-policy = Ce qui est transmis
pasi-page-tab-to-do = À faire
pasi-page-tab-rejected = Refusés
pasi-page-tab-conflicts = Conflits
pasi-page-tab-warnings = Avertissements
pasi-page-tab-advice = Avis
pasi-page-tab-approval = À approuver
pasi-page-tab-waiting = À transmettre
pasi-page-tab-done = Réglés aujourd’hui
pasi-page-filter = Élève, école ou règle
pasi-page-all-schools = Toutes les écoles
pasi-page-order = Les plus urgents d’abord
pasi-page-column-state = État
pasi-page-column-finding = Élève et constat
pasi-page-column-rule = Règle
pasi-page-column-school = École
pasi-page-column-age = Attente
pasi-page-cleared = Tout est réglé ici. Ce que PASI signalera apparaîtra de soi-même.
pasi-page-no-match = Rien ne correspond à ce filtre.
pasi-page-first = Les { $n } premiers sont affichés; les suivants montent à mesure que vous avancez.
pasi-page-line-differs = { $n ->
    [one] Un champ diffère
   *[other] { $n } champs diffèrent
}
pasi-page-line-approval = { $record } : en attente d’approbation
pasi-page-line-waiting = { $record } : à transmettre
pasi-page-line-sending = { $record } : transmission en cours
pasi-page-line-done = { $record } : accepté par PASI
pasi-page-line-rejected = { $record } : non accepté par PASI
pasi-page-line-conflict = { $record } : modifié dans PASI avant l’arrivée du nôtre
pasi-page-line-alert = { $record } : à examiner
pasi-page-line-dropped = { $record } : non transmis
pasi-page-line-covered = Un avis est à lire avant tout détail
pasi-page-age-minutes = { $n } min
pasi-page-age-hours = { $n } h
pasi-page-age-days = { $n } j
pasi-page-covered = Ce dossier porte un avis à lire avant tout détail. Ouvrez le dossier pour le lire.
pasi-page-story-differs = { $n ->
    [one] Lodgepole et PASI n’ont pas la même valeur dans un champ. Choisissez celle qui vaut.
   *[other] Lodgepole et PASI n’ont pas les mêmes valeurs dans { $n } champs. Choisissez pour chacun celle qui vaut.
}
pasi-page-story-approval = { $who } a fait ce changement, { $when }. Les changements de ce genre attendent qu’une personne les approuve.
pasi-page-story-waiting = { $who } a fait ce changement, { $when }. Il part vers PASI de lui-même.
pasi-page-story-sending = { $who } a fait ce changement, { $when }. Il est en route vers PASI.
pasi-page-story-done = { $who } a fait ce changement, { $when }. PASI l’a reçu.
pasi-page-story-rejected = { $who } a fait ce changement, { $when }. PASI ne l’a pas accepté et a gardé ce qu’il avait. Corrigez le dossier si PASI a raison, puis transmettez de nouveau.
pasi-page-story-conflict = PASI a modifié ce dossier en premier. Le changement de { $who }, { $when }, partait de la version précédente; PASI a donc gardé la sienne.
pasi-page-story-alert = PASI a enregistré le dossier et demande de l’examiner. L’alerte disparaît d’elle-même quand PASI est satisfait.
pasi-page-story-dropped = { $who } a fait ce changement, { $when }. Il a été décidé de ne pas le transmettre.
pasi-page-said = Ce que dit PASI
pasi-page-rule = Règle { $code }
pasi-page-outcome-resend = Transmettre de nouveau le nôtre
pasi-page-outcome-drop = Accepter PASI tel quel
pasi-page-outcome-approve = Approuver et transmettre
pasi-page-rejected-resend-note = Le dossier tel qu’il est maintenant part vers PASI
pasi-page-rejected-drop-note = Notre changement n’est pas transmis; les différences s’affichent ensuite côte à côte
pasi-page-conflict-drop-note = Notre changement n’est pas transmis; les différences s’affichent ensuite côte à côte
pasi-page-conflict-resend-note = La version de PASI est remplacée par la nôtre
pasi-page-approval-approve-note = Le changement part maintenant vers PASI
pasi-page-approval-drop-note = Le changement reste ici et n’est pas transmis
pasi-page-apply = Appliquer et transmettre
pasi-page-approve = Appliquer
pasi-page-fix = Ouvrir là où cela se corrige
pasi-page-record = Ouvrir le dossier
pasi-page-version = version PASI { $version }
pasi-page-event-made = Modifié ici
pasi-page-event-approval = En attente d’approbation
pasi-page-event-waiting = À transmettre
pasi-page-event-sending = Transmission en cours
pasi-page-event-done = Accepté par PASI
pasi-page-event-rejected = Non accepté par PASI
pasi-page-event-conflict = PASI a modifié en premier
pasi-page-event-alert = Alerte de PASI
pasi-page-event-dropped = Non transmis
pasi-page-tries = { $n ->
    [0] pas encore tenté
    [one] { $n } tentative
   *[other] { $n } tentatives
}
pasi-page-choose = Choisissez une issue, puis appliquez-la.
pasi-page-stale = La situation a changé entre-temps : PASI ou une autre personne est passé en premier. Voici l’état actuel; rien de votre part n’a été transmis.
pasi-page-connection-title = Connexion à PASI
pasi-page-certificate-over = Le certificat est échu.
pasi-page-certificate-soon = { $n ->
    [0] Le certificat expire aujourd’hui.
    [one] Le certificat expire dans { $n } jour.
   *[other] Le certificat expire dans { $n } jours.
}
pasi-page-certificate-renew = Demandez-en un nouveau au ministère et installez-le avant ce jour; sans lui, rien n’est échangé avec PASI.
pasi-page-state = État
pasi-page-refused = PASI nous refuse l’accès
pasi-page-last-exchange = Dernier échange
pasi-page-down-since = Absent depuis
pasi-page-last-error = Dernière erreur
pasi-page-certificate = Certificat valide jusqu’au
pasi-page-days-left = { $n ->
    [one] { $n } jour restant
   *[other] { $n } jours restants
}
pasi-page-calls = Derniers appels
pasi-page-sent-at = Envoyé
pasi-page-operation = Opération
pasi-page-result = Résultat
pasi-page-took = Durée
pasi-page-in-name-of = Au nom de
pasi-page-organization = Organisme
pasi-page-message-id = ClientMessageID
pasi-page-milliseconds = { $n } ms
pasi-page-no-calls = Aucun appel n’a encore été fait.
pasi-page-no-such-call = Aucun appel n’a un identifiant qui commence ainsi.
pasi-page-policy-title = Ce qui est transmis à PASI
pasi-page-policy-facts = Vaut pour les changements faits à partir de maintenant. Ce qui attend déjà reste tel quel.
pasi-page-record-kind = Type de dossier
pasi-page-sends = Les changements vont à PASI
pasi-page-by-itself = Automatiquement
pasi-page-after-approval = Après approbation
