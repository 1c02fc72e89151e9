# Ce que dit l’historique d’un dossier.
history-custody-unknown = garde non précisée
history-custody-sole = garde exclusive
history-custody-joint = garde partagée
history-custody-access = droit de visite sans garde
history-custody-none = sans garde
history-custody-no-contact = aucun contact permis
history-name-legal = légal
history-name-other = autre
