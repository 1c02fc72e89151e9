jobs-title = Tâches de fond
jobs-facts = Ce qui s’exécute tout seul, une fois par jour pour la division, quel que soit le nombre de machines
jobs-card = Par type
jobs-none = Rien ne s’est encore exécuté. Les tâches commencent au prochain démarrage du programme.
jobs-kind = Tâche
jobs-state = État
jobs-last = Dernière exécution
jobs-result = Résultat
jobs-next = Prochaine exécution
jobs-failures = Échecs
jobs-run = Exécuter
jobs-run-kind = Exécuter maintenant : { $kind }
jobs-is-running = En cours
jobs-is-dead = Abandonnée
jobs-is-failing = Nouvel essai
jobs-is-done = Faite
jobs-is-waiting = En attente
jobs-dead = { $n ->
    [one] { $n } tâche a été abandonnée.
   *[other] { $n } tâches ont été abandonnées.
}
jobs-dead-text = La raison figure ci-dessous. Corrigez-la, puis relancez la tâche.
jobs-troubled = À examiner
jobs-tried = Dernier essai
jobs-why = Raison de l’échec
jobs-in-name-of = Au nom de
jobs-again = Relancer
jobs-again-kind = Relancer : { $kind }
jobs-failed-times = { $n ->
    [one] un échec
   *[other] { $n } échecs
}
job-people-day = Restrictions qui commencent ou finissent aujourd’hui
job-enrolment-day = Inscriptions qui commencent ou finissent aujourd’hui
job-access-ties = Liens avec des élèves qui prennent fin aujourd’hui
job-access-sessions = Suppression des anciennes sessions
job-access-throttle = Oubli des anciens échecs de connexion
job-jobs-old = Suppression des anciens relevés de tâches
job-exchange-rows = Supprimer les lignes d’anciennes importations
job-db-backup = Sauvegarde quotidienne
job-pasi-codes = Lecture des valeurs de codes de PASI
job-pasi-compare = Comparaison avec PASI
job-pasi-calls = Suppression des anciennes lignes du journal des appels à PASI
job-count-students = { $n ->
    [one] { $n } élève
   *[other] { $n } élèves
}
job-count-forgotten = { $n ->
    [one] { $n } supprimé
   *[other] { $n } supprimés
}
job-count-rows = { $n ->
    [one] { $n } ligne
   *[other] { $n } lignes
}
job-count-removed = { $n ->
    [one] { $n } ancienne sauvegarde supprimée
   *[other] { $n } anciennes sauvegardes supprimées
}
job-count-ended = { $n ->
    [one] { $n } terminé
   *[other] { $n } terminés
}
job-count-changed = { $n ->
    [one] { $n } modifiée
   *[other] { $n } modifiées
}
job-count-came = { $n ->
    [one] { $n } fiche plus récente
   *[other] { $n } fiches plus récentes
}
job-count-put-right = { $n ->
    [one] { $n } corrigée
   *[other] { $n } corrigées
}

job-mail-send = Envoi des courriels
job-count-mail-sent = { $n ->
    [one] { $n } envoyé
   *[other] { $n } envoyés
}
job-count-mail-failed = { $n ->
    [one] { $n } non accepté
   *[other] { $n } non acceptés
}
job-count-mail-waiting = certains attendent
