# Temps que prennent les modifications vers PASI et depuis PASI; et affichage des graphiques.
chart-shown-as = Affichage
chart-as-chart = Graphique
chart-as-table = Tableau
lag-title = Durée des échanges
lag-span = Période
lag-day = Dernier jour
lag-week = 7 derniers jours
lag-nothing = Rien n’a été échangé pendant cette période.
lag-sent-finding = { $n ->
    [one] Une modification saisie ici est parvenue à PASI en { $half }.
   *[other] { $n } modifications saisies ici : la moitié sont parvenues à PASI en { $half } ou moins, 95 sur 100 en { $most } ou moins.
}
lag-sent-none = Rien de ce qui a été saisi ici n’est allé à PASI.
lag-received-finding = { $n ->
    [one] Une modification faite dans PASI est arrivée ici en { $half }.
   *[other] { $n } modifications faites dans PASI : la moitié sont arrivées ici en { $half } ou moins, 95 sur 100 en { $most } ou moins.
}
lag-received-none = Rien n’a changé dans PASI.
lag-hour = Heure dès
lag-date = Jour
lag-sent-half = Vers PASI, la moitié en
lag-sent-most = Vers PASI, 95 sur 100 en
lag-received-half = De PASI, la moitié en
lag-received-most = De PASI, 95 sur 100 en
lag-sent = Vers PASI
lag-received = De PASI
lag-how = De l’enregistrement jusqu’à l’acceptation par PASI, et de l’avis de PASI jusqu’à l’arrivée ici; si PASI était absent, depuis sa dernière réponse. Ce qui attendait une personne compte dès sa décision.
job-pasi-lag = Suppression des anciennes durées des échanges
