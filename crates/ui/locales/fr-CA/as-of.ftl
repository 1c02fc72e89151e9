# Consulter un dossier à une autre date.
as-of-today = En date d’aujourd’hui
as-of-day = En date du { $day }
as-of-on = Ce qui était en vigueur le
as-of-known = Selon ce qu’on savait à la fin du
as-of-known-hint = Vide : tout ce qu’on sait maintenant, y compris les corrections
as-of-show = Afficher
as-of-shown = Ce qui était en vigueur le { $day }.
as-of-known-now = Avec tout ce qu’on sait maintenant, y compris les corrections. Rien ne peut être modifié ici.
as-of-known-on = Selon ce qu’on savait à la fin du { $day }. Rien ne peut être modifié ici.
as-of-back = Revenir à aujourd’hui
as-of-nothing = Rien n’était au dossier de cet élève à cette date.
