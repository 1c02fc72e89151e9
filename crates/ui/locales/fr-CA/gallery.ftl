gallery-title = Composants
gallery-count = { $n } pages, chacune avec des données d’exemple, vides et les plus longues
