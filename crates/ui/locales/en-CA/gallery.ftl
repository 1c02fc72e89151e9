gallery-title = Components
gallery-count = { $n } pages, each with sample, empty and longest data
