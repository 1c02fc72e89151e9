# Familles : invitations, arrivée, accueil, absences annoncées, consultations.
invite-card = Comptes de la famille
invite-school = Toute l’école
invite-mail = Inviter par courriel
invite-again = Inviter de nouveau par courriel
invite-paper = Lettre avec un code
invite-revoke = Retirer
invite-made = invitation de { $who }, { $when }
invite-state = État
invite-state-none = Pas d’invitation
invite-state-sent = Invitation envoyée
invite-state-opened = Invitation ouverte
invite-state-expired = Trop ancienne
invite-state-revoked = Retirée
invite-state-account = A un compte
invite-state-failed = Message non livré
invite-title = Comptes des familles
invite-preview = Prochaines invitations
invite-next = Seraient invités par courriel
invite-not = Pas d’invitation :
invite-no-mail = Aucun serveur de courriel n’est configuré. Imprimez une lettre avec un code à la page de la famille d’un élève.
invite-all = { $n ->
    [one] Inviter { $n } personne par courriel
   *[other] Inviter { $n } personnes par courriel
}
invite-sent = { $n ->
    [0] Il ne restait personne à inviter.
    [one] { $n } personne est invitée.
   *[other] { $n } personnes sont invitées.
}
invite-persons = Personnes-ressources
invite-children = Élèves
invite-why = Raison
invite-nobody = Les élèves de cette école n’ont pas de personnes-ressources.
invite-more = Et { $n } de plus.
invite-paper-title = Invitation sur papier
invite-paper-once = Le code n’est montré que cette fois. Imprimez la lettre maintenant.
invite-mail-subject = Votre compte familial : { $division }
invite-mail-text = { $division } vous invite aux pages des familles. Vous y voyez les présences, l’horaire et le calendrier scolaire de votre enfant, et vous annoncez à l’école ses absences.
invite-mail-link = Ouvrez cette adresse : { $link }

    Ou ouvrez { $site } et tapez ce code : { $code }
invite-mail-code = Ouvrez les pages des familles de votre division scolaire et tapez ce code : { $code }
invite-mail-until = Le code sert une seule fois, jusqu’au { $day }. Gardez-le pour vous.
invite-mail-unexpected = Vous n’attendiez pas ce message ? Alors ne faites rien, et appelez l’école.
mail-kind-family-invite = Invitation d’une famille
mail-kind-family-password = Mot de passe oublié
join-title = Votre invitation
join-text = L’école vous a envoyé un code par courriel ou sur papier. Tapez-le ici.
join-code = Code
join-code-hint = Quatre fois quatre lettres et chiffres, comme 7KQ2-…
join-help = Pas de code, ou il ne sert pas ? Demandez-en un nouveau à l’école.
join-welcome = Bienvenue, { $name }
join-next = Ensuite, vous configurez une clé d’identification ou une application d’authentification, pour qu’un mot de passe seul n’ouvre rien.
join-username-hint = Ce que vous taperez pour entrer. Votre adresse de courriel est facile à retenir.
join-known = Vous avez déjà un compte : votre nom d’utilisateur est { $username }. Choisissez un nouveau mot de passe.
join-add = Ajouter à ce compte
join-add-text = Vous êtes dans le compte de { $name }. Vous pouvez aussi voir vos enfants avec ce compte.
join-invited = L’école vous a invité ? Tapez votre code
forgot-title = Mot de passe oublié
forgot-text = Tapez votre nom d’utilisateur. S’il est celui d’un compte familial, un lien part à l’adresse de courriel du compte.
forgot-send = Envoyer le lien
forgot-sent = Si ce nom d’utilisateur est celui d’un compte familial, un lien est en route. Il sert une fois, pendant une heure.
forgot-sent-not = Pas de message après quelques minutes ? Cherchez parmi les indésirables, puis demandez une nouvelle invitation à l’école.
forgot-factor = Votre téléphone est perdu aussi ? Demandez une nouvelle invitation à l’école.
forgot-mail-subject = Un nouveau mot de passe : { $division }
forgot-mail-text = Quelqu’un a demandé un nouveau mot de passe pour votre compte. Ouvrez cette adresse d’ici une heure : { $link }
forgot-mail-unexpected = Ce n’était pas vous ? Alors ne faites rien : votre mot de passe demeure.
family-home = Vos enfants
family-home-none = Ce compte ne montre aucun enfant aujourd’hui. Demandez à l’école.
family-record = Dossier
family-no-school = N’est inscrit à aucune école de cette division aujourd’hui.
family-no-instruction = Pas d’école aujourd’hui.
family-no-classes = Pas de cours aujourd’hui.
family-not-taken = Pas encore prise
absence-title = Annoncer une absence
absence-card = Quand et pourquoi
absence-first = Premier jour
absence-last = Dernier jour
absence-part = Partie de la journée
absence-part-day = Toute la journée
absence-part-morning = Matin
absence-part-afternoon = Après-midi
absence-reason = Raison
absence-reason-illness = Maladie
absence-reason-appointment = Rendez-vous
absence-reason-family = Affaire de famille
absence-reason-observance = Fête religieuse ou cérémonie
absence-reason-other = Autre raison
absence-note = Note au secrétariat
absence-note-hint = Seul le secrétariat de l’école la lit.
absence-closed = Jours sans école
absence-send = Annoncer à l’école
absence-told = L’école est avisée.
absence-back = Annonce retirée.
absence-told-line = Absence annoncée :
absence-seen = L’école l’a vue.
absence-unseen = Pas encore vue par l’école.
absence-take-back = Retirer
reported-title = Annoncé par les familles
reported-later = plus tard
reported-seen = Vu
reported-seen-by = Vu par { $who }
looks-title = Consultations
looks-text = Quand une personne de l’école ou de la division a ouvert des parties sensibles du dossier, et dans quel rôle. Les noms ne sont pas montrés.
looks-when = Quand
looks-role = Rôle
looks-none = Personne n’a ouvert de parties sensibles du dossier.
