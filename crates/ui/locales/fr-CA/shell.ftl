product = Lodgepole
title-of-page = { $title } · Lodgepole
skip-to-content = Aller au contenu
brand-label = Lodgepole, Aujourd’hui
switch-school = École
switch-school-label = École : { $name }
switch-year = Année scolaire
switch-year-label = Année scolaire : { $name }
find = Chercher
find-label = Chercher un élève, une page ou une action
find-placeholder = Nom, ASN ou ce que vous voulez faire
find-results = Résultats
find-start = Tapez un nom, un ASN, un numéro de téléphone ou une tâche, par exemple « nouvel élève ».
find-none = Aucun résultat. Vérifiez l’orthographe ou essayez une partie du nom.
find-failed = La recherche n’a pas répondu. Réessayez dans un moment.
find-count = { $n ->
    [one] { $n } résultat
   *[other] { $n } résultats
}
theme-to-dark = Passer au thème sombre
theme-to-light = Passer au thème clair
theme-by-device = Suivre cet appareil
language-switch = Switch to English
notices-label = { $n ->
    [0] Avis, aucun nouveau
    [one] Avis, { $n } nouveau
   *[other] Avis, { $n } nouveaux
}
acting-as = En tant que { $role }
acting-for = Au nom de { $name }
note-demo = Division d’exercice
note-year = Année scolaire affichée
toasts-label = Actions terminées
family-bar = Retour et suite
change-role = Agir en tant que
my-account = Mon compte
keys-open = Touches de cette page
help = Aide
sign-out = Fermer la session
nav-main = Navigation principale
nav-phone = Navigation principale, téléphone
nav-more = Plus
nav-open-items = éléments à traiter :{" "}
nav-today = Aujourd’hui
nav-students = Élèves
nav-attendance = Présences
nav-assessment = Évaluation
nav-learner-support = Soutien aux élèves
nav-registration = Inscription
nav-records = Dossiers
nav-pasi = PASI
nav-funding = Financement et rapports
nav-division = Bureau de la division
nav-settings = Paramètres
pasi-connected = PASI est connecté
pasi-slow = PASI répond lentement
pasi-away = PASI ne répond pas
pasi-off = PASI n’est pas configuré
pasi-foot-last = Dernier échange { $time }
pasi-foot-none = Aucun échange encore
pasi-foot-waiting = { $n ->
    [one] { $n } changement en attente
   *[other] { $n } changements en attente
}
demo-banner = Division d’exercice. Tous les élèves et tous les numéros sont inventés.
past-year = Vous consultez { $year } : listes, inscriptions et calendriers sont de cette année-là, les personnes et la recherche sont d’aujourd’hui. Une année passée se lit, mais ne se modifie pas.
past-year-correct = Une inscription de { $shown } se corrige depuis { $year }, où cette page montre toutes les années de l’élève.
other-year = Vous consultez { $year } : listes, inscriptions et calendriers sont de cette année-là, les personnes et la recherche sont d’aujourd’hui.
go-to-year = Aller à { $year } pour modifier
back-to-year = Revenir à { $year }
offline-title = Vous êtes hors ligne.
offline-text = Vous pouvez lire cette page. Ce que vous tapez reste ici jusqu’au retour de la connexion.
server-away-title = Lodgepole ne répond pas.
server-away-text = Ce que vous avez tapé est toujours ici. Nous réessayons automatiquement.
online-again = La connexion est rétablie.
idle-title = Votre session se fermera dans 2 minutes.
idle-text = Rien n’a été tapé ni cliqué depuis un moment. Ce que vous avez tapé est gardé sur cet appareil jusqu’à la fermeture du navigateur.
idle-stay = Garder ma session ouverte
moment-today = { $time } aujourd’hui
request-failed = L’action n’a pas réussi. Ce que vous avez tapé est toujours ici. Réessayez.
draft-found = Nous avons gardé ce que vous aviez tapé ici.
draft-discard = Recommencer
undo = Annuler
close = Fermer
